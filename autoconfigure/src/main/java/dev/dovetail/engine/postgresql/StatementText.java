package dev.dovetail.engine.postgresql;

import dev.dovetail.sql.SqlToken;
import dev.dovetail.sql.SqlToken.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What the words of a statement, or of a function's body, tell without the catalogue. */
final class StatementText {

    private static final Set<String> OF_SESSION = Set.of(
            "CURRENT_USER", "CURRENT_ROLE", "CURRENT_CATALOG", "CURRENT_SCHEMA", "SESSION_USER", "SYSTEM_USER", "USER");
    private static final Set<String> LOCKING = Set.of("UPDATE", "SHARE", "NO", "KEY");
    // Before UPDATE: ON CONFLICT DO UPDATE, FOR UPDATE, FOR NO KEY UPDATE, WHEN MATCHED THEN UPDATE.
    private static final Set<String> BEFORE_OTHER_UPDATE = Set.of("DO", "FOR", "KEY", "THEN");

    private final List<SqlToken> tokens;
    private final Set<String> names = new HashSet<>();
    private final Set<String> called = new HashSet<>();
    private final List<Set<String>> targets = new ArrayList<>();

    private StatementText(List<SqlToken> tokens) {
        this.tokens = tokens;
    }

    static StatementText of(String sql) {
        StatementText text = new StatementText(SqlToken.of(sql));
        for (int i = 0; i < text.tokens.size(); i++) {
            text.noteName(i);
            text.noteTarget(i);
        }
        return text;
    }

    private void noteName(int i) {
        if (tokens.get(i).isName()) {
            Set<String> meant = meantBy(tokens.get(i));
            names.addAll(meant);
            if (at(i + 1).is('(')) {
                called.addAll(meant);
            }
        }
    }

    // A bare name may have been made with capitals by whoever quoted it: one table too many does no harm.
    private static Set<String> meantBy(SqlToken token) {
        String text = token.text();
        return token.kind() == Kind.NAME
                ? Set.of(text)
                : new HashSet<>(List.of(text, folded(text), text.toLowerCase(Locale.ROOT)));
    }

    // PostgreSQL folds only these letters in UTF-8.
    private static String folded(String text) {
        StringBuilder folded = new StringBuilder(text);
        for (int i = 0; i < folded.length(); i++) {
            char c = folded.charAt(i);
            folded.setCharAt(i, c >= 'A' && c <= 'Z' ? (char) (c + 32) : c);
        }
        return folded.toString();
    }

    private void noteTarget(int i) {
        switch (tokens.get(i).word()) {
            case "INSERT", "MERGE" -> targetBehind(i, "INTO");
            case "DELETE" -> targetBehind(i, "FROM");
            case "UPDATE" -> {
                if (i == 0 || !BEFORE_OTHER_UPDATE.contains(tokens.get(i - 1).word())) {
                    addTarget(i + 1);
                }
            }
            default -> {}
        }
    }

    private void targetBehind(int i, String word) {
        if (at(i + 1).is(word)) {
            addTarget(i + 2);
        }
    }

    /** Takes the table named there, behind ONLY and its schema, for a target; returns where its name has ended. */
    int addTarget(int from) {
        int i = at(from).is("ONLY") ? from + 1 : from;
        i = at(i).is('(') ? i + 1 : i;
        while (at(i + 1).is('.')) {
            i += 2;
        }
        targets.add(at(i).isName() ? meantBy(at(i)) : Set.of());
        return i + 1;
    }

    /** Takes the tables in a list for targets, as in TRUNCATE. */
    void addTargetsOfList(int from) {
        int i = addTarget(from);
        while (i < tokens.size()) {
            i = at(i).is(',') ? addTarget(i + 1) : i + 1;
        }
    }

    /** The token there; behind the end one that is nothing. */
    SqlToken at(int i) {
        return i >= 0 && i < tokens.size() ? tokens.get(i) : new SqlToken(Kind.NUMBER, "");
    }

    boolean isEmpty() {
        return tokens.isEmpty();
    }

    boolean has(String word) {
        return tokens.stream().anyMatch(token -> token.is(word));
    }

    /** Whether there is this name in quotes, or one in which characters are written by their numbers. */
    boolean hasQuoted(String name) {
        return names.contains(name) || has("U");
    }

    /** Whether there are two words in this order, with nothing in between. */
    boolean has(String first, String second) {
        for (int i = 1; i < tokens.size(); i++) {
            if (tokens.get(i - 1).is(first) && tokens.get(i).is(second)) {
                return true;
            }
        }
        return false;
    }

    /** The first word, past opening brackets, in upper case. */
    String firstWord() {
        return tokens.stream()
                .dropWhile(token -> token.is('('))
                .findFirst()
                .map(SqlToken::word)
                .orElse("");
    }

    /** Whether there is something behind a semicolon. */
    boolean isSeveral() {
        return tokens.stream().dropWhile(token -> !token.is(';')).anyMatch(token -> !token.is(';'));
    }

    /** Whether the words cannot be told from the literals with certainty, or are written in another way. */
    boolean isDoubtful() {
        for (int i = 0; i < tokens.size(); i++) {
            SqlToken token = tokens.get(i);
            boolean doubtful = switch (token.kind()) {
                case DOLLAR_TEXT -> true;
                case TEXT -> token.text().contains("\\'") || at(i - 1).kind() == Kind.ESCAPED_TEXT;
                case SIGN -> token.is('{') || (token.is('&') && at(i - 1).is("U"));
                case WORD, NAME, ESCAPED_TEXT, NUMBER -> false;
            };
            if (doubtful) {
                return true;
            }
        }
        return false;
    }

    /** Whether there is a block of code in a literal: DO, not that of ON CONFLICT. */
    boolean runsBlock() {
        for (int i = 0; i < tokens.size(); i++) {
            if (tokens.get(i).is("DO") && !at(i + 1).is("NOTHING") && !at(i + 1).is("UPDATE")) {
                return true;
            }
        }
        return false;
    }

    /** Whether it makes a table out of a query: SELECT … INTO. */
    boolean makesTable() {
        for (int i = 0; i < tokens.size(); i++) {
            if (tokens.get(i).is("INTO")
                    && !at(i - 1).is("INSERT")
                    && !at(i - 1).is("MERGE")) {
                return true;
            }
        }
        return false;
    }

    /** Whether it locks rows, or what it finds depends by its own words on who asks. */
    boolean isOfOneSession() {
        for (int i = 0; i < tokens.size(); i++) {
            boolean locks =
                    at(i - 1).is("FOR") && LOCKING.contains(tokens.get(i).word());
            if (locks || OF_SESSION.contains(tokens.get(i).word())) {
                return true;
            }
        }
        return false;
    }

    /** Whether the first of the two words outside of brackets is this one. */
    boolean comesFirst(String word, String other) {
        int depth = 0;
        for (SqlToken token : tokens) {
            depth += token.is('(') ? 1 : token.is(')') ? -1 : 0;
            if (depth == 0 && (token.is(word) || token.is(other))) {
                return token.is(word);
            }
        }
        return false;
    }

    /** All that may be the name of a table or a function. */
    Set<String> names() {
        return names;
    }

    /** The names before a bracket. */
    Set<String> called() {
        return called;
    }

    /** What each target may be called; an empty set is one that cannot be read. */
    List<Set<String>> targets() {
        return targets;
    }
}
