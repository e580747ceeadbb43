package dev.dovetail.datasource;

import dev.dovetail.engine.ConnectionRole;
import dev.dovetail.engine.DatabaseError;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A time in which callers were refused, because the database did not answer.
 *
 * @param role for which kind of connections
 * @param since when the first was refused
 * @param until when it answered again; null if it has not yet
 * @param reason what failed before; null if nobody knows
 */
public record Outage(
        ConnectionRole role,
        Instant since,
        @Nullable Instant until,
        @Nullable DatabaseError reason) {

    /** The same, over by then. */
    public Outage endedAt(Instant end) {
        return new Outage(role, since, end, reason);
    }
}
