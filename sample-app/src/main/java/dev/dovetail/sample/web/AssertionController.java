package dev.dovetail.sample.web;

import dev.dovetail.sample.registry.BadgeRegistry;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Email;
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

/** Assertions over HTTP. */
@RestController
@RequestMapping("/api")
class AssertionController {

    private static final ListOrder ORDER = ListOrder.of(Order.desc("issuedAt"));

    private final BadgeRegistry registry;

    AssertionController(BadgeRegistry registry) {
        this.registry = registry;
    }

    @PostMapping("/assertions")
    ResponseEntity<AssertionResponse> award(@Valid @RequestBody Award award) {
        AssertionResponse awarded = AssertionResponse.of(
                registry.award(award.badgeId(), award.recipient(), award.evidence(), award.expiresAt()));
        return ResponseEntity.created(URI.create("/api/assertions/" + awarded.id()))
                .body(awarded);
    }

    @PostMapping("/assertions/{id}/revoke")
    AssertionResponse revoke(@PathVariable UUID id, @Valid @RequestBody Revocation revocation) {
        return AssertionResponse.of(registry.revoke(id, revocation.reason()));
    }

    @GetMapping("/assertions/{id}")
    AssertionResponse one(@PathVariable UUID id) {
        return AssertionResponse.of(registry.assertion(id));
    }

    @GetMapping(path = "/assertions", params = "after")
    WindowResponse<AssertionResponse> after(@RequestParam String after, @Valid PageQuery query, Sort sort) {
        return WindowResponse.of(
                after,
                position -> registry.assertions(position, ORDER.complete(sort), query.limit())
                        .map(AssertionResponse::of));
    }

    @GetMapping("/assertions")
    PagedModel<AssertionResponse> all(@Valid PageQuery query, Sort sort) {
        return new PagedModel<>(registry.assertions(ORDER.page(query, sort)).map(AssertionResponse::of));
    }

    @GetMapping(path = "/recipients/{email}/assertions", params = "after")
    WindowResponse<AssertionResponse> ofRecipientAfter(
            @PathVariable @Email @PlainText(max = 254) String email,
            @RequestParam String after,
            @Valid PageQuery query,
            Sort sort) {
        return WindowResponse.of(
                after,
                position -> registry.assertionsOf(email, position, ORDER.complete(sort), query.limit())
                        .map(AssertionResponse::of));
    }

    @GetMapping("/recipients/{email}/assertions")
    PagedModel<AssertionResponse> ofRecipient(
            @PathVariable @Email @PlainText(max = 254) String email, @Valid PageQuery query, Sort sort) {
        return new PagedModel<>(
                registry.assertionsOf(email, ORDER.page(query, sort)).map(AssertionResponse::of));
    }
}
