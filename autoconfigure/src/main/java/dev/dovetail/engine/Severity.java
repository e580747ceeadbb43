package dev.dovetail.engine;

/** How soon somebody must look at what was found; later ones are worse. */
public enum Severity {
    /** When there is time. */
    LOW,
    /** This week: it will become worse by itself. */
    MEDIUM,
    /** Today: users notice it, or soon will. */
    HIGH,
    /** Now: the application does not work, or data are in danger. */
    CRITICAL;

    // 1.5 times 0.1 is more than 0.15 in binary.
    private static final double EXACT = 1 - 1e-9;

    /** By how far a measured value is beyond its threshold: 1.5 times is medium, 2.5 times is high. */
    public static Severity ofExcess(double measured, double threshold) {
        if (measured >= 2.5 * threshold * EXACT) {
            return HIGH;
        }
        return measured >= 1.5 * threshold * EXACT ? MEDIUM : LOW;
    }
}
