package dev.dovetail.benchmarks.jmh;

import dev.dovetail.benchmarks.subject.SampleUsers;
import dev.dovetail.benchmarks.subject.UserRow;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;

/** Writing to a table of 10,000 rows. What was inserted is taken back between iterations. */
public class WriteBenchmark extends TimedState {

    private static final int BATCH = 1_000;

    private long next;

    @Override
    int rows() {
        return 10_000;
    }

    @Benchmark
    public long insert() {
        return subject().insert(SampleUsers.fresh(next++));
    }

    @Benchmark
    public void update() {
        UserRow user = SampleUsers.stored(anyId());
        subject().update(new UserRow(user.id(), user.email(), user.name(), 18 + any(60), user.createdAt()));
    }

    @Benchmark
    public Object saveAll() {
        List<UserRow> users = SampleUsers.fresh(next, BATCH);
        next += BATCH;
        return subject().saveAll(users);
    }

    @Benchmark
    public void readModifyWrite() {
        subject().readModifyWrite(anyId());
    }
}
