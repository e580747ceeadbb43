package dev.dovetail.sql;

/**
 * The text of a statement without what makes two uses of it different: comments, literals, the number of values in a list, and
 * white space. Holds no value that stood in the text, so it can be logged.
 *
 * <p>A text is read as PostgreSQL reads it, as SQLite does, and, if there are backslashes, as PostgreSQL does where they escape in
 * every text: {@code '…'}, {@code E'…'}, {@code x'…'}, {@code $tag$…$tag$}, numbers, and names in {@code "…"}, {@code `…`} and
 * {@code […]}. What is a value to any of them is left out, whichever database it is for: nothing of it is shown but the commas and
 * parentheses that may stand between values.
 *
 * <p>SQLite also takes {@code "…"} for a text: behind an operator and in the lists of {@code IN} and {@code VALUES} it is left
 * out, even if it may be a name there; elsewhere it is one.
 */
public final class SqlFingerprint {

    private static final int NONE = -1;
    private static final String MORE = ", …";

    private final String text;
    private final SqlPieces pieces;
    private final DoubtfulPlaces doubtful;
    private final StringBuilder out;
    private int list = NONE;
    private int listed;

    private SqlFingerprint(String text) {
        this.text = text;
        this.pieces = new SqlPieces(text, SqlSyntax.ANY.first());
        this.doubtful = new DoubtfulPlaces(text);
        this.out = new StringBuilder(Math.min(text.length(), 256));
    }

    /** The fingerprint of a statement. */
    public static String of(String sql) {
        SqlFingerprint reading = new SqlFingerprint(sql);
        reading.read();
        return reading.out.toString().strip();
    }

    private void read() {
        while (pieces.next()) {
            switch (pieces.kind()) {
                case SPACE, COMMENT -> space();
                case VALUE -> literal();
                case NAME -> shown();
                case SIGN -> sign(text.charAt(pieces.start()));
            }
        }
    }

    private void sign(char c) {
        if (c == '(' || c == ',' || c == ')') {
            partOfList(c);
        } else {
            shown();
        }
    }

    private void shown() {
        list = NONE;
        if (doubtful.isBetween(pieces.start(), pieces.end())) {
            leftOut();
        } else {
            out.append(text, pieces.start(), pieces.end());
        }
    }

    // However many pieces a value is cut into.
    private void leftOut() {
        int before = skipBack(out.length(), ' ');
        if (before == 0 || out.charAt(before - 1) != '?') {
            out.append('?');
        }
    }

    private void partOfList(char c) {
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

    private void literal() {
        out.append('?');
        listed++;
    }

    static boolean isWord(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c > 127;
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
