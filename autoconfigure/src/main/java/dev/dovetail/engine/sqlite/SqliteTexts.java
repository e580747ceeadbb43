package dev.dovetail.engine.sqlite;

import dev.dovetail.engine.DatabaseError;
import dev.dovetail.engine.DescribedSqlException;
import dev.dovetail.engine.ErrorCode;
import dev.dovetail.sql.StatementKind;
import java.sql.SQLException;
import java.util.regex.Pattern;

/** What the driver would do silently with a text, or get wrong. */
final class SqliteTexts {

    private static final Pattern UPSERT =
            Pattern.compile("\\bON\\s+CONFLICT\\b.*\\bDO\\s+UPDATE\\b", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private SqliteTexts() {}

    /** The driver executes the first of several statements and says nothing of the others. */
    static void requireOne(String sql) throws SQLException {
        if (StatementKind.isSeveral(sql)) {
            throw new DescribedSqlException(
                    "SQLite executes only the first of several statements in one text. Execute them one by one, or with"
                            + " Statement.executeUpdate.",
                    DatabaseError.of(ErrorCode.INVALID_USAGE, "42601"),
                    null);
        }
    }

    /** An insert that updated instead leaves the key of whatever was inserted before, perhaps in another table. */
    static boolean tellsItsKey(String sql) {
        return !UPSERT.matcher(sql).find();
    }
}
