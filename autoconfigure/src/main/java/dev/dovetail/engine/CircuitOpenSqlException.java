package dev.dovetail.engine;

import java.io.Serial;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The database was not asked, because it has failed several times and is left alone for a while. */
public final class CircuitOpenSqlException extends DescribedSqlException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final Duration retryAfter;

    /**
     * @param retryAfter how long it is still left alone
     * @param last with what it failed last; null if that is not known
     */
    public CircuitOpenSqlException(Duration retryAfter, @Nullable DatabaseError last) {
        super(
                "The database was not asked: it failed several times, one after the other, and is asked again in %d ms."
                        .formatted(retryAfter.toMillis()),
                describe(last),
                null);
        this.retryAfter = retryAfter;
    }

    private static DatabaseError describe(@Nullable DatabaseError last) {
        DatabaseError open = DatabaseError.of(ErrorCode.CIRCUIT_OPEN, "08004");
        if (last == null) {
            return open;
        }
        String suggestion = last.suggestion();
        return open.suggesting(
                "It failed last with " + last.code() + "." + (suggestion == null ? "" : " " + suggestion));
    }

    /** How long the database is still left alone. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
