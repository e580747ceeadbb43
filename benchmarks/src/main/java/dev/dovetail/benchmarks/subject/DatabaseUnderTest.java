package dev.dovetail.benchmarks.subject;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/**
 * A database with the table in it. Nobody else's: closing removes it.
 *
 * @param url without user and password, and without settings
 * @param username empty on SQLite
 * @param password empty on SQLite
 * @param remove deletes it
 */
public record DatabaseUnderTest(Engine engine, String url, String username, String password, Runnable remove)
        implements AutoCloseable {

    /** A connection of the driver's own, past everything that is measured. */
    public Connection connect() throws SQLException {
        Properties login = new Properties();
        if (!username.isEmpty()) {
            login.setProperty("user", username);
            login.setProperty("password", password);
        }
        return DriverManager.getConnection(url, login);
    }

    /** Runs a statement on such a connection; on SQLite it waits for others. */
    public void execute(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException ex) {
            throw new IllegalStateException("Could not run on " + url + ": " + sql, ex);
        }
    }

    /** The first column of the first row. */
    public long queryForLong(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException ex) {
            throw new IllegalStateException("Could not ask " + url + ": " + sql, ex);
        }
    }

    /** The file, on SQLite. */
    public String file() {
        return url.substring("jdbc:sqlite:".length());
    }

    @Override
    public void close() {
        remove.run();
    }

    /** Never with the password. */
    @Override
    public String toString() {
        return url;
    }
}
