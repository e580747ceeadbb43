package dev.dovetail.autoconfigure;

import java.sql.SQLException;
import java.util.Set;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.internal.exception.FlywayMigrateException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** A script that failed: which, where, what the database said, what was rolled back, and how to go on. */
final class FailedMigration {

    /**
     * Classes of SQLStates whose messages name things of the schema or of the script, but no values: constraints, syntax
     * and access, dependent objects, object state, intervention. Class 22, bad data, quotes the data.
     */
    private static final Set<String> WITHOUT_VALUES = Set.of("23", "42", "2B", "55", "57");

    private static final int SQLITE_ERROR = 1;

    private FailedMigration() {}

    static FailureAnalysis analyze(FlywayMigrateException failed) {
        String description = "The migration %s failed%s.%n%n    %s%n%n%s"
                .formatted(script(failed), line(failed), reason(sqlCause(failed)), remains(failed));
        return new FailureAnalysis(description, action(failed), failed);
    }

    private static String script(FlywayMigrateException failed) {
        MigrationInfo migration = failed.getMigration();
        String script = migration.getScript();
        String place = failed.getAbsolutePathOnDisk();
        return place == null || place.equals(script) ? script : "%s (%s)".formatted(script, place);
    }

    private static String line(FlywayMigrateException failed) {
        return failed.getLineNumber() > 0
                ? " in the statement that begins in line %d".formatted(failed.getLineNumber())
                : "";
    }

    private static String reason(@Nullable SQLException error) {
        if (error == null) {
            return "See the cause in the log, with logging.level.org.springframework.boot.diagnostics=debug.";
        }
        String code = "SQLState %s, code %d".formatted(error.getSQLState(), error.getErrorCode());
        return tellsNoValues(error) ? "%s (%s)".formatted(firstLine(error), code) : code;
    }

    private static boolean tellsNoValues(SQLException error) {
        String state = error.getSQLState();
        if (state == null) {
            return error.getErrorCode() == SQLITE_ERROR;
        }
        return state.length() == 5 && WITHOUT_VALUES.contains(state.substring(0, 2));
    }

    /** PostgreSQL's further lines are details, with values. */
    private static String firstLine(SQLException error) {
        return String.valueOf(error.getMessage()).lines().findFirst().orElse("");
    }

    private static @Nullable SQLException sqlCause(Throwable failure) {
        Throwable current = failure;
        while (current != null && !(current instanceof SQLException)) {
            current = current.getCause();
        }
        return (SQLException) current;
    }

    private static String remains(FlywayMigrateException failed) {
        return failed.isExecutableInTransaction()
                ? "What this script did was rolled back."
                : "This script does not run in a transaction: what it did before the failing statement remains, and the"
                        + " history marks it as failed.";
    }

    private static String action(FlywayMigrateException failed) {
        return failed.isExecutableInTransaction()
                ? "Correct the script and start again."
                : "Undo by hand what the script did, delete its row with success = false from the history table, correct"
                        + " the script and start again.";
    }
}
