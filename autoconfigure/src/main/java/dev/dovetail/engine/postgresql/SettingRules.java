package dev.dovetail.engine.postgresql;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** What may stand in the settings of a session; whatever is not obviously wrong is left to the server. */
final class SettingRules {

    static final String PREFIX = "dovetail.postgresql.settings.";

    private static final Pattern NAME = Pattern.compile("^[a-zA-Z_][a-zA-Z0-9_.]{0,62}$");

    /** The server tells kB from KB, so letter case counts. */
    private static final Pattern MEMORY_VALUE = Pattern.compile("^\\s*-?\\d+(\\.\\d+)?\\s*(B|kB|MB|GB|TB)?\\s*$");

    private static final Pattern MEMORY_NAME = Pattern.compile("^(?:\\w*_mem|\\w*_buffers|effective_cache_size)$");

    /** The server keeps timeouts in an int of milliseconds. */
    private static final Duration LONGEST = Duration.ofMillis(Integer.MAX_VALUE);

    /** Settings that have a place of their own, or that the driver sets after ours, so that ours would do nothing. */
    private static final Map<String, String> ELSEWHERE = Map.of(
            "statement_timeout", "set dovetail.postgresql.statement-timeout instead",
            "lock_timeout", "set dovetail.postgresql.lock-timeout instead",
            "idle_in_transaction_session_timeout", "set dovetail.postgresql.idle-in-transaction-timeout instead",
            "application_name", "set spring.application.name instead",
            "timezone", "the driver gives a session the time zone of the JVM",
            "datestyle", "the driver reads dates in the ISO style only",
            "client_encoding", "the driver speaks UTF-8 only");

    private SettingRules() {}

    static void requireTimeout(String property, Duration timeout) {
        if (timeout.isNegative() || timeout.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "%s must be between 0 (none) and 24 days, but is %s".formatted(property, timeout));
        }
        if (!timeout.isZero() && timeout.toMillis() == 0) {
            throw new IllegalArgumentException(
                    "%s must be at least 1 ms, or 0 for none, but is %s".formatted(property, timeout));
        }
    }

    static void requireSetting(String name, String value) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    PREFIX + name + " is not the name of a PostgreSQL setting: letters, digits, '_' and '.' only");
        }
        String elsewhere = ELSEWHERE.get(name.toLowerCase(Locale.ROOT));
        if (elsewhere != null) {
            throw new IllegalArgumentException(PREFIX + name + " cannot be set here: " + elsewhere);
        }
        requireValue(name, value);
    }

    private static void requireValue(String name, String value) {
        if (value.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(PREFIX + name + " holds a control character; remove it");
        }
        if (isMemory(name) && !MEMORY_VALUE.matcher(value).matches()) {
            throw new IllegalArgumentException(PREFIX + name
                    + " must be an amount of memory such as 64MB (units: B, kB, MB, GB, TB, in exactly these letters)");
        }
    }

    private static boolean isMemory(String name) {
        return MEMORY_NAME.matcher(name.toLowerCase(Locale.ROOT)).matches();
    }
}
