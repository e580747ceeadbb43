package dev.dovetail.autoconfigure;

import dev.dovetail.engine.DatabaseStartException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Shows why the database cannot be used, what to do next, and what the driver said, in its own words. */
class DatabaseStartFailureAnalyzer extends AbstractFailureAnalyzer<DatabaseStartException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, DatabaseStartException cause) {
        String said = driversWords(cause);
        String action = said == null ? cause.action() : cause.action() + "\n\nThe driver says: " + said;
        return new FailureAnalysis(sentence(String.valueOf(cause.getMessage())), action, cause);
    }

    private static String sentence(String text) {
        return text.endsWith(".") ? text : text + ".";
    }

    // The deepest one: those above it are the layer's own, and say nothing that the description does not.
    private static @Nullable String driversWords(Throwable failure) {
        String words = null;
        for (Throwable each = failure.getCause(); each != null; each = each.getCause()) {
            if (each instanceof SQLException) {
                words = each.getMessage();
            }
        }
        return words;
    }
}
