package dev.dovetail.benchmarks.growth;

import dev.dovetail.benchmarks.fork.Fork;
import dev.dovetail.benchmarks.fork.Options;
import dev.dovetail.benchmarks.peer.Peer;
import dev.dovetail.benchmarks.report.Machine;
import dev.dovetail.benchmarks.report.Results;
import dev.dovetail.benchmarks.subject.Databases;
import dev.dovetail.benchmarks.subject.Engine;
import dev.dovetail.benchmarks.subject.PostgresqlServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The table from ten thousand to ten million rows. Options: {@code --sizes=10000,…}, {@code --engines=sqlite,postgresql},
 * {@code --peers=dovetail}, {@code --forks=5}, {@code --millis=1000} for each piece of work.
 */
public final class GrowthCommand {

    private static final Set<String> OPTIONS = Set.of("sizes", "engines", "peers", "forks", "millis");
    private static final List<String> SIZES = List.of("10000", "100000", "1000000", "10000000");

    private GrowthCommand() {}

    public static void run(String... arguments) {
        Options options = new Options(arguments, OPTIONS);
        List<String> sizes = options.list("sizes", SIZES);
        List<String> engines = options.list("engines", List.of("sqlite", "postgresql"));
        engines.forEach(engine -> build(Engine.of(engine), sizes));
        List<GrowthResult> results = new ArrayList<>();
        for (int fork = 1; fork <= options.number("forks", 5); fork++) {
            for (String engine : engines) {
                for (String peer : options.list("peers", List.of("dovetail"))) {
                    System.out.printf("Fork %d: %s on %s%n", fork, peer, engine);
                    GrowthResult result = Fork.run(
                            GrowthResult.class,
                            engine.equals("sqlite") ? List.of() : List.of(PostgresqlServer.arguments()),
                            "growth-run",
                            engine,
                            peer,
                            String.join(",", sizes),
                            Integer.toString(options.number("millis", 1_000)));
                    print(result);
                    results.add(result);
                }
            }
        }
        report(results);
    }

    /** One fork, in this JVM. */
    public static void runOne(String engine, String peer, String sizes, int millis, Path output) throws IOException {
        List<Integer> rows =
                Arrays.stream(sizes.split(",")).map(Integer::valueOf).toList();
        Files.writeString(output, Results.json(GrowthRun.of(Engine.of(engine), Peer.of(peer), rows, millis)));
    }

    private static void build(Engine engine, List<String> sizes) {
        for (String size : sizes) {
            System.out.printf("%s with %s rows%n", engine.title(), size);
            Databases.lasting(engine, Integer.parseInt(size)).close();
        }
    }

    private static void print(GrowthResult result) {
        result.points()
                .forEach(point ->
                        System.out.printf("  %,12d  %-12s %8.1f µs%n", point.rows(), point.work(), point.micros()));
    }

    private static void report(List<GrowthResult> results) {
        Map<String, String> machine = Machine.facts();
        GrowthReport report = new GrowthReport(results);
        String markdown = Machine.sentence(machine) + "\n" + report.markdown();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("machine", machine);
        json.put("forks", results);
        json.put("targets", report.verdicts());
        Results.writeJson("growth.json", json);
        Results.write("growth.md", markdown);
        Results.write("growth.svg", report.plot());
        System.out.println(markdown);
    }
}
