package dev.dovetail.monitoring.health;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Gives each rule its time and no more. One that does not come back is interrupted, and not asked again before it has: there is
 * never more than one thread for a rule that hangs.
 */
final class RuleThreads implements AutoCloseable {

    // Ends its threads by itself when nobody needs them.
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "dovetail-health-rule");
        thread.setDaemon(true);
        return thread;
    });
    private final Map<String, Turn<?>> hanging = new ConcurrentHashMap<>();

    /** Runs it; the future's own {@code cancel} would call it done although its thread goes on. */
    private static final class Turn<T> extends FutureTask<T> {

        private volatile boolean over;

        Turn(Callable<T> work) {
            super(work);
        }

        @Override
        public void run() {
            try {
                super.run();
            } finally {
                over = true;
            }
        }
    }

    /**
     * @throws TimeoutException if it takes longer, or still has not come back from an earlier time
     * @throws Exception what it throws
     */
    <T> T run(String rule, Duration atMost, Callable<T> work) throws Exception {
        // Of who is interrupted, a future that is done already says nothing.
        if (Thread.interrupted()) {
            throw new InterruptedException("Before " + rule);
        }
        Turn<?> earlier = hanging.get(rule);
        if (earlier != null && !earlier.over) {
            throw new TimeoutException("it has not come back from an earlier evaluation");
        }
        hanging.remove(rule);
        Turn<T> turn = new Turn<>(work);
        threads.execute(turn);
        try {
            return turn.get(atMost.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            hanging.put(rule, turn);
            throw new TimeoutException("it took longer than " + atMost.toMillis() + " ms");
        } catch (ExecutionException e) {
            throw unwrapped(e);
        } finally {
            turn.cancel(true);
        }
    }

    private static Exception unwrapped(ExecutionException e) {
        Throwable cause = e.getCause();
        // A broken rule, such as one whose library is missing, or an interrupt of its own must not end the evaluation.
        if (cause instanceof Error || cause instanceof InterruptedException) {
            return new IllegalStateException(cause.toString(), cause);
        }
        return cause instanceof Exception exception ? exception : e;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
