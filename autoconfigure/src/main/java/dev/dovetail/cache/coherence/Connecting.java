package dev.dovetail.cache.coherence;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/** Opens a connection for this room's own use: unpooled, and noticing within seconds that nobody answers any more. */
@FunctionalInterface
interface Connecting {

    Duration SILENCE = Duration.ofSeconds(3);

    /** A new connection without timeouts. */
    Connection open() throws SQLException;

    /** A new connection on which whatever is asked is answered soon, or fails. */
    default Connection impatient() throws SQLException {
        Connection opened = open();
        try {
            opened.setNetworkTimeout(Runnable::run, (int) SILENCE.toMillis());
            return opened;
        } catch (SQLException e) {
            opened.close();
            throw e;
        }
    }
}
