package dev.dovetail.engine.postgresql;

import java.sql.BatchUpdateException;
import java.sql.SQLException;

/**
 * A write was refused because the application itself had declared the connection read-only. The server says the same
 * (25006) when the whole database cannot be written, after a failover for example; only the caller can tell them apart.
 */
final class ReadOnlyTransactionException extends SQLException {

    static final String SQL_STATE = "25006";

    private static final long serialVersionUID = 1L;

    private ReadOnlyTransactionException(SQLException cause) {
        super(cause.getMessage(), SQL_STATE, cause.getErrorCode(), cause);
    }

    /** The error, marked if it is a refused write; a failed batch stays one, with its update counts. */
    static SQLException mark(SQLException error) {
        if (!SQL_STATE.equals(error.getSQLState())
                || ServerErrors.find(error, ReadOnlyTransactionException.class) != null) {
            return error;
        }
        return error instanceof BatchUpdateException batch ? markedBatch(batch) : markedWithNext(error);
    }

    private static SQLException markedWithNext(SQLException error) {
        ReadOnlyTransactionException marked = new ReadOnlyTransactionException(error);
        if (error.getNextException() != null) {
            marked.setNextException(error.getNextException());
        }
        return marked;
    }

    private static SQLException markedBatch(BatchUpdateException batch) {
        BatchUpdateException marked = new BatchUpdateException(
                batch.getMessage(), SQL_STATE, batch.getErrorCode(), batch.getLargeUpdateCounts(), batch);
        SQLException next = batch.getNextException();
        marked.setNextException(new ReadOnlyTransactionException(next != null ? next : batch));
        return marked;
    }
}
