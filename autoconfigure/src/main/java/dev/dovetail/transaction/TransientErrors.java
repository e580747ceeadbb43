package dev.dovetail.transaction;

import dev.dovetail.engine.DatabaseEngine;
import dev.dovetail.engine.DatabaseError;
import dev.dovetail.engine.DescribedSqlException;
import dev.dovetail.engine.ErrorCode;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Finds in an exception the error after which the engine says that a unit of work may succeed when it is run again. */
final class TransientErrors implements Function<Throwable, Optional<DatabaseError>> {

    private static final int DEEPEST_CAUSE = 50;

    private final DatabaseEngine engine;

    TransientErrors(DatabaseEngine engine) {
        this.engine = engine;
    }

    @Override
    public Optional<DatabaseError> apply(Throwable failure) {
        RetriedUnit unit = RetriedUnit.current();
        DatabaseError error = unit != null && unit.failedOnOurs(failure) ? first(failure) : null;
        return Optional.ofNullable(error)
                .filter(each -> engine.isTransient(each) || each.code() == ErrorCode.CIRCUIT_OPEN);
    }

    /** Whether it says that nobody knows what was committed. */
    static boolean isUnknown(Throwable failure) {
        Throwable each = failure;
        for (int i = 0; each != null && i < DEEPEST_CAUSE; i++) {
            if (each instanceof DescribedSqlException own && own.error().code() == ErrorCode.OUTCOME_UNKNOWN) {
                return true;
            }
            each = each.getCause();
        }
        return false;
    }

    // A transaction that was doomed by an error fails for its reason.
    private @Nullable DatabaseError first(Throwable failure) {
        Throwable each = failure;
        for (int i = 0; each != null && i < DEEPEST_CAUSE; i++) {
            if (each instanceof SQLException exception) {
                DatabaseError error = described(exception);
                if (error.code() != ErrorCode.TRANSACTION_ABORTED || each.getCause() == null) {
                    return error;
                }
            }
            each = each.getCause();
        }
        return null;
    }

    private DatabaseError described(SQLException exception) {
        return exception instanceof DescribedSqlException own ? own.error() : engine.classify(exception);
    }
}
