package dev.dovetail.cache;

import com.github.benmanes.caffeine.cache.Scheduler;
import com.github.benmanes.caffeine.cache.Ticker;

/**
 * The time of a cache: exact for who asks whether an entry is young enough, and within a millisecond for who only tidies up. To
 * ask the system for it is a good part of what a hit costs, so that a lookup does it once. Safe for use by several threads.
 */
final class RoughClock implements Ticker {

    private static final long ROUGHLY_NANOS = 1_000_000;

    private final Ticker exact;
    private volatile long last;

    RoughClock(Ticker exact) {
        this.exact = exact;
        this.last = exact.read();
    }

    /** What it is now. */
    long now() {
        long now = exact.read();
        if (now - last >= ROUGHLY_NANOS) {
            last = now;
        }
        return now;
    }

    /** What it was when somebody last asked for it, or up to a millisecond before. */
    @Override
    public long read() {
        return last;
    }

    /** Runs what is due later, by when somebody may not have asked for long. */
    Scheduler scheduler() {
        return (executor, command, delay, unit) -> Scheduler.systemScheduler()
                .schedule(
                        executor,
                        () -> {
                            now();
                            command.run();
                        },
                        delay,
                        unit);
    }
}
