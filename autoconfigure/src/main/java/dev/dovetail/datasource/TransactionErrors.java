package dev.dovetail.datasource;

import dev.dovetail.engine.DatabaseError;
import dev.dovetail.engine.DescribedSqlException;
import dev.dovetail.engine.ErrorCode;
import java.sql.SQLException;

/** What is let out of transactions that are not what their user thinks. */
final class TransactionErrors {

    private TransactionErrors() {}

    // Of a change that commits nobody knows then whether it did.
    static SQLException unknown(SQLException error) {
        return new DescribedSqlException(
                "The connection was lost before the database answered whether the change was committed. Look whether"
                        + " it is there before making it again.",
                DatabaseError.of(ErrorCode.OUTCOME_UNKNOWN, "08007"),
                error);
    }

    // What the layer itself refused never reached the database.
    static boolean isRefusal(SQLException error) {
        return error instanceof DescribedSqlException own
                && (own.error().code() == ErrorCode.TRANSACTION_ABORTED
                        || own.error().code() == ErrorCode.INVALID_USAGE);
    }

    static DescribedSqlException doomed(String what, SQLException doom) {
        return new DescribedSqlException(
                what
                        + ": an earlier statement of this transaction failed. Roll it back, or back to a savepoint set before"
                        + " the failure.",
                DatabaseError.of(ErrorCode.TRANSACTION_ABORTED, "25P02"),
                doom);
    }
}
