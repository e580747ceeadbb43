package dev.dovetail.benchmarks.monitoring;

import dev.dovetail.benchmarks.fork.Fork;
import dev.dovetail.benchmarks.fork.Options;
import dev.dovetail.benchmarks.report.Machine;
import dev.dovetail.benchmarks.report.Results;
import dev.dovetail.benchmarks.report.Spread;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What watching statements costs each of them. Options: {@code --forks=7}, {@code --threads=1,2}, {@code --millis=4000}. */
public final class MonitoringCommand {

    private static final String COMMAND = "monitoring-run";
    private static final Set<String> OPTIONS = Set.of("forks", "threads", "millis");
    private static final int FORKS = 7;
    private static final int MILLIS = 4_000;

    private MonitoringCommand() {}

    /** @throws IllegalArgumentException if an option or its value makes no sense */
    public static void run(String... arguments) {
        Options options = new Options(arguments, OPTIONS);
        List<WatchedRead> reads = reads(
                positive("forks", options.number("forks", FORKS)),
                threads(options),
                positive("millis", options.number("millis", MILLIS)));
        Map<String, String> machine = Machine.facts();
        MonitoringReport report = new MonitoringReport(reads);
        String markdown = Machine.sentence(machine) + "\n" + report.markdown();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("machine", machine);
        json.put("reads", reads);
        json.put("targets", report.verdicts());
        Results.writeJson("monitoring.json", json);
        Results.write("monitoring.md", markdown);
        Results.write("monitoring.svg", report.plot());
        System.out.println(markdown);
    }

    /** One fork, in this JVM; the last option is the file for its result. */
    public static void runOne(String... options) throws IOException, InterruptedException {
        List<WatchedRead> reads =
                WatchedRun.of(Boolean.parseBoolean(options[0]), numbers(options[1]), Integer.parseInt(options[2]));
        Files.writeString(Path.of(options[3]), Results.json(reads));
    }

    private static List<WatchedRead> reads(int forks, List<Integer> threads, int millis) {
        String counts = threads.stream().map(String::valueOf).collect(Collectors.joining(","));
        List<WatchedRead> reads = new ArrayList<>();
        for (int fork = 1; fork <= forks; fork++) {
            boolean reversed = fork % 2 == 0;
            for (WatchedRead read : Fork.run(
                    WatchedRead[].class,
                    List.of(),
                    COMMAND,
                    Boolean.toString(reversed),
                    counts,
                    Integer.toString(millis))) {
                System.out.printf(
                        "Fork %d: %-12s, %d at the same time: %s ns, %s bytes%n",
                        fork,
                        read.watching(),
                        read.threads(),
                        Spread.number(read.nanos()),
                        Spread.number(read.bytes()));
                reads.add(read);
            }
        }
        return reads;
    }

    private static List<Integer> threads(Options options) {
        List<Integer> threads = numbers(String.join(",", options.list("threads", List.of("1", "2"))));
        threads.forEach(each -> positive("threads", each));
        return threads;
    }

    private static List<Integer> numbers(String text) {
        return Arrays.stream(text.split(",")).map(Integer::valueOf).toList();
    }

    private static int positive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException("--%s must be 1 or more, not %d".formatted(name, value));
        }
        return value;
    }
}
