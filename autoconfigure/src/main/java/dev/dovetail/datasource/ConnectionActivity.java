package dev.dovetail.datasource;

import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * What this layer's connections did for one thread while it tried a unit of work: whether anything stays although the unit
 * fails, and which errors are theirs. Whoever runs a unit again must know both. Used by one thread.
 */
public final class ConnectionActivity implements AutoCloseable {

    private static final ThreadLocal<@Nullable ConnectionActivity> CURRENT = new ThreadLocal<>();

    private static final int REMEMBERED = 64;

    // Those that came last are those that are let out. Nearly always there are none.
    private @Nullable Deque<SQLException> errors;
    private boolean committed;

    private ConnectionActivity() {}

    /** Watches the current thread until it is closed; null if it is watched already, so that a unit is part of another. */
    public static @Nullable ConnectionActivity watch() {
        if (CURRENT.get() != null) {
            return null;
        }
        ConnectionActivity activity = new ConnectionActivity();
        CURRENT.set(activity);
        return activity;
    }

    /** Whether the current thread is watched. */
    public static boolean isWatched() {
        return CURRENT.get() != null;
    }

    static void committed() {
        ConnectionActivity activity = CURRENT.get();
        if (activity != null) {
            activity.committed = true;
        }
    }

    static void failed(SQLException error) {
        ConnectionActivity activity = CURRENT.get();
        if (activity != null) {
            activity.remember(error);
        }
    }

    private void remember(SQLException error) {
        Deque<SQLException> known = errors;
        if (known == null) {
            known = new ArrayDeque<>();
            errors = known;
        }
        if (known.size() == REMEMBERED) {
            known.removeFirst();
        }
        known.addLast(error);
    }

    /** Whether a change was committed, or a statement made one outside of transactions. */
    public boolean hasCommitted() {
        return committed;
    }

    /** Whether a connection of this layer let out this error, or the lack of a connection. */
    public boolean knows(SQLException error) {
        return errors != null && errors.stream().anyMatch(each -> each == error);
    }

    // Not removed: the thread's next look would put an empty entry there again.
    @Override
    public void close() {
        CURRENT.set(null);
    }
}
