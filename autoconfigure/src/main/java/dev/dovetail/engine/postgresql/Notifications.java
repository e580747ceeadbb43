package dev.dovetail.engine.postgresql;

import dev.dovetail.engine.ChangeSignals;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.postgresql.jdbc.PgConnection;

/** NOTIFY and LISTEN, on the driver's own connection: what wraps it would take them for statements of the application. */
final class Notifications implements ChangeSignals {

    static final Notifications INSTANCE = new Notifications();

    private static final int LONGEST_PAYLOAD = 7999;
    // CockroachDB has neither, YugabyteDB only lately, and behind Citus each node is alone.
    private static final Set<String> SUPPORTING = Set.of("PostgreSQL", "Aurora", "Citus");

    private static final String NOTIFY = "SELECT pg_notify(?, ?)";
    private static final String ALIVE = "SELECT 1";

    private Notifications() {}

    @Override
    public int longestPayload() {
        return LONGEST_PAYLOAD;
    }

    @Override
    public boolean areSupported(Connection connection) throws SQLException {
        return SUPPORTING.contains(ServerProduct.of(driverOf(connection)).flavour());
    }

    @Override
    public void announce(Connection connection, String channel, String payload) throws SQLException {
        try (PreparedStatement statement = driverOf(connection).prepareStatement(NOTIFY)) {
            statement.setString(1, channel);
            statement.setString(2, payload);
            statement.execute();
        }
    }

    @Override
    public void listen(Connection connection, String channel) throws SQLException {
        Connection driver = driverOf(connection);
        try (Statement statement = driver.createStatement()) {
            statement.execute("LISTEN " + driver.unwrap(PGConnection.class).escapeIdentifier(channel));
        }
    }

    // What came with the answer to something else is there already, and waiting would not return it at once.
    @Override
    public List<String> await(Connection connection, Duration atMost) throws SQLException {
        PGConnection driver = connection.unwrap(PGConnection.class);
        List<String> arrived = payloads(driver.getNotifications());
        int millis = (int) Math.max(1, atMost.toMillis());
        return arrived.isEmpty() ? payloads(driver.getNotifications(millis)) : arrived;
    }

    private static List<String> payloads(PGNotification @Nullable [] notifications) {
        List<String> payloads = new ArrayList<>();
        if (notifications != null) {
            for (PGNotification each : notifications) {
                payloads.add(each.getParameter());
            }
        }
        return payloads;
    }

    @Override
    public void ping(Connection connection) throws SQLException {
        try (Statement statement = driverOf(connection).createStatement()) {
            statement.execute(ALIVE);
        }
    }

    private static Connection driverOf(Connection connection) throws SQLException {
        return connection.unwrap(PgConnection.class);
    }
}
