package dev.dovetail.benchmarks.monitoring;

import dev.dovetail.benchmarks.fork.Options;
import dev.dovetail.benchmarks.report.Machine;
import dev.dovetail.benchmarks.report.Results;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What watching statements costs each of them. Options: {@code --forks=7}, {@code --threads=1,2}. */
public final class MonitoringCommand {

    private static final Set<String> OPTIONS = Set.of("forks", "threads");
    private static final int FORKS = 7;

    private MonitoringCommand() {}

    /** @throws IllegalArgumentException if an option or its value makes no sense */
    public static void run(String... arguments) {
        Options options = new Options(arguments, OPTIONS);
        List<WatchedRead> reads = WatchedReadRounds.run(forks(options), threads(options));
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

    private static int forks(Options options) {
        return positive("forks", options.number("forks", FORKS));
    }

    private static List<Integer> threads(Options options) {
        return options.list("threads", List.of("1", "2")).stream()
                .map(text -> positive("threads", Integer.parseInt(text)))
                .toList();
    }

    private static int positive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException("--%s must be 1 or more, not %d".formatted(name, value));
        }
        return value;
    }
}
