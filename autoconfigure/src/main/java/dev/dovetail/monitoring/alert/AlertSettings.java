package dev.dovetail.monitoring.alert;

import java.time.Duration;

/**
 * When a finding becomes an alert, and when it is over.
 *
 * @param raiseAfter in how many of the last evaluations it must be found; one that is critical need be found only once
 * @param outOf how many evaluations are looked at
 * @param resolveAfter after how many evaluations in a row that do not find it, it is over
 * @param cooldown how long after its end the same alert is not raised again
 * @param history how many that are over are remembered
 */
public record AlertSettings(int raiseAfter, int outOf, int resolveAfter, Duration cooldown, int history) {

    private static final int LONGEST_WINDOW = 60;
    private static final int LONGEST_HISTORY = 10_000;

    // After what its own checks need.
    public static final AlertSettings DEFAULTS = new AlertSettings(3, 5, 3, Duration.ofMinutes(5), 100);

    /** @throws IllegalArgumentException if a value is out of range; names the property */
    public AlertSettings {
        require(outOf, 1, LONGEST_WINDOW, "out-of");
        require(raiseAfter, 1, outOf, "raise-after");
        require(resolveAfter, 1, LONGEST_WINDOW, "resolve-after");
        require(history, 0, LONGEST_HISTORY, "history");
        if (cooldown.isNegative()) {
            throw new IllegalArgumentException("dovetail.alerts.cooldown must be 0 or more, but is " + cooldown);
        }
    }

    private static void require(int value, int least, int most, String name) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "dovetail.alerts.%s must be from %d to %d, but is %d".formatted(name, least, most, value));
        }
    }
}
