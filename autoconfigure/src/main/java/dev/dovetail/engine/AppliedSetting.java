package dev.dovetail.engine;

import java.util.Locale;

/**
 * A setting as it was asked for and as the database reports it.
 *
 * @param name the database's own name for it
 * @param expected what was asked for
 * @param actual what the database reports
 * @param importance what follows if the two differ
 */
public record AppliedSetting(String name, String expected, String actual, Importance importance) {

    /** What follows from a setting that could not be applied. */
    public enum Importance {
        /** The application does not start. */
        CRITICAL,
        /** A warning in the log, and in health's details. */
        IMPORTANT,
        /** In health's details. */
        OPTIONAL
    }

    /** Whether the database has what was asked for; letter case does not matter. */
    public boolean asExpected() {
        return expected.toLowerCase(Locale.ROOT).equals(actual.toLowerCase(Locale.ROOT));
    }
}
