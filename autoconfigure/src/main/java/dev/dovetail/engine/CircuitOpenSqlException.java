package dev.dovetail.engine;

import java.io.Serial;
import java.time.Duration;

/** The database was not asked, because it has failed several times and is left alone for a while. */
public final class CircuitOpenSqlException extends DescribedSqlException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final Duration retryAfter;

    /** @param retryAfter how long it is still left alone */
    public CircuitOpenSqlException(Duration retryAfter) {
        super(
                "The database was not asked: it failed several times, one after the other, and is asked again in %d ms."
                        .formatted(retryAfter.toMillis()),
                DatabaseError.of(ErrorCode.CIRCUIT_OPEN, "08004"),
                null);
        this.retryAfter = retryAfter;
    }

    /** How long the database is still left alone. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
