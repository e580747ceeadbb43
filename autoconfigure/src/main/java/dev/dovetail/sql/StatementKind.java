package dev.dovetail.sql;

import dev.dovetail.sql.SqlPieces.Reader;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What a statement does to the data, as far as its first words tell with certainty. Everything not known to be a read
 * counts as a write.
 */
public enum StatementKind {
    /** Changes nothing and can run on a read-only connection. */
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
    // What is in its text is executed, or its name is not written as it is.
    private static final Pattern EXECUTED_BY_EXPLAIN =
            Pattern.compile("analy[sz]e|\\bu&|\\bpragma\\b", Pattern.CASE_INSENSITIVE);
    // The driver takes them out and leaves what is inside, which may complete a word.
    private static final Pattern JDBC_ESCAPE =
            Pattern.compile("\\{\\s*(oj|fn|d|t|ts|escape)[\\s\"'(]", Pattern.CASE_INSENSITIVE);
    private static final Set<String> WITH_STATEMENTS = Set.of("TRIGGER", "FUNCTION", "PROCEDURE", "RULE");
    private static final int WORDS_BEFORE_WHAT_IS_CREATED = 4;
    private static final Set<String> CHANGING_WORDS =
            Set.of("INSERT", "UPDATE", "DELETE", "REPLACE", "MERGE", "INTO", "LOCK");

    /** As {@link #of(String, SqlSyntax)}, where nobody knows which database the text is for. */
    public static StatementKind of(String sql) {
        return of(sql, SqlSyntax.ANY);
    }

    /** What the statement is; of several, the strictest counts. An empty text is a write. */
    public static StatementKind of(String sql, SqlSyntax syntax) {
        StatementKind kind = read(sql, syntax.first());
        // What changes nothing to one reader may change something to another.
        boolean certain = kind != READ || syntax.othersOf(sql).stream().allMatch(reader -> read(sql, reader) == READ);
        return certain ? kind : WRITE;
    }

    /** The first word of a text in upper case, past comments; empty if it has none, or if its readers differ. */
    public static String firstWord(String sql, SqlSyntax syntax) {
        String first = firstWord(sql, syntax.first());
        boolean certain = syntax.othersOf(sql).stream()
                .allMatch(reader -> firstWord(sql, reader).equals(first));
        return certain ? first : "";
    }

    private static String firstWord(String sql, Reader reader) {
        return new StatementWords(sql, reader).nextStatement();
    }

    /** The first word of each of its statements in upper case, as any of its readers finds it; an empty word of an empty text. */
    public static Set<String> firstWords(String sql, SqlSyntax syntax) {
        Set<String> first = new HashSet<>();
        addFirstWords(sql, syntax.first(), first);
        syntax.othersOf(sql).forEach(reader -> addFirstWords(sql, reader, first));
        return first;
    }

    private static void addFirstWords(String sql, Reader reader, Set<String> first) {
        StatementWords words = new StatementWords(sql, reader);
        first.add(words.nextStatement());
        if (isMaybeSeveral(sql)) {
            for (String next = words.nextStatement(); !next.isEmpty(); next = words.nextStatement()) {
                first.add(next);
            }
        }
        if (words.areDoubtful()) {
            first.add("");
        }
    }

    /**
     * Whether the text has, to any of its readers, more than one statement. What creates a trigger or a function is one, whatever
     * is inside.
     */
    public static boolean isSeveral(String sql, SqlSyntax syntax) {
        return isMaybeSeveral(sql)
                && (isSeveral(sql, syntax.first())
                        || syntax.othersOf(sql).stream().anyMatch(reader -> isSeveral(sql, reader)));
    }

    private static boolean isSeveral(String sql, Reader reader) {
        StatementWords words = new StatementWords(sql, reader);
        return !createsWithStatements(words.nextStatement(), words)
                && (!words.nextStatement().isEmpty() || words.areDoubtful());
    }

    private static boolean isMaybeSeveral(String sql) {
        return sql.indexOf(';') >= 0;
    }

    private static StatementKind read(String sql, Reader reader) {
        StatementWords words = new StatementWords(sql, reader);
        String first = words.nextStatement();
        if (isMaybeSeveral(sql) && createsWithStatements(first, words)) {
            return WRITE;
        }
        StatementKind kind = first.equals("EXPLAIN") ? explained(sql) : ofFirst(first, words);
        if (kind != TRANSACTION && isMaybeSeveral(sql)) {
            kind = strictest(kind, words);
        }
        return kind == READ && isDoubtful(sql, reader, words) ? WRITE : kind;
    }

    private static boolean isDoubtful(String sql, Reader reader, StatementWords words) {
        return words.areDoubtful()
                || (reader != Reader.SQLITE && JDBC_ESCAPE.matcher(sql).find());
    }

    // A trigger, a function or a procedure has statements inside of it, BEGIN and END among them.
    private static boolean createsWithStatements(String first, StatementWords words) {
        if (first.equals("CREATE")) {
            for (int i = 0; i < WORDS_BEFORE_WHAT_IS_CREATED; i++) {
                if (WITH_STATEMENTS.contains(words.next())) {
                    return true;
                }
            }
        }
        return false;
    }

    // EXPLAIN ANALYZE runs what it explains, and pragmas act when they are compiled.
    private static StatementKind explained(String sql) {
        return EXECUTED_BY_EXPLAIN.matcher(sql).find() ? WRITE : READ;
    }

    private static StatementKind strictest(StatementKind first, StatementWords words) {
        StatementKind strictest = first;
        for (String next = words.nextStatement(); !next.isEmpty(); next = words.nextStatement()) {
            StatementKind each = ofFirst(next, words);
            if (each == TRANSACTION) {
                return each;
            }
            strictest = strictest == READ || each == SAVEPOINT ? each : strictest;
        }
        return strictest;
    }

    private static StatementKind ofFirst(String first, StatementWords words) {
        return switch (first) {
            case "VALUES", "TABLE" -> READ;
            case "SELECT" -> words.mayMakeTable() && contains(words, "INTO"::equals) ? WRITE : READ;
            // Common table expressions may change data themselves, so the whole text is looked at.
            case "WITH" -> contains(words, CHANGING_WORDS::contains) ? WRITE : READ;
            case "PREPARE" -> words.next().equals("TRANSACTION") ? TRANSACTION : WRITE;
            case "SAVEPOINT", "RELEASE" -> SAVEPOINT;
            case "ROLLBACK" -> rollback(words);
            default -> TRANSACTION_WORDS.contains(first) ? TRANSACTION : WRITE;
        };
    }

    private static StatementKind rollback(StatementWords words) {
        return contains(words, "TO"::equals) ? ROLLBACK_TO : TRANSACTION;
    }

    private static boolean contains(StatementWords words, Predicate<String> searched) {
        for (String word = words.next(); !word.isEmpty(); word = words.next()) {
            if (searched.test(word)) {
                return true;
            }
        }
        return false;
    }
}
