package dev.dovetail.benchmarks.jmh;

import dev.dovetail.benchmarks.subject.Subject;
import org.openjdk.jmh.annotations.Benchmark;

/** Pages of 20 out of 100,000 rows. */
public class PageBenchmark extends TimedState {

    private static final int ROWS = 100_000;

    @Override
    int rows() {
        return ROWS;
    }

    @Benchmark
    public Object pageByOffset() {
        return subject().pageByOffset(any(ROWS / Subject.PAGE_SIZE));
    }

    @Benchmark
    public Object pageByKeyset() {
        return subject().pageByKeyset(any(ROWS - Subject.PAGE_SIZE));
    }
}
