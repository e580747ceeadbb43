package dev.dovetail.test;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import org.postgresql.Driver;

/**
 * Where a PostgreSQL database is, and who may enter.
 *
 * @param jdbcUrl without user and password
 * @param username the role to log in as
 * @param password its password; empty where the server asks for none
 * @param host name or address of the server; the first of several
 * @param port of the server; the first of several
 * @param database name of the database
 */
public record ConnectionInfo(String jdbcUrl, String username, String password, String host, int port, String database) {

    private static final int LOGIN_TIMEOUT_SECONDS = 20;

    /**
     * Reads a PostgreSQL JDBC URL. A user and a password in the URL give way to the other two parameters.
     *
     * @throws IllegalArgumentException if it is not a {@code jdbc:postgresql://} URL with a database
     */
    static ConnectionInfo of(String jdbcUrl, String username, String password) {
        Properties parts = parse(jdbcUrl);
        return new ConnectionInfo(
                withoutCredentials(jdbcUrl),
                username,
                password,
                first(parts.getProperty("PGHOST")),
                Integer.parseInt(first(parts.getProperty("PGPORT"))),
                parts.getProperty("PGDBNAME"));
    }

    /** The parts of the URL under the driver's own names ({@code PGHOST}, {@code user}, …). */
    static Properties parse(String jdbcUrl) {
        Properties parts = jdbcUrl.startsWith("jdbc:postgresql://") ? Driver.parseURL(jdbcUrl, null) : null;
        if (parts == null || parts.getProperty("PGDBNAME") == null) {
            throw new IllegalArgumentException(
                    "Not a URL of the form jdbc:postgresql://host:port/database: " + withoutCredentials(jdbcUrl));
        }
        return parts;
    }

    /** The same server, another database and role. */
    ConnectionInfo with(String otherDatabase, String otherUsername, String otherPassword) {
        String url = jdbcUrl.replaceFirst("(//[^/?]*)(/[^?]*)?", "$1/" + otherDatabase);
        return new ConnectionInfo(url, otherUsername, otherPassword, host, port, otherDatabase);
    }

    /**
     * Opens a connection; the caller closes it.
     *
     * <p>The driver makes the time zone of this JVM the session's, whatever the server's is.
     *
     * @throws SQLException if the server does not answer within 20 seconds, or refuses
     */
    public Connection connect() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", username);
        properties.setProperty("password", password);
        properties.setProperty("loginTimeout", Integer.toString(LOGIN_TIMEOUT_SECONDS));
        return DriverManager.getConnection(jdbcUrl, properties);
    }

    /** Everything but the password. */
    @Override
    public String toString() {
        return username + " at " + jdbcUrl;
    }

    private static String first(String commaSeparated) {
        int comma = commaSeparated.indexOf(',');
        return comma < 0 ? commaSeparated : commaSeparated.substring(0, comma);
    }

    private static String withoutCredentials(String jdbcUrl) {
        return jdbcUrl.replaceAll("(?<=[?&])(user|password)=[^&]*&?", "").replaceFirst("[?&]$", "");
    }
}
