package dev.dovetail.test;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/** Makes and drops databases on one server, each time on a connection of its own. */
final class TestDatabases {

    private static final String PREFIX = "dovetail_test_";

    private static final String MAY_CREATE_ROLES =
            "SELECT rolsuper FROM pg_catalog.pg_roles WHERE rolname = current_user";

    private static final String HAS_ICU =
            "SELECT EXISTS (SELECT FROM pg_catalog.pg_collation WHERE collprovider = 'i')";

    private static final int FIRST_TO_LOG = 15;

    private final ConnectionInfo login;
    private final BooleanSupplier serverIsUp;
    private final Set<ConnectionInfo> open = ConcurrentHashMap.newKeySet();

    TestDatabases(ConnectionInfo login) {
        this(login, () -> true);
    }

    TestDatabases(ConnectionInfo login, BooleanSupplier serverIsUp) {
        this.login = login;
        this.serverIsUp = serverIsUp;
    }

    ConnectionInfo login() {
        return login;
    }

    String serverVersion() {
        try (Connection connection = login.connect()) {
            return connection.getMetaData().getDatabaseProductVersion();
        } catch (SQLException ex) {
            throw new IllegalStateException("Could not ask the version of " + login + ": " + ex.getMessage(), ex);
        }
    }

    TestDatabase create() {
        String name = PREFIX + random().substring(0, 12);
        try (Connection connection = login.connect();
                Statement statement = connection.createStatement()) {
            ConnectionInfo info = login.with(name, login.username(), login.password());
            if (holds(statement, MAY_CREATE_ROLES)) {
                info = login.with(name, name, random());
                statement.execute("CREATE ROLE %s LOGIN PASSWORD '%s'".formatted(name, info.password()));
            }
            statement.execute("CREATE DATABASE %s OWNER %s TEMPLATE template0 ENCODING 'UTF8' %s %s"
                    .formatted(name, quoted(info.username()), collation(statement), strategy(connection)));
            return opened(info);
        } catch (SQLException ex) {
            throw new IllegalStateException("Could not create a database at " + login + ": " + ex.getMessage(), ex);
        }
    }

    /** Drops what tests left; a failure concerns nobody any more. */
    void dropAll() {
        for (ConnectionInfo database : open) {
            try {
                close(database);
            } catch (IllegalStateException ex) {
                System.err.println(ex.getMessage());
            }
        }
    }

    private TestDatabase opened(ConnectionInfo info) {
        open.add(info);
        return new TestDatabase(info, () -> close(info));
    }

    private void close(ConnectionInfo info) {
        if (open.remove(info) && serverIsUp.getAsBoolean()) {
            drop(info);
        }
    }

    private void drop(ConnectionInfo info) {
        try (Connection connection = login.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("DROP DATABASE IF EXISTS " + info.database() + " WITH (FORCE)");
            if (info.username().equals(info.database())) {
                statement.execute("DROP ROLE IF EXISTS " + info.username());
            }
        } catch (SQLException ex) {
            throw new IllegalStateException("Could not drop " + info + ": " + ex.getMessage(), ex);
        }
    }

    /**
     * English by ICU: close to what production servers have, and unlike the bytewise order of a bare server and of
     * SQLite.
     */
    private static String collation(Statement statement) throws SQLException {
        return holds(statement, HAS_ICU) ? "LOCALE_PROVIDER icu ICU_LOCALE 'en-US'" : "";
    }

    /** Files are copied in half the time in which their pages are logged, where nothing waits for the disk. */
    private static String strategy(Connection connection) throws SQLException {
        return connection.getMetaData().getDatabaseMajorVersion() >= FIRST_TO_LOG ? "STRATEGY file_copy" : "";
    }

    private static boolean holds(Statement statement, String question) throws SQLException {
        try (ResultSet answer = statement.executeQuery(question)) {
            return answer.next() && answer.getBoolean(1);
        }
    }

    private static String quoted(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }

    private static String random() {
        return UUID.randomUUID().toString().replace("-", "");
    }
}
