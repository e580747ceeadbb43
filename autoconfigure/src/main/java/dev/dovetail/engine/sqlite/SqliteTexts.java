package dev.dovetail.engine.sqlite;

import dev.dovetail.engine.DatabaseError;
import dev.dovetail.engine.DescribedSqlException;
import dev.dovetail.engine.ErrorCode;
import dev.dovetail.sql.SqlSyntax;
import dev.dovetail.sql.StatementKind;
import java.sql.SQLException;
import java.util.Set;
import java.util.regex.Pattern;

/** What the driver would do silently with a text, or get wrong. */
final class SqliteTexts {

    private static final Pattern UPSERT =
            Pattern.compile("\\bON\\s+CONFLICT\\b.*\\bDO\\s+UPDATE\\b", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private static final Pattern INSERT_OF_WITH =
            Pattern.compile("\\b(?:INSERT(?:\\s+OR\\s+\\w+)?|REPLACE)\\s+INTO\\b", Pattern.CASE_INSENSITIVE);
    private static final Set<String> REUSABLE =
            Set.of("SELECT", "WITH", "VALUES", "INSERT", "UPDATE", "DELETE", "REPLACE");

    private SqliteTexts() {}

    /** The driver executes the first of several statements and says nothing of the others. */
    static void requireOne(String sql) throws SQLException {
        if (StatementKind.isSeveral(sql, SqlSyntax.SQLITE)) {
            throw new DescribedSqlException(
                    "SQLite executes only the first of several statements in one text. Execute them one by one, or with"
                            + " Statement.executeUpdate.",
                    DatabaseError.of(ErrorCode.INVALID_USAGE, "42601"),
                    null);
        }
    }

    /**
     * Whether a statement of this text may be executed again later. Pragmas act when they are compiled, and whatever changes
     * the schema comes once.
     */
    static boolean isReusable(String sql) {
        return REUSABLE.contains(StatementKind.firstWord(sql, SqlSyntax.SQLITE));
    }

    /**
     * Whether the key of the row that was inserted last is this statement's. An insert that updated instead leaves the key of
     * whatever was inserted before, perhaps in another table.
     */
    static boolean tellsItsKey(String sql) {
        return inserts(sql) && !UPSERT.matcher(sql).find();
    }

    private static boolean inserts(String sql) {
        String first = StatementKind.firstWord(sql, SqlSyntax.SQLITE);
        return first.equals("INSERT")
                || first.equals("REPLACE")
                || (first.equals("WITH") && INSERT_OF_WITH.matcher(sql).find());
    }
}
