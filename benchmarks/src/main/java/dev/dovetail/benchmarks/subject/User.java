package dev.dovetail.benchmarks.subject;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A row as it was read. */
public interface User {

    /** Null before the database has chosen one. */
    @Nullable
    Long id();

    String email();

    String name();

    int age();

    Instant createdAt();
}
