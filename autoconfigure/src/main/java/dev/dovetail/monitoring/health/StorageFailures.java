package dev.dovetail.monitoring.health;

import dev.dovetail.datasource.RestoreListener;
import dev.dovetail.datasource.StatementEvent;
import dev.dovetail.datasource.StatementListener;
import dev.dovetail.engine.ConnectionRole;
import dev.dovetail.engine.DatabaseEngine;
import dev.dovetail.engine.DatabaseError;
import dev.dovetail.engine.ErrorCode;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Remembers that the storage has failed, for health, which itself reads too little to meet a damaged page or a full disk.
 *
 * <p>A full, failing or read-only storage is forgotten when something was written again; damage is not before a backup was
 * restored, because what works elsewhere does not heal it. Safe for use by several threads.
 */
public final class StorageFailures implements StatementListener, RestoreListener {

    private final DatabaseEngine engine;
    private volatile @Nullable DatabaseError last;

    /** @param engine knows what an error means */
    public StorageFailures(DatabaseEngine engine) {
        this.engine = engine;
    }

    /** The last failure that is not known to be over. */
    public Optional<DatabaseError> last() {
        return Optional.ofNullable(last);
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
        } else if (event.role() == ConnectionRole.WRITER && !event.query()) {
            written();
        }
    }

    private void remember(DatabaseError error) {
        if (isDamaged()) {
            return;
        }
        switch (error.code()) {
            case CORRUPT, STORAGE_FAILURE, STORAGE_FULL, READ_ONLY_DATABASE -> last = error;
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
        DatabaseError known = last;
        return known != null && known.code() == ErrorCode.CORRUPT;
    }
}
