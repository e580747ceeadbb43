package dev.dovetail.benchmarks.jmh;

import dev.dovetail.benchmarks.subject.SampleUsers;
import org.openjdk.jmh.annotations.Benchmark;

/** Reading from 10,000 rows. */
public class ReadBenchmark extends TimedState {

    @Override
    int rows() {
        return 10_000;
    }

    @Benchmark
    public Object byId() {
        return subject().byId(anyId());
    }

    @Benchmark
    public Object byEmail() {
        return subject().byEmail(SampleUsers.email(anyId()));
    }

    @Benchmark
    public Object all() {
        return subject().all();
    }
}
