package dev.dovetail.autoconfigure;

import dev.dovetail.test.ConnectionInfo;
import dev.dovetail.test.DedicatedPostgresServer;
import dev.dovetail.test.PostgresServer;
import dev.dovetail.test.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A server that asks everybody but its superuser for the password, which one for tests does not do by itself. */
final class StrictServer implements AutoCloseable {

    private final DedicatedPostgresServer server = PostgresServer.dedicated();
    private final TestDatabase database = server.newDatabase();

    StrictServer(String password) throws SQLException {
        ConnectionInfo superuser = server.superuser();
        try (Connection connection = superuser.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER ROLE %s PASSWORD '%s'".formatted(database.username(), password));
            statement.execute("""
                    COPY (SELECT unnest(ARRAY['local all all trust', 'host all %s all trust',
                            'host all all all scram-sha-256'])) TO '%s'""".formatted(superuser.username(), hbaFile(statement)));
            statement.execute("SELECT pg_reload_conf()");
        }
    }

    private static String hbaFile(Statement statement) throws SQLException {
        try (ResultSet result = statement.executeQuery("SHOW hba_file")) {
            result.next();
            return result.getString(1);
        }
    }

    TestDatabase database() {
        return database;
    }

    @Override
    public void close() {
        server.close();
    }
}
