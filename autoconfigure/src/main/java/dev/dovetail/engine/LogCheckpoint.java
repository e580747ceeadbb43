package dev.dovetail.engine;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Copies what was committed from a database's write-ahead log into the database itself. Without state, and safe for use by several
 * threads.
 */
public interface LogCheckpoint {

    /** Pages of the log that a checkpoint may leave behind; more of them, time and again, mean that readers are in its way. */
    long TOLERABLE_BACKLOG = 16_384;

    /** How far it goes. */
    enum Mode {
        /** Copies nothing, and says how the log stands. */
        NOOP,
        /** Copies what is in nobody's way, and waits for nobody. */
        PASSIVE,
        /** Copies everything and cuts the log; writers wait meanwhile, for 250 ms at most. */
        TRUNCATE
    }

    /**
     * What it came to.
     *
     * @param mode as it was asked for
     * @param busy whether others were in its way
     * @param logPages pages in the log; -1 if there is no log
     * @param checkpointedPages how many of them are in the database now
     * @param logBytes length of the log after it
     */
    record Result(Mode mode, boolean busy, long logPages, long checkpointedPages, long logBytes) {

        /** Pages that are only in the log. */
        public long behind() {
            return Math.max(0, logPages - checkpointedPages);
        }
    }

    /**
     * Does it.
     *
     * @param connection in autocommit mode, used for nothing else afterwards
     */
    Result run(Connection connection, Mode mode) throws SQLException;

    /** Who does it in our place, so that we must not; empty if nobody does. */
    Optional<String> leftTo(Connection connection) throws SQLException;
}
