package dev.dovetail.engine.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.regex.Pattern;

/** Whether triggers may take the numbers that were meant for the next rows of a batch. */
final class SqliteInsertTriggers {

    // What may happen at an insert begins with a trigger of the table itself.
    private static final String TRIGGERS = """
            WITH every (tbl_name, sql) AS (
                SELECT tbl_name, sql FROM sqlite_schema WHERE type = 'trigger'
                UNION ALL SELECT tbl_name, sql FROM sqlite_temp_schema WHERE type = 'trigger')
            SELECT sql FROM every WHERE EXISTS (SELECT 1 FROM every AS own WHERE own.tbl_name = ? COLLATE NOCASE)""";

    private static final Pattern BODY = Pattern.compile("\\bBEGIN\\b", Pattern.CASE_INSENSITIVE);

    private SqliteInsertTriggers() {}

    /** Whether the body of a trigger names the table, so that inserting a row may insert others too. */
    static boolean mayInsertInto(Connection connection, String table) throws SQLException {
        Pattern name = Pattern.compile(
                "(?<![\\w$])" + Pattern.quote(table.replace("\"", "\"\"")) + "(?![\\w$])",
                Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.UNICODE_CHARACTER_CLASS);
        try (PreparedStatement statement = connection.prepareStatement(TRIGGERS)) {
            statement.setString(1, table);
            try (ResultSet triggers = statement.executeQuery()) {
                while (triggers.next()) {
                    String[] parts = BODY.split(triggers.getString(1), 2);
                    if (name.matcher(parts[parts.length - 1]).find()) {
                        return true;
                    }
                }
            }
        }
        return false;
    }
}
