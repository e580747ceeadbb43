package dev.dovetail.engine.postgresql;

import dev.dovetail.engine.AppliedSetting;
import dev.dovetail.engine.AppliedSetting.Importance;
import dev.dovetail.engine.postgresql.ServerSettings.Value;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Compares what was asked for with what the server shows, which writes 60000 ms as {@code 1min}. */
final class SettingComparison {

    /** What stands in place of a setting the server does not know. */
    private static final String UNKNOWN = "(not reported)";

    private SettingComparison() {}

    /** The setting; if both mean the same, in the server's words for both. */
    static AppliedSetting of(String name, String expected, @Nullable Value actual) {
        if (actual == null) {
            return new AppliedSetting(name, readable(name, expected), UNKNOWN, importance(name));
        }
        String asked = same(name, expected, actual) ? actual.shown() : readable(name, expected);
        return new AppliedSetting(name, asked, actual.shown(), importance(name));
    }

    private static boolean same(String name, String expected, Value actual) {
        if (name.equals(ServerSettings.APPLICATION_NAME)) {
            return ApplicationName.isShownAs(expected, actual.shown());
        }
        if (isTimeout(name)) {
            return sameAmount("ms", expected, actual.shown());
        }
        if (actual.unit() != null && actual.setting() != null) {
            return sameAmount(actual.unit(), expected, actual.setting());
        }
        return sameOfType(expected, actual);
    }

    private static boolean sameOfType(String expected, Value actual) {
        return switch (actual.type() == null ? "" : actual.type()) {
            case "bool" -> truth(expected).equals(truth(actual.shown()));
            case "integer", "real" -> sameAmount(expected, actual.shown());
            default -> expected.equalsIgnoreCase(actual.shown());
        };
    }

    private static boolean sameAmount(String unit, String expected, String actual) {
        Optional<BigDecimal> amount = Quantity.in(unit, expected);
        return amount.isPresent() && amount.equals(Quantity.in(unit, actual));
    }

    private static boolean sameAmount(String expected, String actual) {
        try {
            return new BigDecimal(expected.strip()).compareTo(new BigDecimal(actual)) == 0;
        } catch (NumberFormatException e) {
            return expected.strip().equals(actual);
        }
    }

    /** The server takes any unmistakable beginning of on, off, true, false, yes and no. */
    private static String truth(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "on", "1", "t", "tr", "tru", "true", "y", "ye", "yes" -> "on";
            case "off", "of", "0", "f", "fa", "fal", "fals", "false", "n", "no" -> "off";
            default -> text;
        };
    }

    private static boolean isTimeout(String name) {
        return name.equals(SessionOptions.STATEMENT_TIMEOUT)
                || name.equals(SessionOptions.LOCK_TIMEOUT)
                || name.equals(SessionOptions.IDLE_TIMEOUT);
    }

    private static String readable(String name, String expected) {
        return isTimeout(name) && expected.matches("[0-9]+") ? expected + "ms" : expected;
    }

    private static Importance importance(String name) {
        return name.equals(ServerSettings.APPLICATION_NAME) ? Importance.OPTIONAL : Importance.IMPORTANT;
    }
}
