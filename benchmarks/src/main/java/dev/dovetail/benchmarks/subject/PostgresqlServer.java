package dev.dovetail.benchmarks.subject;

import com.sun.management.OperatingSystemMXBean;
import dev.dovetail.test.ConnectionInfo;
import dev.dovetail.test.PostgresServer;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;

/**
 * Databases on the server that {@code dovetail.test.postgresql.url} names, else on one that is started with a quarter of
 * the memory for its pages, as PostgreSQL's manual advises.
 */
public final class PostgresqlServer {

    /** System property: the version of the server, once it is in use. */
    public static final String VERSION = "dovetail.benchmarks.postgresql";

    private static final String GIVEN = "dovetail.test.postgresql.url";
    private static final long MIB = 1 << 20;

    private static @Nullable PostgresServer running;
    private static @Nullable PostgresServer durable;

    private PostgresqlServer() {}

    private static synchronized PostgresServer running() {
        if (running == null) {
            running = isGiven()
                    ? PostgresServer.shared()
                    : PostgresServer.dedicated(Map.of("shared_buffers", quarterOfMemory()));
        }
        return running;
    }

    private static synchronized PostgresServer durable() {
        if (durable == null) {
            durable = isGiven()
                    ? PostgresServer.shared()
                    : PostgresServer.dedicated(
                            Map.of("shared_buffers", quarterOfMemory(), "fsync", "on", "full_page_writes", "on"));
        }
        return durable;
    }

    private static boolean isGiven() {
        return StringUtils.hasText(System.getProperty(GIVEN, System.getenv("DOVETAIL_TEST_POSTGRESQL_URL")));
    }

    private static String quarterOfMemory() {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return system.getTotalMemorySize() / 4 / MIB + "MB";
    }

    /** The arguments with which another JVM uses the server of this one. */
    public static String[] arguments() {
        return arguments(running());
    }

    /**
     * The arguments with which another JVM uses a server whose commits wait for the disk, as in production. A server that
     * was given is used as it is.
     */
    public static String[] argumentsOfDurable() {
        return arguments(durable());
    }

    private static String[] arguments(PostgresServer server) {
        ConnectionInfo login = server.superuser();
        noteVersion(login);
        return new String[] {
            "-D" + GIVEN + "=" + login.jdbcUrl(),
            "-Ddovetail.test.postgresql.username=" + login.username(),
            "-Ddovetail.test.postgresql.password=" + login.password()
        };
    }

    /** An empty database, which is dropped when it is closed or this JVM ends. */
    public static DatabaseUnderTest empty() {
        noteVersion(running().superuser());
        var database = running().newDatabase();
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
        return database(running().superuser().database(), () -> {});
    }

    private static DatabaseUnderTest database(String name, Runnable remove) {
        ConnectionInfo login = running().superuser();
        String url = login.jdbcUrl().replaceFirst("(//[^/?]*)(/[^?]*)?", "$1/" + name);
        return new DatabaseUnderTest(Engine.POSTGRESQL, url, login.username(), login.password(), remove);
    }
}
