package dev.dovetail.sql;

import java.util.regex.Pattern;

/**
 * A statement, cut into pieces as one of its readers cuts it. They differ in comments, in the end of a line, and in what dollars,
 * brackets, backticks, colons and backslashes mean. Used by one thread.
 */
final class SqlPieces {

    /** Who reads. */
    enum Reader {
        POSTGRESQL,
        /** As set up by {@code standard_conforming_strings = off}: a backslash escapes in every text. */
        ESCAPING_POSTGRESQL,
        SQLITE
    }

    /** What a piece is. */
    enum Kind {
        SPACE,
        COMMENT,
        /** A literal, a parameter by its place, or what may be a literal where it stands. */
        VALUE,
        /** A keyword, a name, or a parameter by its name or number. */
        NAME,
        /** Any other character. */
        SIGN
    }

    private static final Pattern NUMBER =
            Pattern.compile("0x[0-9a-f_]+|0[ob][0-7_]+|[0-9._]+(e[-+]?[0-9_]+)?", Pattern.CASE_INSENSITIVE);
    private static final String AFTER_INDEX = ") \t\n\u000B\f\r\0";

    private final String text;
    private final boolean sqlite;
    private final boolean escaping;
    private final LexicalEnds ends;
    private final ValuePlaces places = new ValuePlaces();
    private Kind kind = Kind.SPACE;
    private int start;
    private int end;
    private boolean doubtful;

    SqlPieces(String text, Reader reader) {
        this.text = text;
        this.sqlite = reader == Reader.SQLITE;
        this.escaping = reader == Reader.ESCAPING_POSTGRESQL;
        this.ends = new LexicalEnds(text);
    }

    /** Goes on to the next piece; returns whether there is one. */
    boolean next() {
        start = end;
        if (start == text.length()) {
            return false;
        }
        char c = text.charAt(start);
        if (isSpace(c)) {
            take(Kind.SPACE, start + 1);
        } else if (text.startsWith("--", start)) {
            take(Kind.COMMENT, sqlite ? ends.after("\n", start) : ends.afterLine(start));
        } else if (text.startsWith("/*", start)) {
            take(Kind.COMMENT, sqlite ? ends.after("*/", start + 2) : ends.afterComment(start));
        } else {
            token(c);
        }
        return true;
    }

    Kind kind() {
        return kind;
    }

    int start() {
        return start;
    }

    int end() {
        return end;
    }

    /**
     * Whether something was taken for a value so far that may be more than that, as what follows a quote that is never closed, a
     * number with letters, or a parameter that sticks to a name.
     */
    boolean areDoubtful() {
        return doubtful;
    }

    // Beyond ASCII everything is a letter to both, white space too.
    private boolean isSpace(char c) {
        return c <= ' ' || (sqlite && c == '\uFEFF');
    }

    private void token(char c) {
        if (c == '\'') {
            value(escaping ? ends.afterEscaped(start) : ends.afterQuoted(c, start));
        } else if (c == '"') {
            doubleQuoted();
        } else if (SqlFingerprint.isDigit(c) || (c == '.' && SqlFingerprint.isDigit(at(start + 1)))) {
            number();
        } else if (c == '?') {
            parameter();
        } else if (SqlFingerprint.isWord(c)) {
            word(c);
        } else if (sqlite) {
            tokenOfSqlite(c);
        } else if (c == '$') {
            dollar();
        } else {
            sign(c);
        }
    }

    private void tokenOfSqlite(char c) {
        switch (c) {
            case '`' -> name(ends.afterClosing(c, start));
            case '[' -> {
                int closing = text.indexOf(']', start);
                name(closing < 0 ? closing : closing + 1);
            }
            case '$', ':', '@', '#' -> variable(c);
            default -> sign(c);
        }
    }

    // The name of a table before its column's is one.
    private void doubleQuoted() {
        int closed = ends.afterClosing('"', start);
        if (closed >= 0 && places.isValueNext() && at(closed) != '.') {
            value(closed);
        } else {
            name(closed);
        }
    }

