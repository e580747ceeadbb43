package dev.dovetail.transaction;

import dev.dovetail.engine.DatabaseEngine;
import dev.dovetail.engine.DatabaseError;
import dev.dovetail.engine.DescribedSqlException;
import dev.dovetail.engine.ErrorCode;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
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
        return databaseErrors(failure).stream()
                .anyMatch(each ->
                        each instanceof DescribedSqlException own && own.error().code() == ErrorCode.OUTCOME_UNKNOWN);
    }

    /** Those of the database among an exception and its causes, which may be a circle. */
    static List<SQLException> databaseErrors(Throwable failure) {
        List<SQLException> errors = new ArrayList<>();
        Throwable each = failure;
        for (int i = 0; each != null && i < DEEPEST_CAUSE; i++) {
            if (each instanceof SQLException error) {
                errors.add(error);
            }
            each = each.getCause();
        }
        return errors;
    }

    // A transaction that was doomed by an error fails for its reason.
    private @Nullable DatabaseError first(Throwable failure) {
        for (SQLException each : databaseErrors(failure)) {
            DatabaseError error = described(each);
            if (error.code() != ErrorCode.TRANSACTION_ABORTED || each.getCause() == null) {
                return error;
            }
        }
        return null;
    }

    private DatabaseError described(SQLException exception) {
        return exception instanceof DescribedSqlException own ? own.error() : engine.classify(exception);
    }
}
