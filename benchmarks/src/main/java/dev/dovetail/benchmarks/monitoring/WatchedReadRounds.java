package dev.dovetail.benchmarks.monitoring;

import dev.dovetail.benchmarks.fork.Fork;
import dev.dovetail.benchmarks.report.Spread;
import dev.dovetail.benchmarks.subject.SqliteFiles;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Everything measured once in each round, in a JVM of its own; every second round in reverse order. */
final class WatchedReadRounds {

    private static final String BYTES = "gc.alloc.rate.norm";

    private WatchedReadRounds() {}

    static List<WatchedRead> run(int rounds, List<Integer> threads) {
        List<WatchedRead> reads = new ArrayList<>();
        List<Watching> order = new ArrayList<>(List.of(Watching.values()));
        for (int round = 1; round <= rounds; round++) {
            for (int each : threads) {
                System.out.printf("Round %d: %d at the same time%n", round, each);
                measure(each, order).forEach(read -> {
                    System.out.printf(
                            "  %-12s %s ns, %s bytes%n",
                            read.watching(), Spread.number(read.nanos()), Spread.number(read.bytes()));
                    reads.add(read);
                });
            }
            Collections.reverse(order);
        }
        return reads;
    }

    private static List<WatchedRead> measure(int threads, List<Watching> order) {
        var options = new OptionsBuilder()
                .include(WatchedReadBenchmark.class.getName().replace(".", "\\.") + "\\.")
                .param("watching", order.stream().map(Watching::name).toArray(String[]::new))
                .forks(1)
                .threads(threads)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT)
                .addProfiler(GCProfiler.class)
                .jvmArgsAppend(jvm())
                .build();
        try {
            return new Runner(options)
                    .run().stream().map(result -> read(threads, result)).toList();
        } catch (RunnerException e) {
            throw new IllegalStateException("Watched reads could not be measured", e);
        }
    }

    private static String[] jvm() {
        return new String[] {
            "-Xms1g",
            "-Xmx1g",
            Fork.PRE_TOUCH,
            "--enable-native-access=ALL-UNNAMED",
            "-D" + SqliteFiles.DIRECTORY + "=" + SqliteFiles.directory()
        };
    }

    private static WatchedRead read(int threads, RunResult result) {
        return new WatchedRead(
                Watching.valueOf(result.getParams().getParam("watching")),
                threads,
                result.getPrimaryResult().getScore(),
                Objects.requireNonNull(result.getSecondaryResults().get(BYTES)).getScore());
    }
}
