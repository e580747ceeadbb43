package dev.dovetail.sample.web;

import dev.dovetail.sample.domain.Issuer;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An issuer, as others see it. */
record IssuerResponse(
        UUID id, String name, String url, @Nullable String email, Instant createdAt) {

    static IssuerResponse of(Issuer issuer) {
        return new IssuerResponse(issuer.id(), issuer.name(), issuer.url(), issuer.email(), issuer.createdAt());
    }
}
