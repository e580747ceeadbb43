package dev.dovetail.benchmarks.cached;

import dev.dovetail.benchmarks.cached.UnusedCost.Point;
import dev.dovetail.benchmarks.peer.Peer;
import dev.dovetail.benchmarks.subject.Agreement;
import dev.dovetail.benchmarks.subject.DatabaseUnderTest;
import dev.dovetail.benchmarks.subject.Databases;
import dev.dovetail.benchmarks.subject.Engine;
import dev.dovetail.benchmarks.subject.Subject;
import dev.dovetail.benchmarks.turns.Call;
import dev.dovetail.benchmarks.turns.Slices;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Two applications that cache nothing, one of which could, in this JVM.
 *
 * <p>They take turns in short slices, each on its own copy of the table: a few nanoseconds would be lost between two JVMs,
 * which compile the same code differently.
 */
final class UnusedRun {

    static final int ROWS = 10_000;

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
        for (long turn = Slices.in(millis); turn > 0; turn--) {
            first.slice(work);
            second.slice(work);
        }
    }

    /** One application, and what its slices measured since {@link #begin()}. */
    private static final class Side implements AutoCloseable {

        private final DatabaseUnderTest database;
        private final Subject subject;
        private final SplittableRandom random = new SplittableRandom(42);
        private final Slices slices = new Slices();

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
            slices.forget();
        }

        void slice(UnusedWork work) {
            slices.take(() -> work.once(subject, random));
        }

        Call call() {
            return slices.call();
        }

        @Override
        public void close() {
            subject.close();
            database.close();
        }
    }
}
