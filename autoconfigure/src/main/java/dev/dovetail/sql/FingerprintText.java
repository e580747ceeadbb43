package dev.dovetail.sql;

import java.util.Locale;
import java.util.Set;
import java.util.function.IntFunction;

/**
 * A {@linkplain SqlFingerprint fingerprint} as a statement that can be prepared and planned: it has a parameter for each value
 * that was left out, and lists of three. Only what limits the rows gets a number, 20 as a page of Spring Data has: a planner
 * takes an unknown one for a tenth of the table.
 */
public final class FingerprintText {

    private static final String MORE = ", …";
    private static final Set<String> BEFORE_COUNTS = Set.of("LIMIT", "OFFSET", "FIRST", "NEXT");
    private static final Set<String> BEFORE_TEXTS = Set.of("INTERVAL", "DATE", "TIME", "TIMESTAMP", "TIMESTAMPTZ");
    private static final String PAGE = "20";

    private final String text;
    private final LexicalEnds ends;
    private final StringBuilder out = new StringBuilder();
    private int position;
    private int parameters;

    private FingerprintText(String text) {
        this.text = text;
        this.ends = new LexicalEnds(text);
    }

    /**
     * The statement of this fingerprint.
     *
     * @param parameter how a parameter is written, of which the first has the number 1
     */
    public static String statement(String fingerprint, IntFunction<String> parameter) {
        return new FingerprintText(fingerprint).withParameters(parameter);
    }

    /** The statement without the schema before the names of these tables; both are compared in any letter case. */
    public static String withoutSchema(String statement, String schema, Set<String> tables) {
        return new FingerprintText(statement).without(lower(schema), tables);
    }

    private String withParameters(IntFunction<String> parameter) {
        String word = "";
        while (position < text.length()) {
            char c = text.charAt(position);
            int end = endOfName(position);
            if (c == '`') {
                copy(ends.afterQuoted(c, position));
            } else if (end > position) {
                word = text.substring(position, end).toUpperCase(Locale.ROOT);
                copy(end);
            } else if (c == '?') {
                value(word, parameter);
                word = "";
                position++;
            } else if (text.startsWith(MORE, position)) {
                more(parameter);
                position += MORE.length();
            } else {
                word = c == ' ' ? word : "";
                copy(position + 1);
            }
        }
        return out.toString();
    }

    private void value(String word, IntFunction<String> parameter) {
        if (BEFORE_TEXTS.contains(word)) {
            // PostgreSQL takes a literal behind the name of its type, and no parameter.
            int end = out.length();
            out.setLength((out.charAt(end - 1) == ' ' ? end - 1 : end) - word.length());
            out.append(next(parameter)).append("::").append(word);
        } else {
            out.append(BEFORE_COUNTS.contains(word) ? PAGE : next(parameter));
        }
    }

    // One row of values is like the next; of a list it matters that it has several.
    private void more(IntFunction<String> parameter) {
        if (position > 0 && text.charAt(position - 1) == '?') {
            out.append(", ").append(next(parameter)).append(", ").append(next(parameter));
        }
    }

    private String next(IntFunction<String> parameter) {
        parameters++;
        return parameter.apply(parameters);
    }

    private String without(String schema, Set<String> tables) {
        while (position < text.length()) {
            int end = endOfName(position);
            if (end == position) {
                copy(position + 1);
            } else if (isBefore(schema, tables, end)) {
                position = end + 1;
                copy(endOfName(position));
            } else {
                copy(end);
            }
        }
        return out.toString();
    }

    private boolean isBefore(String schema, Set<String> tables, int end) {
        boolean first = position == 0 || text.charAt(position - 1) != '.';
        return first
                && end < text.length()
                && text.charAt(end) == '.'
                && name(position, end).equals(schema)
                && tables.contains(name(end + 1, endOfName(end + 1)));
    }

    private int endOfName(int from) {
        if (from < text.length() && text.charAt(from) == '"') {
            return ends.afterQuoted('"', from);
        }
        int end = from;
        while (end < text.length() && SqlFingerprint.isWord(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private String name(int from, int end) {
        boolean quoted = end > from + 1 && text.charAt(from) == '"';
        return lower(quoted ? text.substring(from + 1, end - 1).replace("\"\"", "\"") : text.substring(from, end));
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    private void copy(int end) {
        out.append(text, position, end);
        position = end;
    }
}
