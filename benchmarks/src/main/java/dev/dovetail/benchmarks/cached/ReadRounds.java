package dev.dovetail.benchmarks.cached;

import dev.dovetail.benchmarks.fork.Fork;
import dev.dovetail.benchmarks.report.Spread;
import dev.dovetail.benchmarks.subject.SqliteFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Every way measured once in each round, in a JVM of its own. */
final class ReadRounds {

    private static final int WARM_UP = 16;

    /** Threads that leave the compiler no processor warm up more slowly. */
    private static final int WARM_UP_BESIDE_COMPILER = 24;

    private static final String BYTES = "gc.alloc.rate.norm";

    private ReadRounds() {}

    /** What one fork measured, by a call of one thread. */
    record ReadTime(ReadWay way, int threads, double nanos, double bytes) {}

    static List<ReadTime> run(int rounds, List<Integer> threads) {
        List<ReadTime> times = new ArrayList<>();
        for (int round = 1; round <= rounds; round++) {
            for (int each : threads) {
                System.out.printf("Round %d: hits, %d at the same time%n", round, each);
                measure(each).forEach(time -> {
                    System.out.printf(
                            "  %-12s %s ns, %s bytes%n",
                            time.way, Spread.number(time.nanos), Spread.number(time.bytes));
                    times.add(time);
                });
            }
        }
        return times;
    }

    private static List<ReadTime> measure(int threads) {
        var options = new OptionsBuilder()
                .include(CachedReadBenchmark.class.getName().replace(".", "\\.") + "\\.")
                .forks(1)
                .threads(threads)
                .warmupIterations(threads == 1 ? WARM_UP : WARM_UP_BESIDE_COMPILER)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT)
                .addProfiler(GCProfiler.class)
                .jvmArgsAppend(
                        "-Xms1g",
                        "-Xmx1g",
                        Fork.PRE_TOUCH,
                        "--enable-native-access=ALL-UNNAMED",
                        "-D" + SqliteFiles.DIRECTORY + "=" + SqliteFiles.directory())
                .build();
        try {
            return new Runner(options)
                    .run().stream().map(result -> time(threads, result)).toList();
        } catch (RunnerException e) {
            throw new IllegalStateException("Cached reads could not be measured", e);
        }
    }

    private static ReadTime time(int threads, RunResult result) {
        return new ReadTime(
                ReadWay.valueOf(result.getParams().getParam("way")),
                threads,
                result.getPrimaryResult().getScore(),
                Objects.requireNonNull(result.getSecondaryResults().get(BYTES)).getScore());
    }
}
