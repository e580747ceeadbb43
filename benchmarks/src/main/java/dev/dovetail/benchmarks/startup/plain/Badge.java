package dev.dovetail.benchmarks.startup.plain;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.Version;
import org.springframework.data.relational.core.mapping.Table;

@Table("badges")
record Badge(
        @Id UUID id,
        UUID issuerId,
        String name,
        String description,
        String criteria,
        Instant createdAt,
        @Nullable @Version Long version) {}
