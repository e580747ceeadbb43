package dev.dovetail.benchmarks.monitoring;

import dev.dovetail.benchmarks.peer.dovetail.DovetailSubject;
import dev.dovetail.benchmarks.subject.Agreement;
import dev.dovetail.benchmarks.subject.DatabaseUnderTest;
import dev.dovetail.benchmarks.subject.Databases;
import dev.dovetail.benchmarks.subject.Engine;
import dev.dovetail.benchmarks.turns.Call;
import dev.dovetail.benchmarks.turns.Slices;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.ToDoubleFunction;

/**
 * Reads a row of SQLite by its id through a repository, one statement each, in applications of which more or less is watched.
 *
 * <p>They take turns in this JVM, each on its own copy of the table: two JVMs differ by microseconds a call, and what watching
 * adds is a tenth of that.
 */
final class WatchedRun {

    static final int ROWS = 10_000;

    private WatchedRun() {}

    /**
     * Measures each of them.
     *
     * @param reversed whether the one that watches most is started first and has the first slice of each turn
     * @param threads how many read at the same time, one figure after the other
     * @param millis for each application, and as long before to warm up
     */
    static List<WatchedRead> of(boolean reversed, List<Integer> threads, int millis) throws InterruptedException {
        List<Watching> order = new ArrayList<>(List.of(Watching.values()));
        if (reversed) {
            Collections.reverse(order);
        }
        List<Side> sides = new ArrayList<>();
        try {
            for (Watching each : order) {
                sides.add(Side.open(each));
            }
            List<WatchedRead> reads = new ArrayList<>();
            for (int count : threads) {
                reads.addAll(measure(sides, count, millis));
            }
            sides.forEach(Side::check);
            return reads;
        } finally {
            sides.forEach(Side::close);
        }
    }

    private static List<WatchedRead> measure(List<Side> sides, int threads, int millis) throws InterruptedException {
        List<List<Reader>> readers =
                sides.stream().map(side -> side.readers(threads)).toList();
        ExecutorService workers = Executors.newFixedThreadPool(threads);
        try {
            turns(workers, readers, millis);
            readers.forEach(each -> each.forEach(reader -> reader.slices.forget()));
            turns(workers, readers, millis);
        } finally {
            workers.shutdown();
        }
        List<WatchedRead> reads = new ArrayList<>();
        for (int i = 0; i < sides.size(); i++) {
            reads.add(new WatchedRead(
                    sides.get(i).watching,
                    threads,
                    mean(readers.get(i), Call::nanos),
                    mean(readers.get(i), Call::bytes)));
        }
        return reads;
    }

    private static void turns(ExecutorService workers, List<List<Reader>> readers, int millis)
            throws InterruptedException {
        for (long turn = Slices.in(millis); turn > 0; turn--) {
            for (List<Reader> atOnce : readers) {
                for (Future<?> done : workers.invokeAll(atOnce)) {
                    await(done);
                }
            }
        }
    }

    private static void await(Future<?> done) throws InterruptedException {
        try {
            done.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("A row could not be read", e);
        }
    }

    private static double mean(List<Reader> readers, ToDoubleFunction<Call> figure) {
        return readers.stream()
                .mapToDouble(reader -> figure.applyAsDouble(reader.slices.call()))
                .average()
                .orElseThrow();
    }

    /** One that reads from an application, on one thread at a time. */
    private static final class Reader implements Callable<Boolean> {

        private final DovetailSubject subject;
        private final DrawnIds ids = new DrawnIds();
        private final Slices slices = new Slices();

        Reader(DovetailSubject subject) {
            this.subject = subject;
        }

        @Override
        public Boolean call() {
            slices.take(() -> subject.byId(ids.next()));
            return true;
        }
    }

    /** One application. */
    private record Side(Watching watching, DatabaseUnderTest database, DovetailSubject subject) {

        static Side open(Watching watching) {
            DatabaseUnderTest database = Databases.copy(Engine.SQLITE, ROWS);
            DovetailSubject subject = watching.open(database);
            Agreement.check(subject, database, ROWS);
            return new Side(watching, database, subject);
        }

        List<Reader> readers(int count) {
            List<Reader> readers = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                readers.add(new Reader(subject));
            }
            return readers;
        }

        void check() {
            watching.check(subject);
        }

        void close() {
            subject.close();
            database.close();
        }
    }
}
