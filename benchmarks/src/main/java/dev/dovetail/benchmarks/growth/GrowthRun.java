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

/**
 * One peer on one engine at each size, in this JVM.
 *
 * <p>The sizes take turns in short slices: measured one after the other, the first of them meets a compiler that still
 * works and a system that places client and server otherwise than a second later, which looked like growth.
 */
final class GrowthRun {

    private static final int SLICES = 20;

    private final List<Size> sizes;

    private GrowthRun(List<Size> sizes) {
        this.sizes = sizes;
    }

    static GrowthResult of(Engine engine, Peer peer, List<Integer> rows, int millis) {
        List<Size> sizes = new ArrayList<>();
        try {
            rows.forEach(size -> sizes.add(Size.open(engine, peer, size)));
            return new GrowthResult(engine.id(), peer.id(), new GrowthRun(sizes).measure(millis));
        } finally {
            sizes.forEach(Size::close);
        }
    }

    private List<Point> measure(int millis) {
        List<Point> points = new ArrayList<>();
        for (GrowthWork work : GrowthWork.values()) {
            turns(work, millis);
            sizes.forEach(Size::begin);
            turns(work, millis);
            sizes.forEach(size -> points.add(new Point(size.rows, work.name(), size.micros())));
            sizes.forEach(Size::begin);
        }
        return points;
    }

    private void turns(GrowthWork work, int millis) {
        long slice = TimeUnit.MILLISECONDS.toNanos(millis) / SLICES;
        for (int turn = 0; turn < SLICES; turn++) {
            sizes.forEach(size -> size.slice(work, slice));
        }
    }

    /** The table of one size, and what its calls took since {@link #begin()}. */
    private static final class Size {

        private final int rows;
        private final DatabaseUnderTest database;
        private final Subject subject;
        private final SplittableRandom random;
        private long nanos;
        private long calls;

        private Size(int rows, DatabaseUnderTest database, Subject subject) {
            this.rows = rows;
            this.database = database;
            this.subject = subject;
            this.random = new SplittableRandom(rows);
        }

        static Size open(Engine engine, Peer peer, int rows) {
            DatabaseUnderTest database = Databases.lasting(engine, rows);
            Agreement.reset(database, rows);
            return new Size(rows, database, peer.open(database));
        }

        /** Takes back what was inserted, and forgets what was measured. */
        void begin() {
            Agreement.reset(database, rows);
            nanos = 0;
            calls = 0;
        }

        void slice(GrowthWork work, long length) {
            long start = System.nanoTime();
            long now;
            do {
                work.once(subject, random.nextInt(rows - Subject.PAGE_SIZE) + 1L, calls++);
                now = System.nanoTime();
            } while (now - start < length);
            nanos += now - start;
        }

        double micros() {
            return nanos / 1_000.0 / calls;
        }

        void close() {
            subject.close();
        }
    }
}
