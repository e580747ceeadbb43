package dev.dovetail.maintenance;

import dev.dovetail.coordination.Rounds;
import dev.dovetail.engine.DatabaseFiles;
import dev.dovetail.engine.LogCheckpoint;
import dev.dovetail.engine.LogCheckpoint.Mode;
import dev.dovetail.engine.LogCheckpoint.Result;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.UncategorizedSQLException;

/**
 * Copies the write-ahead log into the database from time to time, so that neither a commit nor the next start has to, and cuts
 * it when nobody is using the database. Says so when readers are in its way for long. Safe for use by several threads.
 */
public final class Checkpointer implements Rounds.Round {

    private static final Logger log = LoggerFactory.getLogger(Checkpointer.class);

    // Whoever does not read the first warning is told again, but not each time.
    private static final int ROUNDS_BETWEEN_WARNINGS = 12;

    private final MaintainedDatabase database;
    private final LogCheckpoint checkpoint;
    private final @Nullable DatabaseFiles files;
    private final long longLog;
    private final Clock clock;
    private final MaintenanceListeners listeners;
    private volatile CheckpointStatus status = CheckpointStatus.NONE;
    // Of the thread of the rounds only.
    private boolean begun;

    private Checkpointer(
            MaintainedDatabase database,
            LogCheckpoint checkpoint,
            @Nullable DatabaseFiles files,
            long longLog,
            Clock clock,
            MaintenanceListeners listeners) {
        this.database = database;
        this.checkpoint = checkpoint;
        this.files = files;
        this.longLog = longLog;
        this.clock = clock;
        this.listeners = listeners;
    }

    /**
     * One of this database.
     *
     * @param files of the database, if it has any
     * @param longLog from how many bytes on the log is cut when nobody is using the database
     * @return empty if this kind of database has no log of that kind
     */
    public static Optional<Checkpointer> of(
            MaintainedDatabase database,
            @Nullable DatabaseFiles files,
            long longLog,
            Clock clock,
            MaintenanceListeners listeners) {
        return Optional.ofNullable(database.upkeep().logCheckpoint())
                .map(each -> new Checkpointer(database, each, files, longLog, clock, listeners));
    }

    // At the start there is nothing to copy: whoever opened the file last has done so.
    @Override
    public void run(BooleanSupplier goesOn) {
        if (begun) {
            checkpoint(longLog);
        }
        begun = true;
    }

    /** So that whoever opens the file next, or copies it, finds everything in it. */
    @Override
    public void end() {
        if (begun) {
            checkpoint(0);
        }
    }

    /**
     * Makes a checkpoint now.
     *
     * @throws org.springframework.dao.DataAccessException if it fails; others in its way are no failure
     */
    public CheckpointStatus checkpoint() {
        return checkpoint(longLog);
    }

    private synchronized CheckpointStatus checkpoint(long atLeast) {
        // Whoever opens a file that was deleted makes a new one.
        if (files != null && !files.inPlace()) {
            log.debug("No checkpoint is made, because the file is not in its place");
            return status;
        }
        try (Connection connection = database.connections().getConnection()) {
            Optional<String> other = checkpoint.leftTo(connection);
            if (other.isPresent()) {
                status = new CheckpointStatus(status.lastAt(), status.last(), 0, other.get());
            } else {
                record(run(connection, atLeast));
            }
            return status;
        } catch (SQLException e) {
            throw new UncategorizedSQLException("Making a checkpoint", null, e);
        }
    }

    private Result run(Connection connection, long atLeast) throws SQLException {
        Result result = checkpoint.run(connection, Mode.PASSIVE);
        listeners.forEach(each -> each.onCheckpoint(result));
        if (result.logBytes() <= atLeast || result.behind() > 0 || !database.isIdle()) {
            return result;
        }
        Result cut = checkpoint.run(connection, Mode.TRUNCATE);
        listeners.forEach(each -> each.onCheckpoint(cut));
        return cut.busy() ? result : cut;
    }

    private void record(Result result) {
        int rounds = result.behind() > LogCheckpoint.TOLERABLE_BACKLOG ? status.starvedRounds() + 1 : 0;
        status = new CheckpointStatus(clock.instant(), result, rounds, null);
        if (rounds >= CheckpointStatus.ALARMING) {
            listeners.forEach(each -> each.onStarvation(result));
            if ((rounds - CheckpointStatus.ALARMING) % ROUNDS_BETWEEN_WARNINGS == 0) {
                warn(result, rounds);
            }
        }
    }

    private void warn(Result result, int rounds) {
        log.warn(
                "The write-ahead log grows: {} pages ({} bytes of log) could not be copied into the database for {}"
                        + " checkpoints in a row, because somebody is reading what was there before them. The connection"
                        + " that reads for the longest has been in use for {} ms. End long read-only transactions and"
                        + " result sets that are not read to their end.",
                result.behind(),
                result.logBytes(),
                rounds,
                database.longestRead().toMillis());
    }

    /** For how long the connection of ours that reads for the longest has been in use; zero if none does. */
    Duration longestRead() {
        return database.longestRead();
    }

    /** How checkpoints stand. */
    public CheckpointStatus status() {
        return status;
    }
}
