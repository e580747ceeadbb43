package dev.dovetail.engine.postgresql;

import dev.dovetail.engine.ConnectionRole;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The start-up parameter {@code options}. What it sets are the defaults of the session: unlike SET they survive
 * {@code RESET ALL} and {@code DISCARD ALL}, and cost no round trip.
 *
 * @param text as the server takes it
 * @param values what is in force after it: the last word on each setting
 */
record SessionOptions(String text, Map<String, String> values) {

    static final String STATEMENT_TIMEOUT = "statement_timeout";
    static final String LOCK_TIMEOUT = "lock_timeout";
    static final String IDLE_TIMEOUT = "idle_in_transaction_session_timeout";

    /** @param own the options of the user's URL, which win: the server takes the last of several values */
    static SessionOptions of(PostgresqlSettings settings, ConnectionRole role, @Nullable String own) {
        Map<String, String> ours = defaults(settings);
        Map<String, String> last = role == ConnectionRole.MAINTENANCE ? unlimited() : Map.of();
        String text = String.join(" ", rendered(ours), own == null ? "" : own.strip(), rendered(last));
        Map<String, String> values = new LinkedHashMap<>(ours);
        values.putAll(parse(own == null ? "" : own));
        values.putAll(last);
        return new SessionOptions(text.strip(), values);
    }

    private static Map<String, String> defaults(PostgresqlSettings settings) {
        Map<String, String> defaults = new LinkedHashMap<>();
        defaults.put(STATEMENT_TIMEOUT, millis(settings.effectiveStatementTimeout()));
        defaults.put(LOCK_TIMEOUT, millis(settings.lockTimeout()));
        defaults.put(IDLE_TIMEOUT, millis(settings.idleInTransactionTimeout()));
        settings.settings().forEach((name, value) -> defaults.put(name.toLowerCase(Locale.ROOT), value));
        return defaults;
    }

    private static Map<String, String> unlimited() {
        return Map.of(STATEMENT_TIMEOUT, "0", IDLE_TIMEOUT, "0");
    }

    private static String millis(Duration timeout) {
        return String.valueOf(timeout.toMillis());
    }

    private static String rendered(Map<String, String> values) {
        return values.entrySet().stream()
                .map(entry -> "-c " + entry.getKey() + "=" + escaped(entry.getValue()))
                .collect(Collectors.joining(" "));
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replace(" ", "\\ ");
    }

    /** The settings in {@code -c name=value}, {@code -cname=value} and {@code --name=value}; the rest is not ours to read. */
    static Map<String, String> parse(String options) {
        Map<String, String> values = new LinkedHashMap<>();
        boolean expectAssignment = false;
        for (String word : words(options)) {
            if (expectAssignment) {
                put(values, word);
                expectAssignment = false;
            } else if (word.equals("-c")) {
                expectAssignment = true;
            } else if (word.startsWith("-c") || word.startsWith("--")) {
                put(values, word.substring(2));
            }
        }
        return values;
    }

    private static void put(Map<String, String> values, String assignment) {
        int equals = assignment.indexOf('=');
        if (equals > 0) {
            String name = assignment.substring(0, equals).replace('-', '_').toLowerCase(Locale.ROOT);
            values.put(name, assignment.substring(equals + 1));
        }
    }

    /** Words as the server splits them: at white space, a backslash taking the next character as it is. */
    private static List<String> words(String options) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean escaped = false;
        for (int i = 0; i < options.length(); i++) {
            char c = options.charAt(i);
            if (!escaped && c == '\\') {
                escaped = true;
            } else if (!escaped && Character.isWhitespace(c)) {
                finish(word, words);
            } else {
                word.append(c);
                escaped = false;
            }
        }
        finish(word, words);
        return words;
    }

    private static void finish(StringBuilder word, List<String> words) {
        if (!word.isEmpty()) {
            words.add(word.toString());
            word.setLength(0);
        }
    }
}
