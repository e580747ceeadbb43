package dev.dovetail.datasource;

import dev.dovetail.engine.DatabaseEngine;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees what other processes commit to the database, where there is one writer and the engine tells: by looking at the write
 * connection, whose own commits do not count.
 *
 * <p>It is looked at by whoever uses it, at the begin of a transaction, since when nobody else can commit, and at the end of a
 * use; and in between by {@link #poll}, while nobody uses it. It is never waited for. If it could not be looked at for a second
 * although others can commit, nothing is current until it can.
 *
 * <p>Safe for use by several threads.
 */
public final class OutsideChanges {

    private static final Logger log = LoggerFactory.getLogger(OutsideChanges.class);

    private static final Duration LONGEST_UNSEEN = Duration.ofSeconds(1);
    // Between two uses of a writer that is never at rest.
    private static final Duration OFTEN = Duration.ofMillis(10);

    private final DatabaseEngine engine;
    private final TableVersions versions;
    private final Use use;
    private final Semaphore rest = new Semaphore(1);
    // These two belong to whoever has the permit.
    private @Nullable Connection known;
    private long version;
    private volatile boolean watching;
    private volatile boolean alone;
    private volatile long seenAt = System.nanoTime();
    private boolean suspended;

    /** Takes the writer from its pool and gives it back. */
    interface Use {
        void once() throws SQLException;
    }

    /** @param use tells which connection is the writer, if nobody has used it before */
    OutsideChanges(DatabaseEngine engine, TableVersions versions, Use use) {
        this.engine = engine;
        this.versions = versions;
        this.use = use;
    }

    /** From now on; nothing is current before the first look. */
    public synchronized void watch() {
        if (!watching) {
            suspended = true;
            versions.suspend();
            watching = true;
        }
    }

    /** Whether what others commit is seen at the moment. */
    public synchronized boolean isSeen() {
        return watching && !suspended;
    }

    /** Before the writer is used; waits for a look that is just being taken, which takes microseconds. */
    void acquired(Connection pooled) {
        rest.acquireUninterruptibly();
        if (watching) {
            try {
                Connection physical = pooled.unwrap(ListeningConnection.class).delegate();
                if (physical != known) {
                    look(physical);
                }
            } catch (SQLException e) {
                log.debug("A write connection was lost before it was used", e);
            }
        }
    }

    /** After a transaction has begun that keeps everybody else from committing. */
    void begun(Connection physical) {
        if (watching) {
            look(physical);
            alone = isSeen();
        }
    }

    /** Before such a transaction ends. */
    void ending() {
        if (alone) {
            seenAt = System.nanoTime();
            alone = false;
        }
    }

    /** After the writer was used. */
    void released() {
        ending();
        if (watching && System.nanoTime() - seenAt > OFTEN.toNanos()) {
            lookAgain();
        }
        rest.release();
    }

    /** Looks, if nobody uses the writer. */
    public void poll() {
        if (!watching) {
            return;
        }
        if (rest.tryAcquire()) {
            boolean isKnown;
            try {
                lookAgain();
                isKnown = known != null;
            } finally {
                rest.release();
            }
            if (!isKnown) {
                useOnce();
            }
        } else if (!alone && System.nanoTime() - seenAt > LONGEST_UNSEEN.toNanos()) {
            suspend();
        }
    }

    private void lookAgain() {
        Connection physical = known;
        if (physical != null) {
            look(physical);
        }
    }

    private void useOnce() {
        try {
            use.once();
        } catch (SQLException e) {
            log.debug("The write connection could not be looked at", e);
        }
    }

    // Whoever uses the writer must not fail because of this.
    private void look(Connection physical) {
        try {
            Long now = physical.isClosed() ? null : engine.outsideChanges(physical);
            if (now != null) {
                seen(physical, now);
                return;
            }
            known = null;
        } catch (SQLException e) {
            log.debug("What other processes commit could not be seen", e);
        }
        suspend();
    }

    private void seen(Connection physical, long now) {
        boolean changed = physical != known || now != version;
        known = physical;
        version = now;
        if (changed) {
            versions.moveAll();
        }
        resume();
        seenAt = System.nanoTime();
    }

    private synchronized void suspend() {
        if (!suspended) {
            suspended = true;
            versions.suspend();
        }
    }

    private synchronized void resume() {
        if (suspended) {
            suspended = false;
            versions.resume();
        }
    }
}
