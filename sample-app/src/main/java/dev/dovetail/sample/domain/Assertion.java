package dev.dovetail.sample.domain;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.Version;
import org.springframework.data.relational.core.mapping.Table;

/**
 * The statement that somebody holds a badge.
 *
 * @param recipient e-mail address in lower case
 * @param evidence where one can see what was achieved
 * @param expiresAt from when on it no longer counts; without it, it counts for ever
 * @param revokedAt when it was taken back; with it comes the reason
 * @param version 0 until it is saved; two who revoke it at once meet here
 */
@Table("assertions")
public record Assertion(
        @Id UUID id,
        UUID badgeId,
        String recipient,
        @Nullable String evidence,
        Instant issuedAt,
        @Nullable Instant expiresAt,
        @Nullable Instant revokedAt,
        @Nullable String revocationReason,
        @Version long version) {

    /** An assertion that is not saved yet. */
    public static Assertion of(
            UUID badgeId, String recipient, @Nullable String evidence, Instant now, @Nullable Instant expiresAt) {
        return new Assertion(UUID.randomUUID(), badgeId, recipient, evidence, now, expiresAt, null, null, 0);
    }

    /** The same assertion, taken back. */
    public Assertion revoked(Instant now, String reason) {
        return new Assertion(id, badgeId, recipient, evidence, issuedAt, expiresAt, now, reason, version);
    }

    /** Whether it was taken back. */
    public boolean isRevoked() {
        return revokedAt != null;
    }
}
