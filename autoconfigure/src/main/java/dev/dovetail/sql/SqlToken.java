package dev.dovetail.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A piece of a statement, as PostgreSQL cuts it; comments and white space are none.
 *
 * @param kind what it is
 * @param text of a quoted name what is inside the quotes, of all others what stands there
 */
public record SqlToken(Kind kind, String text) {

    /** What a token is. */
    public enum Kind {
        /** A keyword or a bare name. */
        WORD,
        /** A name in quotes. */
        NAME,
        /** A literal in quotes, whatever stands before it. */
        TEXT,
        /** A literal in which a backslash escapes. */
        ESCAPED_TEXT,
        /** A literal between dollars. */
        DOLLAR_TEXT,
        NUMBER,
        /** Any other character. */
        SIGN
    }

    /** The tokens of a text in their order; what is never closed goes to its end. */
    public static List<SqlToken> of(String sql) {
        return new Reader(sql).all();
    }

    /** Whether this is the keyword, given in upper case. */
    public boolean is(String keyword) {
        return kind == Kind.WORD && text.equalsIgnoreCase(keyword);
    }

    /** Whether this is the character. */
    public boolean is(char sign) {
        return kind == Kind.SIGN && text.charAt(0) == sign;
    }

    /** Whether this may be the name of something. */
    public boolean isName() {
        return kind == Kind.WORD || kind == Kind.NAME;
    }

    /** The word in upper case; empty if this is none. */
    public String word() {
        return kind == Kind.WORD ? text.toUpperCase(Locale.ROOT) : "";
    }

    private static final class Reader {

        private final String sql;
        private final LexicalEnds ends;
        private final List<SqlToken> tokens = new ArrayList<>();
        private int position;

        Reader(String sql) {
            this.sql = sql;
            this.ends = new LexicalEnds(sql);
        }

        List<SqlToken> all() {
            while (position < sql.length()) {
                char c = sql.charAt(position);
                if (c <= ' ') {
                    position++;
                } else if (sql.startsWith("--", position)) {
                    position = Math.min(ends.after("\n", position), ends.after("\r", position));
                } else if (sql.startsWith("/*", position)) {
                    position = ends.afterComment(position);
                } else {
                    token(c);
                }
            }
            return tokens;
        }

        private void token(char c) {
            String tag = c == '$' ? ends.dollarTag(position) : null;
            if (c == '\'') {
                add(Kind.TEXT, ends.afterQuoted(c, position));
            } else if (c == '"') {
                name();
            } else if (tag != null) {
                add(Kind.DOLLAR_TEXT, ends.after(tag, position + tag.length()));
            } else if (SqlFingerprint.isDigit(c)) {
                add(Kind.NUMBER, endOf(false));
            } else if (isStart(c)) {
                word();
            } else {
                add(Kind.SIGN, position + 1);
            }
        }

        private void name() {
            int end = ends.afterQuoted('"', position);
            String inside = sql.substring(position + 1, Math.max(position + 1, end - 1));
            tokens.add(new SqlToken(Kind.NAME, inside.replace("\"\"", "\"")));
            position = end;
        }

        // Names are what is looked for here: the letters behind a digit had better be one too many than missing.
        private void word() {
            int end = endOf(true);
            boolean escapes = end == position + 1 && "eE".indexOf(sql.charAt(position)) >= 0;
            if (escapes && end < sql.length() && sql.charAt(end) == '\'') {
                add(Kind.ESCAPED_TEXT, ends.afterEscaped(end));
            } else {
                add(Kind.WORD, end);
            }
        }

        private int endOf(boolean ofWord) {
            int end = position;
            while (end < sql.length() && (ofWord ? isPart(sql.charAt(end)) : isPartOfNumber(sql.charAt(end)))) {
                end++;
            }
            return end;
        }

        private void add(Kind kind, int end) {
            int until = Math.min(end, sql.length());
            tokens.add(new SqlToken(kind, sql.substring(position, until)));
            position = until;
        }

        private static boolean isStart(char c) {
            return c == '_' || c > 127 || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        }

        private static boolean isPart(char c) {
            return isStart(c) || c == '$' || SqlFingerprint.isDigit(c);
        }

        private static boolean isPartOfNumber(char c) {
            return c == '.' || SqlFingerprint.isDigit(c);
        }
    }
}
