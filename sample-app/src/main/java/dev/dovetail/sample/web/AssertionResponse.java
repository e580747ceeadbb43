package dev.dovetail.sample.web;

import dev.dovetail.sample.domain.Assertion;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An assertion, as others see it. */
record AssertionResponse(
        UUID id,
        UUID badgeId,
        String recipient,
        @Nullable String evidence,
        Instant issuedAt,
        @Nullable Instant expiresAt,
        boolean revoked,
        @Nullable Instant revokedAt,
        @Nullable String revocationReason) {

    static AssertionResponse of(Assertion assertion) {
        return new AssertionResponse(
                assertion.id(),
                assertion.badgeId(),
                assertion.recipient(),
                assertion.evidence(),
                assertion.issuedAt(),
                assertion.expiresAt(),
                assertion.isRevoked(),
                assertion.revokedAt(),
                assertion.revocationReason());
    }
}
