package dev.dovetail.engine.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Pragmas by hand, on the physical connection: none of those that upkeep needs changes a row, so whoever listens to statements
 * must not take one for a change to every table.
 */
final class SqlitePragma {

    private static final int INCREMENTAL = 2;

    private SqlitePragma() {}

    static SqliteConnection physical(Connection connection) throws SQLException {
        return connection.unwrap(SqliteConnection.class);
    }

    static long number(Connection connection, String pragma) throws SQLException {
        try (Statement statement = physical(connection).createStatement();
                ResultSet row = statement.executeQuery("PRAGMA " + pragma)) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    /** The first column of each row. */
    static List<String> texts(Connection connection, String query) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (Statement statement = physical(connection).createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                texts.add(String.valueOf(rows.getString(1)));
            }
        }
        return texts;
    }

    static void run(Connection connection, String pragma) throws SQLException {
        update(connection, "PRAGMA " + pragma);
    }

    /** Runs it to its end: what is stepped row by row, as a query is, would stop after its first. */
    static void update(Connection connection, String sql) throws SQLException {
        try (Statement statement = physical(connection).createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    static boolean freesIncrementally(Connection connection) throws SQLException {
        return number(connection, "auto_vacuum") == INCREMENTAL;
    }

    static Path file(Connection connection) throws SQLException {
        List<String> files = texts(connection, "SELECT file FROM pragma_database_list WHERE name = 'main'");
        return Path.of(files.get(0));
    }
}
