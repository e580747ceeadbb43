package dev.dovetail.engine.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;

/** Makes a private database in memory that has the tables, indexes and views of another one, and none of its rows. */
final class SqliteSchemaCopy {

    private static final Logger log = LoggerFactory.getLogger(SqliteSchemaCopy.class);

    // What a virtual table keeps for itself is made with it.
    private static final String OBJECTS = """
            SELECT type, name, sql FROM main.sqlite_schema AS made
             WHERE sql IS NOT NULL AND type IN ('table', 'index', 'view') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
               AND NOT EXISTS (SELECT 1 FROM pragma_table_list AS listed
                                WHERE listed.schema = 'main' AND listed.name = made.tbl_name AND listed.type = 'shadow')
             ORDER BY CASE type WHEN 'table' THEN 1 WHEN 'index' THEN 2 ELSE 3 END, rowid""";

    private static final String STATISTICS = "SELECT tbl, idx, stat FROM main.sqlite_stat1 WHERE stat IS NOT NULL";
    private static final String HAS_STATISTICS = "SELECT 1 FROM main.sqlite_schema WHERE name = 'sqlite_stat1'";
    private static final String ADD_STATISTICS = "INSERT INTO main.sqlite_stat1 (tbl, idx, stat) VALUES (?, ?, ?)";

    private SqliteSchemaCopy() {}

    static Connection of(SQLiteConnection live) throws SQLException {
        Connection copy = new SQLiteConfig().createConnection("jdbc:sqlite::memory:");
        try {
            copyMeaningOfLike(live, copy);
            copyObjects(live, copy);
            execute(copy, "ANALYZE");
            copyStatistics(live, copy);
            return copy;
        } catch (SQLException | RuntimeException e) {
            copy.close();
            throw e;
        }
    }

    // On it depends which index LIKE can use.
    private static void copyMeaningOfLike(Connection live, Connection copy) throws SQLException {
        if (isTrue(live, "SELECT NOT ('a' LIKE 'A')")) {
            execute(copy, "PRAGMA case_sensitive_like = ON");
        }
    }

    // Whatever cannot be made, for example of a module that is not loaded here, only keeps its own statements from
    // being tried.
    private static void copyObjects(Connection live, Connection copy) throws SQLException {
        try (Statement statement = live.createStatement();
                ResultSet rows = statement.executeQuery(OBJECTS)) {
            while (rows.next()) {
                try {
                    execute(copy, rows.getString("sql"));
                } catch (SQLException e) {
                    log.debug("{} {} cannot be copied", rows.getString("type"), rows.getString("name"), e);
                }
            }
        }
    }

    private static void copyStatistics(Connection live, Connection copy) throws SQLException {
        if (!isTrue(live, HAS_STATISTICS)) {
            return;
        }
        try (Statement statement = live.createStatement();
                ResultSet rows = statement.executeQuery(STATISTICS)) {
            while (rows.next()) {
                addStatistics(copy, rows.getString("tbl"), rows.getString("idx"), rows.getString("stat"));
            }
        }
    }

    static void addStatistics(Connection copy, String table, @Nullable String index, String statistics)
            throws SQLException {
        try (PreparedStatement insert = copy.prepareStatement(ADD_STATISTICS)) {
            insert.setString(1, table);
            insert.setString(2, index);
            insert.setString(3, statistics);
            insert.executeUpdate();
        }
    }

    static boolean isTrue(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            return rows.next() && rows.getBoolean(1);
        }
    }

    static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }
}
