package dev.dovetail.engine.sqlite;

import dev.dovetail.engine.LogCheckpoint;
import dev.dovetail.engine.UpkeepRequest;
import dev.dovetail.engine.UpkeepResult;
import dev.dovetail.engine.UpkeepTask;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Copies the log into the file, and cuts it unless somebody is in the way. */
record CheckpointTask() implements UpkeepTask {

    @Override
    public String name() {
        return "checkpoint";
    }

    @Override
    public int order() {
        return CHECKPOINT;
    }

    @Override
    public UpkeepResult run(Connection connection, UpkeepRequest request) throws SQLException {
        Map<String, Object> details = new LinkedHashMap<>();
        long length = SqliteCheckpoint.logBytes(connection);
        details.put("logBytes", length);
        Optional<String> other = SqliteCheckpoint.INSTANCE.leftTo(connection);
        if (other.isPresent()) {
            return UpkeepResult.skipped(other.get() + " follows this file, and checkpoints it itself", details);
        }
        if (length == 0) {
            return UpkeepResult.notNeeded("The write-ahead log is empty", details);
        }
        return request.dryRun()
                ? UpkeepResult.planned(
                        "The write-ahead log of " + length + " bytes would be copied into the file", details)
                : checkpoint(connection, details);
    }

    private static UpkeepResult checkpoint(Connection connection, Map<String, Object> details) throws SQLException {
        LogCheckpoint.Result result = cut(connection);
        details.put("mode", result.mode().name());
        details.put("logPages", result.logPages());
        details.put("checkpointedPages", result.checkpointedPages());
        details.put("logBytesAfter", result.logBytes());
        return result.behind() == 0
                ? UpkeepResult.done("Everything that was committed is in the file", details)
                : UpkeepResult.done(
                        result.behind() + " pages are only in the log, because somebody is reading; the next checkpoint"
                                + " copies them",
                        details);
    }

    /** After work that has freed pages: the file becomes shorter when its log is copied. */
    static void shorten(Connection connection) throws SQLException {
        if (SqliteCheckpoint.INSTANCE.leftTo(connection).isEmpty()) {
            LogCheckpoint.Result unused = cut(connection);
        }
    }

    // What can be copied beside writers is copied first: they wait while the log is cut. Where much is left a reader is
    // in the
    // way, and they would wait in vain.
    private static LogCheckpoint.Result cut(Connection connection) throws SQLException {
        LogCheckpoint.Result copied = SqliteCheckpoint.INSTANCE.run(connection, LogCheckpoint.Mode.PASSIVE);
        if (copied.behind() > LogCheckpoint.TOLERABLE_BACKLOG) {
            return copied;
        }
        LogCheckpoint.Result cut = SqliteCheckpoint.INSTANCE.run(connection, LogCheckpoint.Mode.TRUNCATE);
        return cut.busy() ? copied : cut;
    }
}
