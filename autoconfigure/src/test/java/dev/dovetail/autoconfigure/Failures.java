package dev.dovetail.autoconfigure;

import java.util.Objects;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;

/** What somebody reads whose application does not start. */
final class Failures {

    private Failures() {}

    /** Description and action, one after the other. */
    static String explained(AssertableApplicationContext context) {
        Throwable failure = Objects.requireNonNull(context.getStartupFailure(), "the application started");
        FailureAnalysis analysis = new DatabaseStartFailureAnalyzer().analyze(failure);
        if (analysis == null) {
            throw new AssertionError("Nothing explains this failure", failure);
        }
        return analysis.getDescription() + "\n" + analysis.getAction();
    }
}
