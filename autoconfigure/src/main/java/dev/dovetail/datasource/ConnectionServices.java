package dev.dovetail.datasource;

import dev.dovetail.engine.ConnectionRole;
import dev.dovetail.engine.DatabaseEngine;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a listening connection needs to know.
 *
 * @param engine whose connections they are
 * @param role what the connection is for
 * @param listener told of every statement
 * @param limit the longest any statement may run; zero for no limit
 * @param kinds what kind of statement each text is
 * @param versions told of what is changed
 * @param guard told how the database answers
 * @param watchdog stops statements where the driver does not; {@code null} where it does, or where there is no limit
 */
record ConnectionServices(
        DatabaseEngine engine,
        ConnectionRole role,
        StatementListener listener,
        Duration limit,
        StatementKinds kinds,
        TableVersions versions,
        ConnectionGuard guard,
        @Nullable StatementWatchdog watchdog) {

    /** Those of unpooled connections, which nothing limits and nobody guards. */
    static ConnectionServices forMaintenance(
            DatabaseEngine engine, StatementListener listener, StatementKinds kinds, TableVersions versions) {
        return new ConnectionServices(
                engine,
                ConnectionRole.MAINTENANCE,
                listener,
                Duration.ZERO,
                kinds,
                versions,
                ConnectionGuard.NONE,
                null);
    }

    /** Tells of a statement that has ended. What the layer itself refused says nothing of the database. */
    void report(StatementEvent statement) {
        SQLException error = statement.error();
        if (error == null || !TransactionErrors.isRefusal(error)) {
            guard.answered(role, error);
        }
        listener.onStatement(statement);
    }

    /** The longest that a statement may run that asks for so many seconds, 0 for none of its own; zero for no limit. */
    Duration limitOf(int seconds) {
        if (seconds == 0) {
            return limit;
        }
        Duration own = Duration.ofSeconds(seconds);
        return limit.isZero() || own.compareTo(limit) < 0 ? own : limit;
    }
}
