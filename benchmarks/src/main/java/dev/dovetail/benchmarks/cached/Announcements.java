package dev.dovetail.benchmarks.cached;

import dev.dovetail.benchmarks.cached.dovetail.CachedUsers;
import dev.dovetail.benchmarks.subject.DatabaseUnderTest;
import dev.dovetail.benchmarks.subject.SampleUsers;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/** Makes sure that writers on PostgreSQL announce what they are measured for. */
final class Announcements {

    private static final int LONGEST_MILLIS = 5_000;
    private static final int SILENCE_MILLIS = 300;

    private Announcements() {}

    /**
     * Writes a row, and listens as another instance would.
     *
     * @throws IllegalStateException if others hear of it that should not, or do not that should
     */
    static void check(CachedUsers users, DatabaseUnderTest database, boolean expected) {
        check(users, database, expected, expected ? LONGEST_MILLIS : SILENCE_MILLIS);
    }

    static void check(CachedUsers users, DatabaseUnderTest database, boolean expected, int millis) {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("LISTEN dovetail_changes");
            Writer.write(users, 1, SampleUsers.stored(1).age() + 1);
            if (isHeard(connection.unwrap(PGConnection.class), millis) != expected) {
                throw new IllegalStateException(
                        expected ? "Nobody was told of a write" : "Others were told of a write");
            }
        } catch (SQLException e) {
            throw new IllegalStateException("Could not listen on " + database, e);
        }
    }

    // What is said when the application starts names no table.
    private static boolean isHeard(PGConnection connection, int millis) throws SQLException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (System.nanoTime() < end) {
            for (PGNotification notification : connection.getNotifications(millis)) {
                if (notification.getParameter().contains("users")) {
                    return true;
                }
            }
        }
        return false;
    }
}
