package dev.dovetail.sample.web;

import dev.dovetail.sample.domain.Badge;
import dev.dovetail.sample.registry.BadgeRegistry;
import jakarta.validation.Valid;
import java.net.URI;
import java.util.UUID;
import org.springframework.data.domain.Sort;
import org.springframework.data.domain.Sort.Order;
import org.springframework.data.web.PagedModel;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
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
        Badge badge = registry.define(request.issuerId(), request.name(), request.description(), request.criteria());
        return tagged(ResponseEntity.created(URI.create("/api/badges/" + badge.id())), badge);
    }

    @GetMapping("/{id}")
    ResponseEntity<BadgeResponse> one(@PathVariable UUID id) {
        return tagged(ResponseEntity.ok(), registry.badge(id));
    }

    // RFC 9110 allows 409 for a tag that does not match, which is what every other conflict here is, too.
    @PutMapping("/{id}")
    ResponseEntity<BadgeResponse> redefine(
            @PathVariable UUID id,
            @RequestHeader(HttpHeaders.IF_MATCH) String ifMatch,
            @Valid @RequestBody BadgeChange change) {
        Badge badge = registry.redefine(
                id, EntityTag.version(ifMatch), change.name(), change.description(), change.criteria());
        return tagged(ResponseEntity.ok(), badge);
    }

    private static ResponseEntity<BadgeResponse> tagged(ResponseEntity.BodyBuilder response, Badge badge) {
        return response.eTag(EntityTag.of(badge.version())).body(BadgeResponse.of(badge));
    }

    @GetMapping(params = "after")
    WindowResponse<BadgeResponse> after(@RequestParam String after, @Valid PageQuery query, Sort sort) {
        return WindowResponse.of(
                after,
                position -> registry.badges(position, ORDER.complete(sort), query.limit())
                        .map(BadgeResponse::of));
    }

    @GetMapping
    PagedModel<BadgeResponse> all(@Valid PageQuery query, Sort sort) {
        return new PagedModel<>(registry.badges(ORDER.page(query, sort)).map(BadgeResponse::of));
    }
}
