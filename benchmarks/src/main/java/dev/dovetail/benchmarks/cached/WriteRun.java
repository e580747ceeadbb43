package dev.dovetail.benchmarks.cached;

import dev.dovetail.benchmarks.cached.WriteSpeed.Point;
import dev.dovetail.benchmarks.cached.dovetail.CachedApplication;
import dev.dovetail.benchmarks.cached.dovetail.CachedUsers;
import dev.dovetail.benchmarks.subject.DatabaseUnderTest;
import dev.dovetail.benchmarks.subject.Databases;
import dev.dovetail.benchmarks.subject.Engine;
import dev.dovetail.cache.Coherence;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** Writers through a repository that caches, under one coherence, in this JVM. */
final class WriteRun {

    static final int ROWS = 10_000;

    private WriteRun() {}

    /**
     * Measures each number of writers, after a warm-up with the most of them.
     *
     * @param writers how many at the same time, in this order
     */
    static WriteSpeed of(Engine engine, Coherence coherence, List<Integer> writers, int millis) {
        int most = Collections.max(writers);
        Map<String, String> settings = Map.of(
                "dovetail.cache.coherence",
                coherence.name().toLowerCase(Locale.ROOT),
                "spring.datasource.hikari.maximum-pool-size",
                Integer.toString(most));
        try (DatabaseUnderTest database = Databases.copy(engine, ROWS);
                CachedApplication application = CachedApplication.on(database, settings)) {
            if (engine == Engine.POSTGRESQL) {
                Announcements.check(application.users(), database, coherence != Coherence.NONE);
            }
            point(application.users(), most, millis / 2);
            List<Point> points = new ArrayList<>();
            for (int each : writers) {
                points.add(point(application.users(), each, millis));
            }
            return new WriteSpeed(engine.id(), coherence, points);
        }
    }

    private static Point point(CachedUsers users, int count, int millis) {
        long start = System.nanoTime();
        long end = start + TimeUnit.MILLISECONDS.toNanos(millis);
        List<Writer> writers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            writers.add(new Writer(users, end, i));
        }
        writers.forEach(Thread::start);
        Histogram all = new Histogram(TimeUnit.MINUTES.toMicros(2), 3);
        for (Writer writer : writers) {
            await(writer);
            all.add(writer.micros);
        }
        double seconds = (System.nanoTime() - start) / (double) TimeUnit.SECONDS.toNanos(1);
        return new Point(
                count,
                all.getTotalCount() / seconds,
                all.getValueAtPercentile(50) / 1_000.0,
                all.getValueAtPercentile(99) / 1_000.0);
    }

    private static void await(Writer writer) {
        try {
            writer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        if (writer.failure != null) {
            throw new IllegalStateException("A write failed", writer.failure);
        }
    }
}
