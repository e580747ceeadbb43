package dev.dovetail.benchmarks.cached;

import dev.dovetail.benchmarks.report.Machine;
import dev.dovetail.benchmarks.report.Results;
import dev.dovetail.benchmarks.subject.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What caches cost and bring. Options: {@code --parts=reads,unused,writes,slow-query}, {@code --forks=5}, {@code
 * --engines=sqlite,postgresql}; for reads {@code --threads=1,2}; for unused caches {@code --millis=700} for each piece of
 * work; for writes {@code --coherences=transactional,coalesced,none}, {@code --writers=1,4,16} and {@code --seconds=3}; for the
 * slow query {@code --calls=10000}.
 */
public final class CacheCommand {

    private CacheCommand() {}

    /** @throws IllegalArgumentException if an option or its value makes no sense */
    public static void run(String... arguments) {
        CachePlan plan = CachePlan.of(arguments);
        CacheMeasurements measurements = new CacheForks(plan).run();
        Map<String, String> machine = Machine.facts();
        CacheReport report = new CacheReport(measurements);
        String markdown = Machine.sentence(machine) + "\n" + report.markdown();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("machine", machine);
        json.put("measurements", measurements);
        json.put("targets", report.verdicts());
        Results.writeJson("cache.json", json);
        Results.write("cache.md", markdown);
        Results.write("cache.svg", report.plot());
        System.out.println(markdown);
    }

    /** One fork, in this JVM; the last option is the file for its result. */
    public static void runOne(String... options) throws IOException {
        Files.writeString(Path.of(options[options.length - 1]), Results.json(measured(options)));
    }

    private static Object measured(String... options) {
        Engine engine = Engine.of(options[1]);
        return switch (CachePart.of(options[0])) {
            case READS -> throw new IllegalArgumentException("JMH makes the forks of reads");
            case UNUSED -> UnusedRun.of(engine, Boolean.parseBoolean(options[2]), Integer.parseInt(options[3]));
            case WRITES ->
                WriteRun.of(engine, CachePlan.coherence(options[2]), numbers(options[3]), Integer.parseInt(options[4]));
            case SLOW_QUERY -> SlowQueryRun.of(engine, Integer.parseInt(options[2]), SlowQueryRun.COLD_MILLIS);
        };
    }

    private static List<Integer> numbers(String text) {
        return Arrays.stream(text.split(",")).map(Integer::valueOf).toList();
    }
}