    // A quote that is never closed was forgotten somewhere before, and what follows it may be anything.
    private void name(int closed) {
        if (closed < 0) {
            doubtful = true;
            value(text.length());
        } else {
            places.operand();
            take(Kind.NAME, closed);
        }
    }

    // PostgreSQL's driver writes $1 in its place, which becomes a part of whatever it sticks to.
    private void parameter() {
        doubtful |= !sqlite && isPartOfName(at(start - 1));
        value(endOfDigits(start + 1));
    }

    // What sticks to a number is cut differently by different versions, if it is not refused: 1e'…' and 1_0$x$…$x$.
    private void number() {
        int last = start + 1;
        while (last < text.length() && isPartOfNumber(last)) {
            last++;
        }
        boolean sticking = !sqlite && (at(last) == '\'' || at(last) == '$');
        doubtful |= sticking || !NUMBER.matcher(text).region(start, last).matches();
        value(sticking ? text.length() : last);
    }

    private boolean isPartOfNumber(int index) {
        char c = text.charAt(index);
        return SqlFingerprint.isWord(c) || c == '.' || isSignOfExponent(c, index);
    }

    // Without a digit behind it, it may begin a comment.
    private boolean isSignOfExponent(char c, int index) {
        return (c == '+' || c == '-')
                && Character.toLowerCase(text.charAt(index - 1)) == 'e'
                && SqlFingerprint.isDigit(at(index + 1))
                && !text.regionMatches(true, start, "0x", 0, 2);
    }

    private void word(char c) {
        int last = start + 1;
        while (isPartOfName(at(last))) {
            last++;
        }
        if (last == start + 1 && at(last) == '\'' && isLiteralPrefix(c)) {
            value(afterPrefixed(Character.toLowerCase(c), last));
        } else {
            places.word(text.substring(start, last));
            take(Kind.NAME, last);
        }
    }

    // x'00', b'01', n'a', e'a\\'b'
    private boolean isLiteralPrefix(char c) {
        return (sqlite ? "x" : "xbne").indexOf(Character.toLowerCase(c)) >= 0;
    }

    private int afterPrefixed(char prefix, int quote) {
        if (prefix == 'e') {
            return ends.afterContinued(quote);
        }
        return escaping && prefix != 'x' ? ends.afterEscaped(quote) : ends.afterQuoted('\'', quote);
    }

    private void dollar() {
        String tag = ends.dollarTag(start);
        if (SqlFingerprint.isDigit(at(start + 1))) {
            places.operand();
            take(Kind.NAME, endOfDigits(start + 1));
        } else if (tag != null) {
            value(ends.after(tag, start + tag.length()));
        } else {
            sign('$');
        }
    }

    // $name, :name, @name, #name, and as Tcl has them: $name::other(index)
    private void variable(char c) {
        int last = start + 1;
        boolean named = false;
        while (isPartOfName(at(last)) || text.startsWith("::", last)) {
            named |= at(last) != ':';
            last += at(last) == ':' ? 2 : 1;
        }
        if (named) {
            places.operand();
            take(Kind.NAME, at(last) == '(' ? afterIndex(last) : last);
        } else {
            sign(c);
        }
    }

    private int afterIndex(int from) {
        int last = from;
        while (AFTER_INDEX.indexOf(at(last)) < 0) {
            last++;
        }
        return at(last) == ')' ? last + 1 : last;
    }

    private int endOfDigits(int from) {
        int last = from;
        while (SqlFingerprint.isDigit(at(last))) {
            last++;
        }
        return last;
    }

    private void value(int until) {
        places.operand();
        take(Kind.VALUE, until);
    }

    private void sign(char c) {
        places.sign(c);
        take(Kind.SIGN, start + 1);
    }

    private void take(Kind found, int until) {
        kind = found;
        end = until;
    }

    private char at(int index) {
        return index >= 0 && index < text.length() ? text.charAt(index) : '\0';
    }

    private static boolean isPartOfName(char c) {
        return SqlFingerprint.isWord(c) || c == '$';
    }
}
