package dev.dovetail.engine;

import java.sql.Connection;
import java.sql.SQLException;

/** One piece of an engine's upkeep. Without state, and safe for use by several threads. */
public interface UpkeepTask {

    /** Where copying the write-ahead log into the database stands among the others. */
    int CHECKPOINT = 2000;

    /** Where making a database smaller by rewriting it stands: before the statistics, which it may invalidate. */
    int FULL_VACUUM = 3000;

    /** Where removing what is not needed any more stands. */
    int VACUUM = 4000;

    /** Where the planner's statistics stand. */
    int STATISTICS = 5000;

    /** Where rebuilding indexes stands. */
    int INDEXES = 6000;

    /** Under which its result is found. */
    String name();

    /** Its place: lower ones come first. */
    int order();

    /**
     * Does it, or says why not.
     *
     * @param connection in autocommit mode, without statement and socket timeouts, used for nothing else
     * @throws SQLException if it failed; what was done before that stays
     */
    UpkeepResult run(Connection connection, UpkeepRequest request) throws SQLException;
}
