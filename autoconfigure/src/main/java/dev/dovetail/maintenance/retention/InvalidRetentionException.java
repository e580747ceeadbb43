package dev.dovetail.maintenance.retention;

import dev.dovetail.engine.DatabaseStartException;
import org.jspecify.annotations.Nullable;

/** A rule does not fit the database: nothing was deleted by it. */
public final class InvalidRetentionException extends DatabaseStartException {

    private static final long serialVersionUID = 1L;

    InvalidRetentionException(String property, String problem, @Nullable Throwable cause) {
        super(
                "Retention is not valid: " + property + ": " + problem,
                "Correct that property, or migrate the database first; docs/retention.md says what each accepts.",
                cause);
    }
}
