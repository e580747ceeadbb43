package dev.dovetail.datasource;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops statements that run longer than they may, on engines whose driver does not.
 *
 * <p>One thread looks at every connection each {@value #TICK_MILLIS} ms and charges the time to the statement that is
 * inside the engine, so that a statement's limit is met to within two ticks and a statement pays nothing for it.
 */
final class StatementWatchdog implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(StatementWatchdog.class);

    private static final long TICK_MILLIS = 25;
    private static final long TO_CLOSE_SECONDS = 1;

    private final Set<ExecutionGuard> guards = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService clock;
    private long lastTick = System.nanoTime();

    // tick() lets nothing out, so the future would never have anything to tell.
    @SuppressWarnings("FutureReturnValueIgnored")
    StatementWatchdog() {
        clock = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "dovetail-watchdog");
            thread.setDaemon(true);
            return thread;
        });
        Duration tick = Duration.ofMillis(TICK_MILLIS);
        clock.scheduleAtFixedRate(this::tick, tick.toNanos(), tick.toNanos(), TimeUnit.NANOSECONDS);
    }

    void watch(ExecutionGuard guard) {
        guards.add(guard);
    }

    void forget(ExecutionGuard guard) {
        guards.remove(guard);
    }

    private void tick() {
        long now = System.nanoTime();
        // A paused process must not charge its pause to whatever has just begun.
        long elapsed = Math.min(now - lastTick, TimeUnit.MILLISECONDS.toNanos(2 * TICK_MILLIS));
        lastTick = now;
        for (ExecutionGuard guard : guards) {
            try {
                guard.charge(elapsed);
            } catch (RuntimeException e) {
                log.warn("A statement that ran too long could not be stopped", e);
            }
        }
    }

    /** Ends the thread and waits for its end: an application that is closed leaves none behind. */
    @Override
    public void close() {
        clock.shutdownNow();
        try {
            if (!clock.awaitTermination(TO_CLOSE_SECONDS, TimeUnit.SECONDS)) {
                log.debug("The last look at running statements has not ended");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
