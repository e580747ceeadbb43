package dev.dovetail.benchmarks.cached;

import dev.dovetail.benchmarks.subject.DatabaseUnderTest;
import dev.dovetail.benchmarks.subject.Databases;
import dev.dovetail.benchmarks.subject.Engine;
import dev.dovetail.benchmarks.subject.SampleUsers;
import dev.dovetail.benchmarks.subject.UserRow;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Reading a row by its id that is in the cache: the same ids of the same rows for everybody, and never a miss.
 *
 * <p>An application that has just started keeps the compiler busy for seconds: after two of them a hit still took ten times
 * as long as after five.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 10, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class CachedReadBenchmark {

    private static final int ROWS = 1_000;

    @Param
    public ReadWay way = ReadWay.CAFFEINE;

    private @Nullable DatabaseUnderTest database;
    private @Nullable CachedReads reads;
    private long missesBefore;

    /** Brings every row into the cache. */
    @Setup(Level.Trial)
    public void open() {
        DatabaseUnderTest copy = Databases.copy(Engine.SQLITE, ROWS);
        CachedReads opened = way.open(copy);
        fill(opened);
        database = copy;
        reads = opened;
        missesBefore = opened.misses();
    }

    private static void fill(CachedReads reads) {
        for (long id = 1; id <= Ids.COUNT; id++) {
            if (!SampleUsers.stored(id).equals(reads.byId(id))) {
                throw new IllegalStateException("Not the row that was asked for: " + id);
            }
        }
    }

    /** Sees that nothing but hits was measured. */
    @TearDown(Level.Trial)
    public void close() {
        long misses = reads().misses() - missesBefore;
        reads().close();
        if (database != null) {
            database.close();
        }
        if (misses != 0) {
            throw new IllegalStateException(misses + " of the reads were no hits");
        }
    }

    @Benchmark
    public UserRow byId(Ids ids) {
        return reads().byId(ids.next());
    }

    CachedReads reads() {
        if (reads == null) {
            throw new IllegalStateException("Not open");
        }
        return reads;
    }
}
