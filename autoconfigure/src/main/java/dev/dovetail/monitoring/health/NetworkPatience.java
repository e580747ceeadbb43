package dev.dovetail.monitoring.health;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Executor;

/** How long a server may keep silent: one that was taken from the network must not keep a thread of health for hours. */
final class NetworkPatience {

    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(30);
    private static final Executor AT_ONCE = Runnable::run;

    private NetworkPatience() {}

    /** Lets the connection fail when an answer takes too long. */
    static void limit(Connection connection) throws SQLException {
        set(connection, Math.toIntExact(LONGEST_SILENCE.toMillis()));
    }

    static void set(Connection connection, int millis) throws SQLException {
        connection.setNetworkTimeout(AT_ONCE, millis);
    }
}
