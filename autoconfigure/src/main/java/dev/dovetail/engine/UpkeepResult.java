package dev.dovetail.engine;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What came of one piece of upkeep.
 *
 * @param outcome whether it was done
 * @param message one sentence: what was done, or why not and what to do about it; without a value of the application's
 * @param details the numbers by which it was decided, by name
 */
public record UpkeepResult(Outcome outcome, String message, Map<String, Object> details) {

    /** Whether it was done. */
    public enum Outcome {
        /** It was done. */
        DONE,
        /** It would have been done, but only the plan was asked for. */
        PLANNED,
        /** It does not pay at the moment. */
        NOT_NEEDED,
        /** It would pay, but may not or cannot be done here. */
        SKIPPED,
        /** It was tried, and something went wrong. */
        FAILED
    }

    public UpkeepResult {
        details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
    }

    public static UpkeepResult done(String message, Map<String, Object> details) {
        return new UpkeepResult(Outcome.DONE, message, details);
    }

    public static UpkeepResult planned(String message, Map<String, Object> details) {
        return new UpkeepResult(Outcome.PLANNED, message, details);
    }

    public static UpkeepResult notNeeded(String message, Map<String, Object> details) {
        return new UpkeepResult(Outcome.NOT_NEEDED, message, details);
    }

    public static UpkeepResult skipped(String message, Map<String, Object> details) {
        return new UpkeepResult(Outcome.SKIPPED, message, details);
    }

    public static UpkeepResult failed(String message, Map<String, Object> details) {
        return new UpkeepResult(Outcome.FAILED, message, details);
    }
}
