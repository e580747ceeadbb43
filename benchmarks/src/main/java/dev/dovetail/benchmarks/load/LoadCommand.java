package dev.dovetail.benchmarks.load;

import dev.dovetail.benchmarks.fork.Fork;
import dev.dovetail.benchmarks.fork.Options;
import dev.dovetail.benchmarks.report.Machine;
import dev.dovetail.benchmarks.report.Results;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * 16 threads on one SQLite file. Options: {@code --seconds=30}, {@code --warm-up=15}, {@code --repetitions=5},
 * {@code --set-ups=SPLIT,…}.
 */
public final class LoadCommand {

    private static final Set<String> OPTIONS = Set.of("seconds", "warm-up", "repetitions", "set-ups");

    private LoadCommand() {}

    /** Each repetition runs every set-up in a JVM of its own, every second one in reverse order. */
    public static void run(String... arguments) {
        Options options = new Options(arguments, OPTIONS);
        List<String> setUps = new ArrayList<>(options.list(
                "set-ups", Arrays.stream(SetUp.values()).map(Enum::name).toList()));
        List<LoadResult> results = new ArrayList<>();
        for (int repetition = 1; repetition <= options.number("repetitions", 5); repetition++) {
            for (String setUp : setUps) {
                System.out.printf("Repetition %d: %s%n", repetition, setUp);
                LoadResult result = Fork.run(
                        LoadResult.class,
                        List.of(),
                        "load-run",
                        setUp,
                        Integer.toString(options.number("warm-up", 15)),
                        Integer.toString(options.number("seconds", 30)));
                System.out.println("  " + Results.json(result).replaceAll("\\s+", " "));
                results.add(result);
            }
            Collections.reverse(setUps);
        }
        report(results, options.number("seconds", 30));
    }

    /** One run, in this JVM. */
    public static void runOne(String setUp, int warmUpSeconds, int seconds, Path output) throws Exception {
        Files.writeString(output, Results.json(LoadRun.of(SetUp.valueOf(setUp), warmUpSeconds, seconds)));
    }

    private static void report(List<LoadResult> results, int seconds) {
        Map<String, String> machine = Machine.facts();
        LoadReport report = new LoadReport(results);
        String markdown = Machine.sentence(machine) + "\n" + report.markdown(seconds);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("machine", machine);
        json.put("seconds", seconds);
        json.put("runs", results);
        json.put("targets", report.verdicts());
        Results.writeJson("load.json", json);
        Results.write("load.md", markdown);
        Results.write("load.svg", report.plot());
        System.out.println(markdown);
    }
}
