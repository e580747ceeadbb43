package dev.dovetail.benchmarks.load;

import dev.dovetail.benchmarks.subject.DatabaseUnderTest;
import dev.dovetail.benchmarks.subject.Databases;
import dev.dovetail.benchmarks.subject.Engine;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One set-up under load, once. */
final class LoadRun {

    static final int THREADS = 16;
    static final int ROWS = 100_000;

    private LoadRun() {}

    /** Warms up, then measures for so many seconds. Increments of both phases are counted against what is stored. */
    static LoadResult of(SetUp setUp, int warmUpSeconds, int seconds) throws InterruptedException {
        try (DatabaseUnderTest database = Databases.copy(Engine.SQLITE, ROWS)) {
            long before = ages(database);
            List<LoadThread> warmedUp;
            List<LoadThread> measured;
            try (LoadSubject subject = setUp.open(database)) {
                warmedUp = phase(subject, warmUpSeconds, 0);
                measured = phase(subject, seconds, 1);
            }
            long stored = ages(database) - before;
            return LoadResult.of(setUp, seconds, warmedUp, measured, stored);
        }
    }

    private static List<LoadThread> phase(LoadSubject subject, int seconds, int number) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        List<LoadThread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            threads.add(new LoadThread(subject, end, number * THREADS + i));
        }
        threads.forEach(Thread::start);
        for (LoadThread thread : threads) {
            thread.join();
        }
        return threads;
    }

    private static long ages(DatabaseUnderTest database) {
        return database.queryForLong("SELECT sum(age) FROM users");
    }
}
