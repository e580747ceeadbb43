package dev.dovetail.engine.sqlite;

import dev.dovetail.engine.sqlite.SqliteToken.Kind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * Which columns of views are columns of tables, so that they hold what the comment there says.
 *
 * <p>SQLite tells the table a view's column comes from, but not which of its columns. That it is the one of the same name is
 * only taken for granted where no view gives this name to anything else. Otherwise the declared type has to do.
 */
final class SqliteViews {

    /** After these, a name is one that is used; after anything else it is one that is given. */
    private static final Set<String> BEFORE_USE = Set.of(
            "SELECT",
            "DISTINCT",
            "ALL",
            "FROM",
            "JOIN",
            "WHERE",
            "AND",
            "OR",
            "NOT",
            "BY",
            "ON",
            "HAVING",
            "CASE",
            "WHEN",
            "THEN",
            "ELSE",
            "IN",
            "LIKE",
            "GLOB",
            "BETWEEN",
            "IS",
            "USING",
            "LIMIT",
            "OFFSET",
            "ESCAPE");

    /** With these, a column is made of several, or named at another place. */
    private static final Set<String> COMBINING = Set.of("WITH", "UNION", "EXCEPT", "INTERSECT", "VALUES");

    private final Map<SqliteTable, List<String>> origins = new LinkedHashMap<>();
    private final Set<String> given = new HashSet<>();

    private SqliteViews() {}

    /**
     * Compiles the views among these tables, so that SQLite knows their columns: {@code PRAGMA table_list} gives up at the
     * first one that is broken.
     */
    static SqliteViews of(Collection<SqliteTable> tables, Connection connection) throws SQLException {
        SqliteViews views = new SqliteViews();
        // Past the transaction, which a failed statement would doom: a view that cannot be compiled is only broken.
        Connection driver = connection.unwrap(SQLiteConnection.class);
        for (SqliteTable table : tables) {
            if (table.isView()) {
                views.compile(table, driver);
            }
        }
        return views;
    }

    private void compile(SqliteTable view, Connection driver) throws SQLException {
        String name = '"' + view.name().replace("\"", "\"\"") + '"';
        try (PreparedStatement statement = driver.prepareStatement("SELECT * FROM main." + name)) {
            ResultSetMetaData columns = statement.getMetaData();
            List<String> tables = new ArrayList<>();
            for (int i = 1; i <= columns.getColumnCount(); i++) {
                tables.add(columns.getTableName(i));
            }
            origins.put(view, tables);
        } catch (SQLiteException e) {
            if (e.getResultCode() != SQLiteErrorCode.SQLITE_ERROR) {
                throw e;
            }
        }
    }

    /** Gives the views, whose columns are known by now, the comments of the columns they show. */
    void complete(Map<String, SqliteTable> tables) {
        origins.keySet().forEach(this::noteNamesGiven);
        origins.forEach((view, from) -> {
            List<String> names = view.columnNames();
            for (int i = 0; i < Math.min(names.size(), from.size()); i++) {
                SqliteTable origin = tables.get(from.get(i));
                if (origin != null && !given.contains(names.get(i).toLowerCase(Locale.ROOT))) {
                    view.takeComments(names.get(i), origin);
                }
            }
        });
    }

    private void noteNamesGiven(SqliteTable view) {
        List<SqliteToken> tokens = flat(SqliteToken.of(view.sql()));
        if (isCombined(view.sql(), tokens)) {
            view.columnNames().forEach(this::give);
        }
        for (int i = 1; i < tokens.size(); i++) {
            if (tokens.get(i).isName() && !isBeforeUse(tokens.get(i - 1))) {
                give(tokens.get(i).text());
            }
        }
    }

    private void give(String name) {
        given.add(name.toLowerCase(Locale.ROOT));
    }

    private static boolean isBeforeUse(SqliteToken token) {
        return token.kind() == Kind.SYMBOL
                ? !token.text().equals(")")
                : token.kind() == Kind.WORD && BEFORE_USE.stream().anyMatch(token::is);
    }

    // A list of names in front of AS renames all columns.
    private static boolean isCombined(String sql, List<SqliteToken> tokens) {
        boolean named = SqliteToken.of(sql).stream()
                .takeWhile(token -> !token.is("AS"))
                .anyMatch(token -> token.kind() == Kind.GROUP);
        return named || tokens.stream().anyMatch(token -> COMBINING.stream().anyMatch(token::is));
    }

    private static List<SqliteToken> flat(List<SqliteToken> tokens) {
        List<SqliteToken> flat = new ArrayList<>();
        for (SqliteToken token : tokens) {
            if (token.kind() == Kind.GROUP) {
                flat.add(new SqliteToken(Kind.SYMBOL, "(", token.start(), token.start() + 1));
                flat.addAll(flat(SqliteToken.of(token.text())));
                flat.add(new SqliteToken(Kind.SYMBOL, ")", token.end() - 1, token.end()));
            } else if (token.kind() != Kind.COMMENT) {
                flat.add(token);
            }
        }
        return flat;
    }
}
