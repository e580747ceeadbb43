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

/** Copies the log into the file, and cuts it when nobody is using the file. */
record CheckpointTask(long logBytes) implements UpkeepTask {

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
                : checkpoint(connection, request, details);
    }

    private static UpkeepResult checkpoint(Connection connection, UpkeepRequest request, Map<String, Object> details)
            throws SQLException {
        LogCheckpoint.Result result = SqliteCheckpoint.INSTANCE.run(connection, LogCheckpoint.Mode.PASSIVE);
        if (request.idle().getAsBoolean()) {
            LogCheckpoint.Result cut = SqliteCheckpoint.INSTANCE.run(connection, LogCheckpoint.Mode.TRUNCATE);
            result = cut.busy() ? result : cut;
        }
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
        if (SqliteCheckpoint.INSTANCE.leftTo(connection).isEmpty()
                && SqliteCheckpoint.INSTANCE
                        .run(connection, LogCheckpoint.Mode.TRUNCATE)
                        .busy()) {
            SqliteCheckpoint.INSTANCE.run(connection, LogCheckpoint.Mode.PASSIVE);
        }
    }
}
