package dev.dovetail.benchmarks.monitoring;

import dev.dovetail.benchmarks.peer.dovetail.DovetailSubject;
import dev.dovetail.benchmarks.subject.Agreement;
import dev.dovetail.benchmarks.subject.DatabaseUnderTest;
import dev.dovetail.benchmarks.subject.Databases;
import dev.dovetail.benchmarks.subject.Engine;
import dev.dovetail.benchmarks.subject.User;
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

/** Reading a row of SQLite by its id through a repository: one statement, of which more or less is watched. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 6, time = 1, timeUnit = TimeUnit.SECONDS)
@Measurement(iterations = 5, time = 1, timeUnit = TimeUnit.SECONDS)
public class WatchedReadBenchmark {

    static final int ROWS = 10_000;

    @Param
    public Watching watching = Watching.STATISTICS;

    private @Nullable DatabaseUnderTest database;
    private @Nullable DovetailSubject subject;

    @Setup(Level.Trial)
    public void open() {
        DatabaseUnderTest copy = Databases.copy(Engine.SQLITE, ROWS);
        DovetailSubject opened = watching.open(copy);
        Agreement.check(opened, copy, ROWS);
        database = copy;
        subject = opened;
    }

    /** Sees that it was watched as it should have been. */
    @TearDown(Level.Trial)
    public void close() {
        try {
            watching.check(subject());
        } finally {
            subject().close();
            if (database != null) {
                database.close();
            }
        }
    }

    @Benchmark
    public User byId(DrawnIds ids) {
        return subject().byId(ids.next());
    }

    DovetailSubject subject() {
        if (subject == null) {
            throw new IllegalStateException("Not open");
        }
        return subject;
    }
}
