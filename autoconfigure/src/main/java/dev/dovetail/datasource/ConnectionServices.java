package dev.dovetail.datasource;

import dev.dovetail.engine.ConnectionRole;
import dev.dovetail.engine.DatabaseEngine;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a listening connection needs to know.
 *
 * @param engine whose connections they are
 * @param role what the connection is for
 * @param listener told of every statement
 * @param limit the longest any statement may run; zero for no limit
 * @param watchdog stops statements where the driver does not; {@code null} where it does, or where there is no limit
 */
record ConnectionServices(
        DatabaseEngine engine,
        ConnectionRole role,
        StatementListener listener,
        Duration limit,
        @Nullable StatementWatchdog watchdog) {

    /** Seconds that a caller asked for, cut to the limit; zero for none. */
    int withinLimit(int seconds) {
        int most = (int) limit.toSeconds();
        if (most == 0 || role == ConnectionRole.MAINTENANCE) {
            return seconds;
        }
        return seconds == 0 ? most : Math.min(seconds, most);
    }
}
