package dev.dovetail.monitoring.health;

import dev.dovetail.datasource.RestoreListener;
import dev.dovetail.datasource.StatementEvent;
import dev.dovetail.datasource.StatementListener;
import dev.dovetail.engine.ConnectionRole;
import dev.dovetail.engine.DatabaseEngine;
import dev.dovetail.engine.DatabaseError;
import dev.dovetail.engine.ErrorCode;
import dev.dovetail.sql.StatementKind;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Remembers that the storage has failed, for health, which itself reads too little to meet a damaged page or a full disk.
 *
 * <p>A full, failing or read-only storage is forgotten when something was written again, or when nobody has met it for five
 * minutes: an instance that is DOWN may get no more work, and would never learn that it is over. Damage is not forgotten before a
 * backup was restored, because what works elsewhere does not heal it. Safe for use by several threads.
 */
public final class StorageFailures implements StatementListener, RestoreListener {

    private static final Duration REMEMBERED = Duration.ofMinutes(5);

    /** What was met, and when by the clock of nanoseconds. */
    private record Failure(DatabaseError error, long nanos) {

        boolean isDamage() {
            return error.code() == ErrorCode.CORRUPT;
        }
    }

    private final DatabaseEngine engine;
    private final LongSupplier nanoTime;
    private volatile @Nullable Failure last;
    // The transaction that was the last to change something since then.
    private volatile long changing;

    /** @param engine knows what an error means */
    public StorageFailures(DatabaseEngine engine) {
        this(engine, System::nanoTime);
    }

    StorageFailures(DatabaseEngine engine, LongSupplier nanoTime) {
        this.engine = engine;
        this.nanoTime = nanoTime;
    }

    /** The last failure that is not known to be over. */
    public Optional<DatabaseError> last() {
        return Optional.ofNullable(last)
                .filter(failure -> failure.isDamage() || nanoTime.getAsLong() - failure.nanos() < REMEMBERED.toNanos())
                .map(Failure::error);
    }

    // Another file is in place.
    @Override
    public void onRestore() {
        last = null;
    }

    @Override
    public void onStatement(StatementEvent event) {
        SQLException error = event.error();
        if (error != null) {
            remember(engine.classify(error));
        } else if (last != null && hasChanged(event)) {
            changed(event.transactionId());
        }
    }

    // What finds no row to change says nothing of the storage.
    private boolean hasChanged(StatementEvent event) {
        return event.role() == ConnectionRole.WRITER
                && event.rows() != 0
                && (!event.query() || StatementKind.of(event.sql(), engine.syntax()) == StatementKind.WRITE);
    }

    private void changed(long transaction) {
        if (transaction == 0) {
            written();
        } else {
            changing = transaction;
        }
    }

    // With room in memory nothing is written before that.
    @Override
    public void onCommit(ConnectionRole role, long transactionId, @Nullable SQLException error) {
        if (error != null) {
            remember(engine.classify(error));
        } else if (transactionId == changing) {
            written();
        }
    }

    private void remember(DatabaseError error) {
        if (isDamaged()) {
            return;
        }
        switch (error.code()) {
            case CORRUPT, STORAGE_FAILURE, STORAGE_FULL, READ_ONLY_DATABASE ->
                last = new Failure(error, nanoTime.getAsLong());
            default -> {
                // Says nothing about the storage.
            }
        }
    }

    private void written() {
        if (last != null && !isDamaged()) {
            last = null;
        }
    }

    private boolean isDamaged() {
        Failure known = last;
        return known != null && known.isDamage();
    }
}
