package dev.dovetail.transaction;

import dev.dovetail.datasource.ConnectionActivity;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * One try of a unit of work that may be run again: what it has committed by the way, and the state of the entities that it
 * saves. Units that begin inside of it are parts of it. Belongs to one thread.
 */
final class RetriedUnit implements AutoCloseable {

    private static final ThreadLocal<@Nullable RetriedUnit> CURRENT = new ThreadLocal<>();

    private final ConnectionActivity activity;
    private @Nullable Deque<EntityStates.Remembered> entities;

    private RetriedUnit(ConnectionActivity activity) {
        this.activity = activity;
    }

    /** Null inside of another unit. */
    static @Nullable RetriedUnit begin() {
        ConnectionActivity activity = ConnectionActivity.watch();
        if (activity == null) {
            return null;
        }
        RetriedUnit unit = new RetriedUnit(activity);
        CURRENT.set(unit);
        return unit;
    }

    /** The one that the current thread is in; null if it is in none. */
    static @Nullable RetriedUnit current() {
        return CURRENT.get();
    }

    void remember(EntityStates.Remembered states) {
        if (states.isEmpty()) {
            return;
        }
        Deque<EntityStates.Remembered> known = entities;
        if (known == null) {
            known = new ArrayDeque<>();
            entities = known;
        }
        known.addFirst(states);
    }

    /** Puts the entities back as they were before the unit, which was rolled back. */
    void restoreEntities() {
        if (entities != null) {
            entities.forEach(EntityStates.Remembered::restore);
            entities = null;
        }
    }

    /** Whether something of it stays although it failed. */
    boolean hasCommitted() {
        return activity.hasCommitted();
    }

    /** Whether it failed on a connection of this layer: of others nobody knows what they have committed. */
    boolean failedOnOurs(Throwable failure) {
        return TransientErrors.databaseErrors(failure).stream().anyMatch(activity::knows);
    }

    // Not removed: the thread's next look would put an empty entry there again.
    @Override
    public void close() {
        CURRENT.set(null);
        activity.close();
    }
}
