package dev.dovetail.benchmarks.subject;

import dev.dovetail.test.ConnectionInfo;
import dev.dovetail.test.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Databases on the server of the tests: the one that {@code dovetail.test.postgresql.url} names, else one that is
 * started.
 */
public final class PostgresqlServer {

    /** System property: the version of the server, once it is in use. */
    public static final String VERSION = "dovetail.benchmarks.postgresql";

    private PostgresqlServer() {}

    /** The arguments with which another JVM uses the server of this one. */
    public static String[] arguments() {
        ConnectionInfo login = PostgresServer.shared().superuser();
        noteVersion(login);
        return new String[] {
            "-Ddovetail.test.postgresql.url=" + login.jdbcUrl(),
            "-Ddovetail.test.postgresql.username=" + login.username(),
            "-Ddovetail.test.postgresql.password=" + login.password()
        };
    }

    /** An empty database, which is dropped when it is closed or this JVM ends. */
    public static DatabaseUnderTest empty() {
        noteVersion(PostgresServer.shared().superuser());
        var database = PostgresServer.shared().newDatabase();
        return new DatabaseUnderTest(
                Engine.POSTGRESQL, database.jdbcUrl(), database.username(), database.password(), database::close);
    }

    private static void noteVersion(ConnectionInfo login) {
        try (Connection connection = login.connect()) {
            System.setProperty(VERSION, connection.getMetaData().getDatabaseProductVersion());
        } catch (SQLException ex) {
            throw new IllegalStateException("Could not ask the version of " + login, ex);
        }
    }

    static boolean exists(String name) {
        return server().queryForLong("SELECT count(*) FROM pg_database WHERE datname = '" + name + "'") > 0;
    }

    static DatabaseUnderTest at(String name) {
        return database(name, () -> {});
    }

    static DatabaseUnderTest copy(String template, String name) {
        server().execute("CREATE DATABASE %s TEMPLATE %s".formatted(name, template));
        return database(name, () -> drop(name));
    }

    static void rename(String from, String to) {
        server().execute("ALTER DATABASE %s RENAME TO %s".formatted(from, to));
    }

    static void build(String name, int rows) {
        drop(name);
        server().execute("CREATE DATABASE " + name);
        DatabaseUnderTest database = at(name);
        database.execute(Engine.POSTGRESQL.createTable());
        database.execute(Engine.POSTGRESQL.fill().formatted(rows));
        database.execute(Engine.POSTGRESQL.createIndex());
        database.execute("VACUUM ANALYZE users");
    }

    private static void drop(String name) {
        server().execute("DROP DATABASE IF EXISTS %s WITH (FORCE)".formatted(name));
    }

    private static DatabaseUnderTest server() {
        return database(PostgresServer.shared().superuser().database(), () -> {});
    }

    private static DatabaseUnderTest database(String name, Runnable remove) {
        ConnectionInfo login = PostgresServer.shared().superuser();
        String url = login.jdbcUrl().replaceFirst("(//[^/?]*)(/[^?]*)?", "$1/" + name);
        return new DatabaseUnderTest(Engine.POSTGRESQL, url, login.username(), login.password(), remove);
    }
}
