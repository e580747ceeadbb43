package dev.dovetail.datasource;

import java.io.Serial;
import java.time.Duration;
import org.springframework.dao.DataAccessResourceFailureException;

/** The database was not asked, because it has failed several times and is left alone for a while. */
public class CircuitOpenException extends DataAccessResourceFailureException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final Duration retryAfter;

    public CircuitOpenException(String message, Throwable cause, Duration retryAfter) {
        super(message, cause);
        this.retryAfter = retryAfter;
    }

    /** How long the database is still left alone. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
