package dev.dovetail.autoconfigure;

import org.flywaydb.core.api.CoreErrorCode;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.flywaydb.core.internal.exception.FlywayMigrateException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** What to do when migrations do not let the application start. Repeats no statement and no value. */
final class FlywayFailureAnalyzer extends AbstractFailureAnalyzer<FlywayException> {

    private static final String UNSUPPORTED = "Unsupported Database: ";

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, FlywayException cause) {
        if (cause instanceof FlywayMigrateException failed) {
            return FailedMigration.analyze(failed);
        }
        if (cause instanceof FlywayValidateException) {
            return FailedValidation.analyze(cause);
        }
        String message = String.valueOf(cause.getMessage());
        return message.startsWith(UNSUPPORTED)
                ? unsupported(message.substring(UNSUPPORTED.length()), cause)
                : byCode(message, cause);
    }

    private static FailureAnalysis unsupported(String database, FlywayException cause) {
        boolean postgresql = database.startsWith("PostgreSQL");
        return new FailureAnalysis(
                "Flyway has no support for %s on the class path.".formatted(database),
                postgresql
                        ? "Add org.flywaydb:flyway-database-postgresql, whose version Spring Boot manages;"
                                + " dovetail-spring-boot-starter brings it along."
                        : "Add Flyway's module for this database, usually org.flywaydb:flyway-database-<name>, or set"
                                + " spring.flyway.enabled=false.",
                cause);
    }

    private static @Nullable FailureAnalysis byCode(String message, FlywayException cause) {
        if (cause.getErrorCode() == CoreErrorCode.NON_EMPTY_SCHEMA_WITHOUT_SCHEMA_HISTORY_TABLE) {
            return notEmpty(cause);
        }
        if (cause.getErrorCode() == CoreErrorCode.DUPLICATE_VERSIONED_MIGRATION
                || cause.getErrorCode() == CoreErrorCode.DUPLICATE_REPEATABLE_MIGRATION) {
            return duplicate(message, cause);
        }
        return null;
    }

    private static FailureAnalysis notEmpty(FlywayException cause) {
        return new FailureAnalysis(
                "The database has tables, but no history of migrations: it was not created by this application's"
                        + " scripts, so nobody knows which of them it already contains. Nothing was changed.",
                """
                Is it the right database? Then say up to which version its tables correspond to the scripts, once:

                    spring.flyway.baseline-on-migrate=true
                    spring.flyway.baseline-version=<that version; 0 if to none>

                Scripts above that version are applied, the others are taken as done. An application without scripts \
                can set spring.flyway.enabled=false instead.""",
                cause);
    }

    private static FailureAnalysis duplicate(String message, FlywayException cause) {
        return new FailureAnalysis(
                message.strip(),
                "Give one of them another version. A script in a folder named after the engine replaces a common one only"
                        + " if both files have exactly the same name.",
                cause);
    }
}
