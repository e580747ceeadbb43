package dev.dovetail.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Threads that do the same work at the same time, and what went wrong in them. */
final class Workers implements AutoCloseable {

    private static final Duration TO_END = Duration.ofSeconds(60);

    /** What one of them does; {@code number} counts from 0. */
    interface Work {
        void run(int number) throws Exception;
    }

    private final List<Thread> threads = new ArrayList<>();
    private final Queue<Throwable> errors = new ConcurrentLinkedQueue<>();
    private final CountDownLatch failed = new CountDownLatch(1);
    private volatile boolean stopped;

    private Workers() {}

    /** Each does the work once. */
    static Workers start(int count, Work work) {
        Workers workers = new Workers();
        workers.begin(count, work);
        return workers;
    }

    /** Each does the work again and again, until it fails or all are stopped. */
    static Workers repeat(int count, Work work) {
        Workers workers = new Workers();
        workers.begin(count, number -> {
            while (!workers.stopped) {
                work.run(number);
            }
        });
        return workers;
    }

    private void begin(int count, Work work) {
        for (int i = 0; i < count; i++) {
            int number = i;
            Thread thread = new Thread(() -> guarded(work, number), "worker-" + number);
            thread.setDaemon(true);
            threads.add(thread);
        }
        threads.forEach(Thread::start);
    }

    private void guarded(Work work, int number) {
        try {
            work.run(number);
        } catch (Throwable e) {
            errors.add(e);
            failed.countDown();
        }
    }

    /** Waits until each has done its work; fails with what failed first in any of them. */
    void await(Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        threads.forEach(thread -> join(thread, deadline));
        String late = late();
        List<Throwable> seen = errors();
        if (!seen.isEmpty() || !late.isEmpty()) {
            AssertionError failure = new AssertionError(
                    "%d of %d workers failed, and these have not ended after %s: %s%nThe first failed by %s"
                            .formatted(
                                    seen.size(),
                                    threads.size(),
                                    limit,
                                    late.isEmpty() ? "none" : late,
                                    seen.isEmpty() ? "nothing" : seen.get(0)));
            seen.forEach(failure::addSuppressed);
            throw failure;
        }
    }

    private static void join(Thread thread, long deadline) {
        try {
            thread.join(Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for " + thread.getName(), e);
        }
    }

    private static String where(Thread thread) {
        return thread.getName() + " at "
                + Stream.of(thread.getStackTrace()).map(String::valueOf).collect(Collectors.joining("\n    "));
    }

    /** Lets them work for this time, or until one fails; what failed is told by {@link #stop()}. */
    void letWork(Duration time) {
        try {
            if (failed.await(time.toMillis(), TimeUnit.MILLISECONDS)) {
                stopped = true;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while others worked", e);
        }
    }

    /** Waits until each has failed. */
    void awaitAllFailed(Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        threads.forEach(thread -> join(thread, deadline));
        if (errors.size() != threads.size()) {
            throw new AssertionError("%d of %d workers failed within %s; these go on:%n%s"
                    .formatted(errors.size(), threads.size(), limit, late()));
        }
    }

    private String late() {
        return threads.stream().filter(Thread::isAlive).map(Workers::where).collect(Collectors.joining("\n"));
    }

    /** Lets each end what it is doing; fails with what failed first in any of them. */
    void stop() {
        stopped = true;
        await(TO_END);
    }

    /** What has gone wrong so far. */
    List<Throwable> errors() {
        return List.copyOf(errors);
    }

    @Override
    public void close() {
        stopped = true;
    }
}
