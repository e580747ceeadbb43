package dev.dovetail.engine.sqlite;

import java.util.ArrayList;
import java.util.List;

/**
 * A piece of a statement that SQLite has accepted and keeps in {@code sqlite_schema}. White space and comments to the end of
 * the line are none.
 *
 * @param kind what it is
 * @param text of a word or symbol as it stands there; of the others what is inside the quotes, marks or parentheses
 * @param start where it begins
 * @param end where it has ended
 */
record SqliteToken(Kind kind, String text, int start, int end) {

    enum Kind {
        /** A keyword, a bare name or a number. */
        WORD,
        /** A name or a text in any of SQLite's quotes, read without them. */
        QUOTED,
        COMMENT,
        /** Parentheses with all they enclose. */
        GROUP,
        SYMBOL
    }

    /** The tokens outside of parentheses. */
    static List<SqliteToken> of(String sql) {
        return new Reader(sql).all();
    }

    static List<SqliteToken> withoutComments(List<SqliteToken> tokens) {
        return tokens.stream().filter(token -> token.kind != Kind.COMMENT).toList();
    }

    /** What is inside this group, separated at its commas. */
    List<List<SqliteToken>> items() {
        List<List<SqliteToken>> items = new ArrayList<>();
        List<SqliteToken> item = new ArrayList<>();
        for (SqliteToken token : of(text)) {
            if (token.kind == Kind.SYMBOL && token.text.equals(",")) {
                items.add(item);
                item = new ArrayList<>();
            } else {
                item.add(token);
            }
        }
        items.add(item);
        return items;
    }

    /** Whether this is the keyword, in any letter case. */
    boolean is(String keyword) {
        return kind == Kind.WORD && text.equalsIgnoreCase(keyword);
    }

    boolean isName() {
        return kind == Kind.WORD || kind == Kind.QUOTED;
    }

    private static final class Reader {

        private final String sql;
        private int position;

        Reader(String sql) {
            this.sql = sql;
        }

        List<SqliteToken> all() {
            List<SqliteToken> tokens = new ArrayList<>();
            while (position < sql.length()) {
                tokens.addAll(untilClosed());
                position++;
            }
            return tokens;
        }

        private List<SqliteToken> untilClosed() {
            List<SqliteToken> tokens = new ArrayList<>();
            while (position < sql.length() && sql.charAt(position) != ')') {
                int start = position;
                char c = sql.charAt(position);
                if (c <= ' ') {
                    position++;
                } else if (sql.startsWith("--", position)) {
                    closing("\n", 2);
                } else if (sql.startsWith("/*", position)) {
                    tokens.add(token(Kind.COMMENT, closing("*/", 2), start));
                } else if (c == '[') {
                    tokens.add(token(Kind.QUOTED, closing("]", 1), start));
                } else if (c == '"' || c == '\'' || c == '`') {
                    tokens.add(token(Kind.QUOTED, quoted(c), start));
                } else if (c == '(') {
                    tokens.add(token(Kind.GROUP, group(), start));
                } else {
                    tokens.add(isPartOfWord(c) ? token(Kind.WORD, word(), start) : symbol());
                }
            }
            return tokens;
        }

        private SqliteToken token(Kind kind, String text, int start) {
            return new SqliteToken(kind, text, start, position);
        }

        private String closing(String mark, int opening) {
            int start = position + opening;
            int end = sql.indexOf(mark, start);
            position = end < 0 ? sql.length() : end + mark.length();
            return sql.substring(Math.min(start, sql.length()), end < 0 ? sql.length() : end);
        }

        private String quoted(char quote) {
            StringBuilder text = new StringBuilder();
            for (position++; position < sql.length(); position++) {
                char c = sql.charAt(position);
                if (c == quote) {
                    position++;
                    if (position == sql.length() || sql.charAt(position) != quote) {
                        break;
                    }
                }
                text.append(c);
            }
            return text.toString();
        }

        private String group() {
            int start = ++position;
            untilClosed();
            String inside = sql.substring(start, Math.min(position, sql.length()));
            position = Math.min(position + 1, sql.length());
            return inside;
        }

        private String word() {
            int start = position;
            while (position < sql.length() && isPartOfWord(sql.charAt(position))) {
                position++;
            }
            return sql.substring(start, position);
        }

        private SqliteToken symbol() {
            position++;
            return new SqliteToken(Kind.SYMBOL, sql.substring(position - 1, position), position - 1, position);
        }

        private static boolean isPartOfWord(char c) {
            return c > 127
                    || c == '_'
                    || c == '$'
                    || (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9');
        }
    }
}
