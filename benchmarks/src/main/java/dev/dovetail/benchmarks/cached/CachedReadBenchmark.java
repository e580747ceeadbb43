package dev.dovetail.benchmarks.cached;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.dovetail.benchmarks.subject.SampleUsers;
import dev.dovetail.benchmarks.subject.UserRow;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** Reading a row by its id that is in the cache: the same ids of the same rows for everybody, and never a miss. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1000, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 2, time = 400, timeUnit = TimeUnit.MILLISECONDS)
public class CachedReadBenchmark {

    private final LoadingCache<Long, UserRow> cache =
            Caffeine.newBuilder().maximumSize(CacheConfiguration.MAXIMUM_SIZE).build(SampleUsers::stored);

    private final AnnotationConfigApplicationContext context =
            new AnnotationConfigApplicationContext(CacheConfiguration.class);
    private final CachedUsers users = context.getBean(CachedUsers.class);

    /** Brings every row into every cache. */
    @Setup(Level.Trial)
    public void fill() {
        for (long id = 1; id <= Ids.COUNT; id++) {
            UserRow row = SampleUsers.stored(id);
            if (!row.equals(cache.get(id)) || !row.equals(users.byId(id))) {
                throw new IllegalStateException("Not the row that was asked for: " + id);
            }
        }
    }

    /** Sees that nothing but hits was measured. */
    @TearDown(Level.Trial)
    public void close() {
        int reads = users.reads();
        context.close();
        if (reads != Ids.COUNT) {
            throw new IllegalStateException(reads + " reads of " + Ids.COUNT + " rows: these were no hits");
        }
    }

    /** The limit: nothing between the caller and the cache. */
    @Benchmark
    public UserRow caffeine(Ids ids) {
        return cache.get(ids.next());
    }

    /** Through the proxy, as an application calls its service. */
    @Benchmark
    public UserRow cacheable(Ids ids) {
        return users.byId(ids.next());
    }
}
