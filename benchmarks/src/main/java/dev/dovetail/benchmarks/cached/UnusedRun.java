package dev.dovetail.benchmarks.cached;

import com.sun.management.ThreadMXBean;
import dev.dovetail.benchmarks.cached.UnusedCost.Call;
import dev.dovetail.benchmarks.cached.UnusedCost.Point;
import dev.dovetail.benchmarks.peer.Peer;
import dev.dovetail.benchmarks.report.Spread;
import dev.dovetail.benchmarks.subject.Agreement;
import dev.dovetail.benchmarks.subject.DatabaseUnderTest;
import dev.dovetail.benchmarks.subject.Databases;
import dev.dovetail.benchmarks.subject.Engine;
import dev.dovetail.benchmarks.subject.Subject;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * Two applications that cache nothing, one of which could, in this JVM.
 *
 * <p>They take turns in short slices, each on its own copy of the table: a few nanoseconds would be lost between two JVMs,
 * which compile the same code differently.
 */
final class UnusedRun {

    static final int ROWS = 10_000;

    private static final long SLICE = TimeUnit.MILLISECONDS.toNanos(20);
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private UnusedRun() {}

    /**
     * Measures each piece of work.
     *
     * @param cachesFirst who is started first and has the first slice of each turn
     * @param millis for each piece of work and application, and as long before to warm up
     */
    static UnusedCost of(Engine engine, boolean cachesFirst, int millis) {
        try (Side first = Side.open(engine, cachesFirst ? Peer.DOVETAIL : Peer.DOVETAIL_NO_CACHE);
                Side second = Side.open(engine, cachesFirst ? Peer.DOVETAIL_NO_CACHE : Peer.DOVETAIL)) {
            List<Point> points = new ArrayList<>();
            for (UnusedWork work : UnusedWork.values()) {
                turns(work, millis, first, second);
                first.begin();
                second.begin();
                turns(work, millis, first, second);
                points.add(new Point(
                        work, cachesFirst ? first.call() : second.call(), cachesFirst ? second.call() : first.call()));
            }
            return new UnusedCost(engine.id(), points);
        }
    }

    private static void turns(UnusedWork work, int millis, Side first, Side second) {
        long turns = Math.max(1, TimeUnit.MILLISECONDS.toNanos(millis) / SLICE);
        for (int turn = 0; turn < turns; turn++) {
            first.slice(work);
            second.slice(work);
        }
    }

    /** One application, and what its slices measured since {@link #begin()}. */
    private static final class Side implements AutoCloseable {

        private final DatabaseUnderTest database;
        private final Subject subject;
        private final SplittableRandom random = new SplittableRandom(42);
        private final List<Double> nanos = new ArrayList<>();
        private final List<Double> cpuNanos = new ArrayList<>();
        private final List<Double> bytes = new ArrayList<>();

        private Side(DatabaseUnderTest database, Subject subject) {
            this.database = database;
            this.subject = subject;
        }

        static Side open(Engine engine, Peer peer) {
            DatabaseUnderTest database = Databases.copy(engine, ROWS);
            Subject subject = peer.open(database);
            Agreement.check(subject, database, ROWS);
            return new Side(database, subject);
        }

        void begin() {
            nanos.clear();
            cpuNanos.clear();
            bytes.clear();
        }

        void slice(UnusedWork work) {
            long calls = 0;
            long allocated = THREADS.getCurrentThreadAllocatedBytes();
            long cpu = THREADS.getCurrentThreadCpuTime();
            long start = System.nanoTime();
            long now;
            do {
                work.once(subject, random);
                calls++;
                now = System.nanoTime();
            } while (now - start < SLICE);
            nanos.add((double) (now - start) / calls);
            cpuNanos.add((double) (THREADS.getCurrentThreadCpuTime() - cpu) / calls);
            bytes.add((double) (THREADS.getCurrentThreadAllocatedBytes() - allocated) / calls);
        }

        /** Of the slices the middle one: a checkpoint or a collection meets a few of them, and by chance. */
        Call call() {
            return new Call(new Spread(nanos).median(), new Spread(cpuNanos).median(), new Spread(bytes).median());
        }

        @Override
        public void close() {
            subject.close();
            database.close();
        }
    }
}
