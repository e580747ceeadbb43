package dev.dovetail.engine.sqlite;

import dev.dovetail.engine.sqlite.SqliteToken.Kind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the text of a CREATE INDEX says that no pragma does.
 *
 * @param expressions what each column is made of, without its direction
 * @param condition of a partial index
 */
record SqliteIndexText(List<String> expressions, @Nullable String condition) {

    static final SqliteIndexText NONE = new SqliteIndexText(List.of(), null);

    static SqliteIndexText of(String sql) {
        List<SqliteToken> tokens = SqliteToken.withoutComments(SqliteToken.of(sql));
        for (int i = 0; i < tokens.size(); i++) {
            SqliteToken token = tokens.get(i);
            if (token.kind() == Kind.GROUP) {
                boolean partial = i + 1 < tokens.size() && tokens.get(i + 1).is("WHERE");
                return new SqliteIndexText(
                        token.items().stream()
                                .map(item -> expression(token.text(), SqliteToken.withoutComments(item)))
                                .toList(),
                        partial ? sql.substring(tokens.get(i + 1).end()).strip() : null);
            }
        }
        return NONE;
    }

    String expression(int position) {
        return position < expressions.size() ? expressions.get(position) : "expression";
    }

    private static String expression(String text, List<SqliteToken> item) {
        SqliteToken last = item.get(item.size() - 1);
        boolean directed = item.size() > 1 && (last.is("ASC") || last.is("DESC"));
        SqliteToken end = directed ? item.get(item.size() - 2) : last;
        return text.substring(item.get(0).start(), end.end());
    }
}
