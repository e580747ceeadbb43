package dev.dovetail.autoconfigure;

import dev.dovetail.migration.MigrationFailedException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Adds to what went wrong with a migration how to go back to the backup that was made before. */
final class MigrationFailureAnalyzer extends AbstractFailureAnalyzer<MigrationFailedException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, MigrationFailedException failed) {
        FailureAnalysis analysis = ofCause(failed.getCause());
        String description = analysis == null ? "A migration failed." : analysis.getDescription();
        String action = analysis == null || analysis.getAction() == null
                ? "See the cause in the log, with logging.level.org.springframework.boot.diagnostics=debug."
                : analysis.getAction();
        return new FailureAnalysis(description, action + "\n\n" + failed.advice(), failed);
    }

    private static @Nullable FailureAnalysis ofCause(@Nullable Throwable cause) {
        if (cause == null) {
            return null;
        }
        FailureAnalysis byFlyway = new FlywayFailureAnalyzer().analyze(cause);
        return byFlyway == null ? new DatabaseStartFailureAnalyzer().analyze(cause) : byFlyway;
    }
}
