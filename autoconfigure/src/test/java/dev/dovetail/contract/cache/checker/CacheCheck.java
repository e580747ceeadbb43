package dev.dovetail.contract.cache.checker;

import dev.dovetail.contract.OwnThread;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** Readers and writers on one application for some time, and what was found. */
final class CacheCheck implements AutoCloseable {

    private static final int READERS = 3;
    private static final int WRITERS = 2;
    private static final long PAUSE_NANOS = 1_500_000;

    private final TestEngine engine;
    private final TestApplication application;
    private final Known known = Known.create();
    private final CachedReads reads;
    private volatile boolean stopped;

    private CacheCheck(TestEngine engine, TestApplication application, Function<TestApplication, CachedReads> reads) {
        this.engine = engine;
        this.application = application;
        CheckedSchema.create(application, engine);
        this.reads = reads.apply(application);
    }

    /**
     * Starts an application.
     *
     * @param configuration further beans, or some instead of the usual ones
     * @param reads how it reads through a cache
     */
    static CacheCheck of(TestEngine engine, Class<?> configuration, Function<TestApplication, CachedReads> reads) {
        TestApplication application = TestApplication.withRepositories(engine, configuration);
        try {
            return new CacheCheck(engine, application, reads);
        } catch (RuntimeException e) {
            application.close();
            throw e;
        }
    }

    /** Lets them read and write for this time, or until something is found wrong if that is wanted. */
    Verdicts run(Duration time, boolean untilViolated) {
        long deadline = System.nanoTime() + time.toNanos();
        BooleanSupplier over = () -> stopped
                || System.nanoTime() - deadline >= 0
                || (untilViolated && known.verdicts().violations() > 0);
        List<CompletableFuture<Void>> threads = new ArrayList<>();
        for (int i = 0; i < READERS; i++) {
            Reader reader = new Reader(application, reads, known, i);
            threads.add(repeat(over, reader::readSome));
        }
        for (int i = 0; i < WRITERS; i++) {
            Writer writer = new Writer(application, engine, reads, known, READERS + i);
            threads.add(repeat(over, () -> write(writer)));
        }
        CompletableFuture.allOf(threads.toArray(CompletableFuture[]::new)).join();
        return known.verdicts();
    }

    // Without a pause the writers would leave the readers nothing to find.
    private void write(Writer writer) {
        writer.writeSomething();
        application.statements();
        LockSupport.parkNanos(PAUSE_NANOS);
    }

    private CompletableFuture<Void> repeat(BooleanSupplier over, Runnable work) {
        return OwnThread.run(() -> {
            try {
                while (!over.getAsBoolean()) {
                    work.run();
                }
            } finally {
                stopped = true;
            }
        });
    }

    long hits() {
        return reads.hits();
    }

    String summary() {
        return known.verdicts().summary(engine.name(), reads.hits());
    }

    @Override
    public void close() {
        application.close();
    }
}
