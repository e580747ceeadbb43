package dev.dovetail.sql;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a statement does to the data, as far as its first words tell with certainty. Everything not known to be a read
 * counts as a write.
 */
public enum StatementKind {
    /**
     * Changes nothing and can run on a read-only connection. PostgreSQL's SELECT INTO, which SQLite does not have, is not
     * told apart.
     */
    READ,
    /** Changes something, or may. */
    WRITE,
    /** Begins or ends a transaction: BEGIN, COMMIT, ROLLBACK and their synonyms. */
    TRANSACTION,
    /** Sets or releases a savepoint. */
    SAVEPOINT,
    /** Rolls back to a savepoint. */
    ROLLBACK_TO;

    private static final Set<String> TRANSACTION_WORDS = Set.of("BEGIN", "START", "COMMIT", "END", "ABORT");
    private static final Set<String> CHANGING_WORDS =
            Set.of("INSERT", "UPDATE", "DELETE", "REPLACE", "MERGE", "INTO", "LOCK");

    /** What the statement is; of several, the strictest counts. An empty text is a write. */
    public static StatementKind of(String sql) {
        StatementKind first = ofFirst(new Words(sql));
        return sql.indexOf(';') < 0 || first == TRANSACTION ? first : ofSeveral(sql, first);
    }

    /** The first word of a text in upper case, past comments; empty if it has none. */
    public static String firstWord(String sql) {
        return new Words(sql).next();
    }

    /** The first word of each of its statements, in upper case; an empty word of an empty text. */
    public static Set<String> firstWords(String sql) {
        Words words = new Words(sql);
        Set<String> first = new HashSet<>(Set.of(words.next()));
        while (sql.indexOf(';') >= 0 && words.nextStatement()) {
            first.add(words.next());
        }
        return first;
    }

    /** Whether the text has more than one statement. What creates a trigger or a function is one, whatever is inside. */
    public static boolean isSeveral(String sql) {
        if (sql.indexOf(';') < 0) {
            return false;
        }
        Words words = new Words(sql);
        return !words.next().equals("CREATE") && words.nextStatement();
    }

    // What creates a trigger, a function or a procedure has statements inside of it, BEGIN and END among them.
    private static StatementKind ofSeveral(String sql, StatementKind first) {
        Words words = new Words(sql);
        if (words.next().equals("CREATE")) {
            return first;
        }
        StatementKind strictest = first;
        while (words.nextStatement()) {
            StatementKind each = ofFirst(words);
            if (each == TRANSACTION) {
                return each;
            }
            strictest = strictest == READ || each == SAVEPOINT ? each : strictest;
        }
        return strictest;
    }

    private static StatementKind ofFirst(Words words) {
        String first = words.next();
        return switch (first) {
            case "SELECT", "VALUES", "TABLE" -> READ;
            case "EXPLAIN" -> explained(words);
            case "WITH" -> containsChange(words) ? WRITE : READ;
            case "SAVEPOINT", "RELEASE" -> SAVEPOINT;
            case "ROLLBACK" -> rollback(words);
            default -> TRANSACTION_WORDS.contains(first) ? TRANSACTION : WRITE;
        };
    }

    // EXPLAIN ANALYZE runs what it explains.
    private static StatementKind explained(Words words) {
        for (String word = words.nextInStatement(); !word.isEmpty(); word = words.nextInStatement()) {
            if (word.startsWith("ANALY")) {
                return WRITE;
            }
        }
        return READ;
    }

    private static StatementKind rollback(Words words) {
        for (String word = words.nextInStatement(); !word.isEmpty(); word = words.nextInStatement()) {
            if (word.equals("TO")) {
                return ROLLBACK_TO;
            }
        }
        return TRANSACTION;
    }

    // Common table expressions may change data themselves, so the whole text is looked at.
    private static boolean containsChange(Words words) {
        for (String word = words.nextInStatement(); !word.isEmpty(); word = words.nextInStatement()) {
            if (CHANGING_WORDS.contains(word)) {
                return true;
            }
        }
        return false;
    }

    /** The bare words of a text in upper case, past comments, literals and quoted names. */
    private static final class Words {

        private final String text;
        private int position;

        Words(String text) {
            this.text = text;
        }

        /** The next word, of the next statement if this one is over; empty at the end. */
        String next() {
            String word = nextInStatement();
            while (word.isEmpty() && position < text.length()) {
                position++;
                word = nextInStatement();
            }
            return word;
        }

        /** The next word of this statement; empty at its end. */
        String nextInStatement() {
            while (position < text.length() && text.charAt(position) != ';') {
                char c = text.charAt(position);
                if (isLetter(c)) {
                    return word();
                }
                skip(c);
            }
            return "";
        }

        /** Goes on to the next statement that has a word; returns whether there is one. */
        boolean nextStatement() {
            String passed = nextInStatement();
            while (!passed.isEmpty()) {
                passed = nextInStatement();
            }
            int before = position;
            if (next().isEmpty()) {
                return false;
            }
            position = before;
            return true;
        }

        private String word() {
            int start = position;
            while (position < text.length() && isPart(text.charAt(position))) {
                position++;
            }
            return text.substring(start, position).toUpperCase(Locale.ROOT);
        }

        private void skip(char c) {
            if (c == '\'' || c == '"' || c == '`') {
                past(String.valueOf(c), position + 1);
            } else if (c == '[') {
                past("]", position + 1);
            } else if (text.startsWith("--", position)) {
                past("\n", position + 2);
            } else if (text.startsWith("/*", position)) {
                past("*/", position + 2);
            } else if (c == '$' && dollarTag() != null) {
                String tag = dollarTag();
                past(tag, position + tag.length());
            } else if (isPart(c)) {
                word();
            } else {
                position++;
            }
        }

        private void past(String end, int from) {
            int found = text.indexOf(end, from);
            position = found < 0 ? text.length() : found + end.length();
        }

        // PostgreSQL's $$…$$ and $tag$…$tag$; $1 is a parameter.
        private @Nullable String dollarTag() {
            int end = text.indexOf('$', position + 1);
            if (end < 0) {
                return null;
            }
            for (int i = position + 1; i < end; i++) {
                if (!isPart(text.charAt(i)) || Character.isDigit(text.charAt(position + 1))) {
                    return null;
                }
            }
            return text.substring(position, end + 1);
        }

        private static boolean isLetter(char c) {
            return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
        }

        private static boolean isPart(char c) {
            return isLetter(c) || (c >= '0' && c <= '9') || c == '_' || c > 127;
        }
    }
}
