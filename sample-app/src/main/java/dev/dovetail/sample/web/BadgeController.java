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
import org.springframework.web.bind.annotation.RestController;

/** Badges over HTTP. */
@RestController
@RequestMapping("/api/badges")
class BadgeController {

    private static final ListOrder ORDER = ListOrder.of(Order.asc("name"), "createdAt");

    private final BadgeRegistry registry;

    BadgeController(BadgeRegistry registry) {
        this.registry = registry;
    }

    @PostMapping
    ResponseEntity<BadgeResponse> define(@Valid @RequestBody NewBadge request) {
        BadgeResponse created = BadgeResponse.of(
                registry.define(request.issuerId(), request.name(), request.description(), request.criteria()));
        return ResponseEntity.created(URI.create("/api/badges/" + created.id())).body(created);
    }

    @GetMapping("/{id}")
    BadgeResponse one(@PathVariable UUID id) {
        return BadgeResponse.of(registry.badge(id));
    }

    @GetMapping
    PagedModel<BadgeResponse> all(@Valid PageQuery query, Sort sort) {
        return new PagedModel<>(registry.badges(ORDER.page(query, sort)).map(BadgeResponse::of));
    }
}
