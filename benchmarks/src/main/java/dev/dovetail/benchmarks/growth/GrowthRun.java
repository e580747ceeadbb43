package dev.dovetail.benchmarks.growth;

import dev.dovetail.benchmarks.growth.GrowthResult.Point;
import dev.dovetail.benchmarks.peer.Peer;
import dev.dovetail.benchmarks.subject.Agreement;
import dev.dovetail.benchmarks.subject.DatabaseUnderTest;
import dev.dovetail.benchmarks.subject.Databases;
import dev.dovetail.benchmarks.subject.Engine;
import dev.dovetail.benchmarks.subject.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** One peer on one engine at each size, in this JVM. */
final class GrowthRun {

    private GrowthRun() {}

    static GrowthResult of(Engine engine, Peer peer, List<Integer> sizes, int millis) {
        // Otherwise the first size would be measured while the code is still being compiled, and growth would look
        // small.
        measure(engine, peer, sizes.get(0), 2 * millis);
        List<Point> points = new ArrayList<>();
        sizes.forEach(rows -> points.addAll(measure(engine, peer, rows, millis)));
        return new GrowthResult(engine.id(), peer.id(), points);
    }

    private static List<Point> measure(Engine engine, Peer peer, int rows, int millis) {
        List<Point> points = new ArrayList<>();
        DatabaseUnderTest database = Databases.lasting(engine, rows);
        Agreement.reset(database, rows);
        try (Subject subject = peer.open(database)) {
            for (GrowthWork work : GrowthWork.values()) {
                measure(subject, work, rows, millis / 2);
                Agreement.reset(database, rows);
                points.add(new Point(rows, work.name(), measure(subject, work, rows, millis)));
                Agreement.reset(database, rows);
            }
        }
        return points;
    }

    /** Microseconds of a call, on average over this time. */
    private static double measure(Subject subject, GrowthWork work, int rows, int millis) {
        SplittableRandom random = new SplittableRandom(rows);
        long start = System.nanoTime();
        long end = start + TimeUnit.MILLISECONDS.toNanos(millis);
        long count = 0;
        do {
            work.once(subject, random.nextInt(rows - Subject.PAGE_SIZE) + 1L, count++);
        } while (System.nanoTime() < end);
        return (System.nanoTime() - start) / 1_000.0 / count;
    }
}
