package dev.dovetail.maintenance;

import dev.dovetail.coordination.Rounds;
import dev.dovetail.datasource.ConnectionListener;
import dev.dovetail.engine.ConnectionRole;
import dev.dovetail.engine.DatabaseFiles;
import dev.dovetail.engine.LogCheckpoint;
import dev.dovetail.engine.LogCheckpoint.Mode;
import dev.dovetail.engine.LogCheckpoint.Result;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies the write-ahead log while it is short, so that writers need not: SQLite leaves it to whoever commits when the log has
 * grown long, who then waits for the disk twice. Looks only when somebody has written. Takes no lock that anybody waits for; a
 * commit may wait while the disk takes the pages, which for so few are some milliseconds. Safe for use by several threads.
 */
public final class LogKeeper implements Rounds.Round, ConnectionListener {

    /** How often it looks while there are writers. */
    public static final Duration INTERVAL = Duration.ofMillis(250);

    private static final Logger log = LoggerFactory.getLogger(LogKeeper.class);

    // SQLite's own default of when a commit copies the log; Dovetail's writers wait for four times as much.
    private static final long WORTH_COPYING = 1_000;

    private volatile @Nullable Work work;
    private volatile boolean written;

    private record Work(
            MaintainedDatabase database,
            LogCheckpoint checkpoint,
            @Nullable DatabaseFiles files) {}

    /**
     * Keeps the log of this database from now on.
     *
     * @return false if its log is of another kind
     */
    public boolean keep(MaintainedDatabase database, @Nullable DatabaseFiles files) {
        LogCheckpoint checkpoint = database.upkeep().logCheckpoint();
        work = checkpoint == null ? null : new Work(database, checkpoint, files);
        return checkpoint != null;
    }

    @Override
    public void onAcquisition(ConnectionRole role, Duration waited, boolean succeeded) {
        if (role == ConnectionRole.WRITER && !written) {
            written = true;
        }
    }

    @Override
    public void run(BooleanSupplier goesOn) {
        Work kept = work;
        if (kept == null || !written) {
            return;
        }
        written = false;
        // Whoever has begun to write commits after this look.
        if (kept.database.isWriting()) {
            written = true;
        }
        // Whoever opens a file that was deleted makes a new one.
        if (kept.files == null || kept.files.inPlace()) {
            copy(kept);
        }
    }

    private void copy(Work kept) {
        try (Connection connection = kept.database.connections().getConnection()) {
            if (kept.checkpoint.leftTo(connection).isPresent()) {
                return;
            }
            Result standing = kept.checkpoint.run(connection, Mode.NOOP);
            if (!standing.busy() && standing.logPages() < 0) {
                log.debug("The database has no write-ahead log: nobody looks at it any more");
                work = null;
            } else if (standing.behind() >= WORTH_COPYING) {
                Result copied = kept.checkpoint.run(connection, Mode.PASSIVE);
                log.trace("{} of {} pages of the log were copied", copied.checkpointedPages(), copied.logPages());
            }
        } catch (SQLException e) {
            // A restore, a file that is locked: the next commit or the next round does it.
            log.debug("The log was not copied", e);
        }
    }
}
