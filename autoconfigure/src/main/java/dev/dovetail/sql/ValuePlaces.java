package dev.dovetail.sql;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Set;

/**
 * Where in a statement a value stands rather than a name. SQLite takes {@code "…"} for a text where no column has that name; which
 * it is, only the place tells.
 */
final class ValuePlaces {

    private static final int LONGEST_WORD = 8;
    private static final Set<String> BEFORE_VALUES = Set.of(
            "LIKE", "ILIKE", "GLOB", "MATCH", "REGEXP", "ESCAPE", "BETWEEN", "WHEN", "THEN", "ELSE", "DEFAULT", "IS");
    private static final Set<String> BEFORE_LISTS = Set.of("IN", "VALUES");
    private static final Set<String> BEFORE_NAMES = Set.of("SELECT", "WITH", "VALUES");
    private static final Set<String> PARTS_OF_IS = Set.of("NOT", "DISTINCT", "FROM");
    private static final String COMPARING = "=<>|";

    // For each parenthesis that is open, whether values stand in it.
    private final Deque<Boolean> open = new ArrayDeque<>();
    private boolean value;
    private boolean called;
    private boolean list;
    private boolean opening;
    private boolean closedList;
    private boolean is;
    private boolean between;
    private boolean begun;
    private boolean pragma;

    /** Whether a value is to be expected next. */
    boolean isValueNext() {
        return value;
    }

    /** After a literal, a parameter, or a name in quotes or brackets. */
    void operand() {
        become(false);
    }

    /** After a word. */
    void word(String text) {
        String word = text.length() <= LONGEST_WORD ? text.toUpperCase(Locale.ROOT) : "";
        if (opening && BEFORE_NAMES.contains(word) && !open.isEmpty()) {
            open.pop();
            open.push(false);
        }
        // What is handed to a function stands for its result.
        boolean function = value;
        boolean end = between && word.equals("AND");
        boolean comparison = is && PARTS_OF_IS.contains(word);
        pragma |= !begun && word.equals("PRAGMA");
        begun = true;
        become(BEFORE_VALUES.contains(word) || end || comparison);
        called = function;
        list = BEFORE_LISTS.contains(word);
        is = comparison || word.equals("IS");
        between = word.equals("BETWEEN") || (between && !end);
    }

    /** After any other character. */
    void sign(char c) {
        switch (c) {
            case '(' -> opened();
            case ')' -> closed();
            case ',' -> next();
            case ';' -> ended();
            default -> become(COMPARING.indexOf(c) >= 0);
        }
    }

    private void ended() {
        become(false);
        begun = false;
        pragma = false;
    }

    // A pragma is given its value, which may be a key, as if it were called.
    private void opened() {
        boolean values = value || called || list || pragma;
        open.push(values);
        become(values);
        opening = true;
    }

    private void closed() {
        boolean values = !open.isEmpty() && open.pop();
        become(false);
        closedList = values;
    }

    // Behind a row of values comes another one.
    private void next() {
        boolean rows = closedList;
        become(!open.isEmpty() && open.peek());
        list = rows;
    }

    private void become(boolean valueIsNext) {
        value = valueIsNext;
        called = false;
        list = false;
        opening = false;
        closedList = false;
        is = false;
    }
}
