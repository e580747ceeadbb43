package dev.dovetail.datasource;

import dev.dovetail.engine.ConnectionRole;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A statement that was executed.
 *
 * @param sql its text as it was sent, with placeholders, never with values that were bound
 * @param role which kind of connection executed it
 * @param transactionId the transaction it belonged to, unique within this process; 0 in autocommit mode
 * @param batchSize how many sets of parameters, or statements, were executed at once; 1 if it was no batch
 * @param executionNanos how long executing it took, in nanoseconds
 * @param totalNanos from its start until its result was read or closed, in nanoseconds; includes what its reader did in
 *     between
 * @param rows how many rows were read, or changed; -1 if the database did not say
 * @param query whether it returned a result set
 * @param error what went wrong; {@code null} if nothing did
 * @param operation what the application was doing when it was begun; {@code null} if nobody said so
 */
public record StatementEvent(
        String sql,
        ConnectionRole role,
        long transactionId,
        int batchSize,
        long executionNanos,
        long totalNanos,
        long rows,
        boolean query,
        @Nullable SQLException error,
        @Nullable String operation) {

    /** Whether it ended without an error. */
    public boolean succeeded() {
        return error == null;
    }

    /** Whether the layer executed it beside the application, or to know how the database is: no work of the application. */
    public boolean besideApplication() {
        return OperationContext.isBesideApplication(operation);
    }

    /** From its start until its result was read or closed. */
    public Duration duration() {
        return Duration.ofNanos(totalNanos);
    }
}
