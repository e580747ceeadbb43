package dev.dovetail.benchmarks.startup.plain;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.Version;
import org.springframework.data.relational.core.mapping.Table;

@Table("issuers")
record Issuer(
        @Id UUID id,
        String name,
        String url,
        @Nullable String email,
        Instant createdAt,
        @Nullable @Version Long version) {}
