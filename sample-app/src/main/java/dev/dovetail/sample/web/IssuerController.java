package dev.dovetail.sample.web;

import dev.dovetail.sample.registry.BadgeRegistry;
import jakarta.validation.Valid;
import java.net.URI;
import java.util.UUID;
import org.springframework.data.domain.Sort;
import org.springframework.data.domain.Sort.Order;
import org.springframework.data.web.PagedModel;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Issuers over HTTP. */
@RestController
@RequestMapping("/api/issuers")
class IssuerController {

    private static final ListOrder ORDER = ListOrder.of(Order.asc("name"), "createdAt");

    private final BadgeRegistry registry;

    IssuerController(BadgeRegistry registry) {
        this.registry = registry;
    }

    @PostMapping
    ResponseEntity<IssuerResponse> register(@Valid @RequestBody NewIssuer request) {
        IssuerResponse created = IssuerResponse.of(registry.register(request.name(), request.url(), request.email()));
        return ResponseEntity.created(URI.create("/api/issuers/" + created.id()))
                .body(created);
    }

    @GetMapping("/{id}")
    IssuerResponse one(@PathVariable UUID id) {
        return IssuerResponse.of(registry.issuer(id));
    }

    @GetMapping(params = "after")
    WindowResponse<IssuerResponse> after(@RequestParam String after, @Valid PageQuery query, Sort sort) {
        return WindowResponse.of(
                after,
                position -> registry.issuers(position, ORDER.complete(sort), query.limit())
                        .map(IssuerResponse::of));
    }

    @GetMapping
    PagedModel<IssuerResponse> all(@Valid PageQuery query, Sort sort) {
        return new PagedModel<>(registry.issuers(ORDER.page(query, sort)).map(IssuerResponse::of));
    }
}
