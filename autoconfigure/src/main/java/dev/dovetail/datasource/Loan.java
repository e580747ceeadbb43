package dev.dovetail.datasource;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Since when one physical connection has been in use. Written by who takes it and gives it back, read by anybody. */
final class Loan {

    private volatile long since;
    private volatile long taken;
    private volatile long used;
    private volatile boolean lent;
    private volatile boolean over;
    private volatile boolean known;
    // Seen by whoever sees that it is lent.
    private @Nullable Thread thread;
    private @Nullable String operation;

    /** Returns whether it was not known before. */
    boolean begin(long asked, long given) {
        since = asked;
        taken = given;
        thread = Thread.currentThread();
        operation = OperationContext.current();
        lent = true;
        boolean first = !known;
        known = true;
        return first;
    }

    void end() {
        if (lent) {
            lent = false;
            thread = null;
            // Only one thread at a time has the connection.
            long before = used;
            used = before + System.nanoTime() - taken;
        }
    }

    /** The connection is closed. */
    void over() {
        over = true;
    }

    boolean isOver() {
        return over;
    }

    boolean isLent() {
        return lent && !over;
    }

    /** For how long it has been in use in all, in nanoseconds, without the waiting for it. */
    long usedNanos(long now) {
        return lent && !over ? used + now - taken : used;
    }

    /** For how long, in nanoseconds; 0 if it is at rest. */
    long nanos(long now) {
        return isLent() ? now - since : 0;
    }

    /** It as others see it. */
    ConnectionUse use(long now) {
        return new ConnectionUse(Duration.ofNanos(now - taken), operation, thread);
    }
}
