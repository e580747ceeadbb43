package dev.dovetail.contract;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Work that goes on beside a test, each piece in a thread of its own. The pool that {@link CompletableFuture} takes otherwise has
 * a single thread on a machine of two cores from JDK 25 on: pieces that wait for each other would wait for ever.
 */
public final class OwnThread {

    private static final Executor EACH = OwnThread::start;

    private OwnThread() {}

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "beside-the-test");
        thread.setDaemon(true);
        thread.start();
    }

    /** Runs it now. */
    public static CompletableFuture<Void> run(Runnable work) {
        return CompletableFuture.runAsync(work, EACH);
    }

    /** Runs it when this time has passed. */
    public static CompletableFuture<Void> runAfter(Duration delay, Runnable work) {
        return CompletableFuture.runAsync(
                work, CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS, EACH));
    }
}
