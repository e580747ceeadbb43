package dev.dovetail.benchmarks.startup.plain;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.Version;
import org.springframework.data.relational.core.mapping.Table;

@Table("assertions")
record Assertion(
        @Id UUID id,
        UUID badgeId,
        String recipient,
        @Nullable String evidence,
        Instant issuedAt,
        @Nullable Instant expiresAt,
        @Nullable Instant revokedAt,
        @Nullable String revocationReason,
        @Nullable @Version Long version) {}
