package dev.dovetail.sql;

/**
 * The text of a statement without what makes two uses of it different: comments, literals, the number of values in a list, and
 * white space. Holds no value that stood in the text, so it can be logged.
 *
 * <p>Reads the lexical forms of PostgreSQL and SQLite together: {@code '…'}, {@code E'…'}, {@code x'…'}, {@code $tag$…$tag$},
 * numbers, and names in {@code "…"}, {@code `…`} and {@code […]}. SQLite also takes {@code "…"} for a text: behind an operator
 * and in the lists of {@code IN} and {@code VALUES} it is left out, even if it may be a name there; elsewhere it is one.
 */
public final class SqlFingerprint {

    private static final int NONE = -1;
    private static final String MORE = ", …";

    private final String text;
    private final StringBuilder out;
    private final LexicalEnds ends;
    private final ValuePlaces places = new ValuePlaces();
    private int position;
    private int list = NONE;
    private int listed;

    private SqlFingerprint(String text) {
        this.text = text;
        this.ends = new LexicalEnds(text);
        this.out = new StringBuilder(Math.min(text.length(), 256));
    }

    /** The fingerprint of a statement. */
    public static String of(String sql) {
        SqlFingerprint reading = new SqlFingerprint(sql);
        reading.read();
        return reading.out.toString().strip();
    }

    private void read() {
        while (position < text.length()) {
            char c = text.charAt(position);
            if (Character.isWhitespace(c)) {
                space();
                position++;
            } else if (text.startsWith("--", position)) {
                space();
                position = ends.after("\n", position);
            } else if (text.startsWith("/*", position)) {
                space();
                position = ends.afterComment(position);
            } else {
                token(c);
            }
        }
    }

    private void token(char c) {
        if (c == '\'') {
            literal(ends.afterQuoted('\'', position));
        } else if (c == '"' || c == '`') {
            quoted(c);
        } else if (c == '[' && isNameInBrackets()) {
            name(ends.after("]", position));
        } else if (isDigit(c) || (c == '.' && isDigit(at(position + 1)))) {
            number();
        } else if (c == '?') {
            parameter();
        } else if (c == '(' || c == ',' || c == ')') {
            partOfList(c);
        } else {
            wordOrSign(c);
        }
    }

    private void wordOrSign(char c) {
        String tag = c == '$' ? ends.dollarTag(position) : null;
        if (tag != null) {
            literal(ends.after(tag, position + tag.length()));
        } else if (isWord(c) || c == '$' || c == ':' || c == '@') {
            word();
        } else {
            places.sign(c);
            copy(position + 1);
        }
    }

    private void quoted(char quote) {
        int end = ends.afterQuoted(quote, position);
        // The name of a table before its column's is one.
        if (quote == '"' && places.isValueNext() && at(end) != '.') {
            literal(end);
        } else {
            name(end);
        }
    }

    private void name(int end) {
        places.operand();
        copy(end);
    }

    // SQLite numbers them: ?1
    private void parameter() {
        int end = position + 1;
        while (isDigit(at(end))) {
            end++;
        }
        literal(end);
    }

    private void partOfList(char c) {
        position++;
        places.sign(c);
        if (c == '(') {
            list = out.length();
            listed = 0;
        }
        if (c == ')' && list != NONE && listed > 0) {
            closeList();
            list = NONE;
        } else {
            out.append(c);
            list = c == ')' ? NONE : list;
        }
    }

    // A list of values, and rows of them, look the same however many there are.
    private void closeList() {
        String values = listed == 1 ? "(?)" : "(?" + MORE + ")";
        int before = skipBack(list, ' ');
        int row = before > 0 && out.charAt(before - 1) == ',' ? skipBack(before - 1, ' ') : NONE;
        if (row != NONE && endsWith(row, values)) {
            out.setLength(row);
            out.append(MORE);
        } else if (row != NONE && endsWith(row, values + MORE)) {
            out.setLength(row);
        } else {
            out.setLength(list);
            out.append(values);
        }
    }

    private int skipBack(int from, char c) {
        int index = from;
        while (index > 0 && out.charAt(index - 1) == c) {
            index--;
        }
        return index;
    }

    private boolean endsWith(int end, String part) {
        int start = end - part.length();
        return start >= 0 && out.indexOf(part, start) == start;
    }

    private void space() {
        if (!out.isEmpty() && out.charAt(out.length() - 1) != ' ') {
            out.append(' ');
        }
    }

    private void literal(int end) {
        places.operand();
        out.append('?');
        listed++;
        position = end;
    }

    private void copy(int end) {
        out.append(text, position, end);
        list = NONE;
        position = end;
    }

    // A digit that ends a name is part of it: word() has read it already.
    private void number() {
        int end = position;
        while (end < text.length() && isPartOfNumber(end)) {
            end++;
        }
        literal(end);
    }

    private boolean isPartOfNumber(int index) {
        char c = text.charAt(index);
        boolean sign = (c == '+' || c == '-') && Character.toLowerCase(text.charAt(index - 1)) == 'e' && !isHex();
        return isWord(c) || c == '.' || (sign && index > position);
    }

    private boolean isHex() {
        return text.regionMatches(true, position, "0x", 0, 2);
    }

    private void word() {
        int end = position + 1;
        while (end < text.length() && isWord(text.charAt(end))) {
            end++;
        }
        boolean prefix = end < text.length() && text.charAt(end) == '\'' && isLiteralPrefix(end);
        if (prefix) {
            boolean escapes = Character.toLowerCase(text.charAt(position)) == 'e';
            literal(escapes ? ends.afterEscaped(end) : ends.afterQuoted('\'', end));
        } else {
            places.word(text.substring(position, end));
            copy(end);
        }
    }

    // x'00', b'01', n'a', e'a\\'b'
    private boolean isLiteralPrefix(int end) {
        return end - position == 1 && "xbne".indexOf(Character.toLowerCase(text.charAt(position))) >= 0;
    }

    // An index of an array stands behind what it belongs to, and what is computed is no name.
    private boolean isNameInBrackets() {
        char before = out.isEmpty() ? ' ' : out.charAt(out.length() - 1);
        boolean behind = isWord(before) || before == ')' || before == ']' || before == '"';
        int end = position + 1;
        while (isWord(at(end)) || at(end) == ' ') {
            end++;
        }
        return !behind && !places.isArrayNext() && Character.isLetter(at(position + 1)) && at(end) == ']';
    }

    private char at(int index) {
        return index < text.length() ? text.charAt(index) : '\0';
    }

    static boolean isWord(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c > 127;
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
