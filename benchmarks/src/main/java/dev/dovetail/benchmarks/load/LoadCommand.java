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
        write(new LoadRuns(Machine.facts(), options.number("seconds", 30), results));
    }

    /** Makes the report anew. */
    public static void report() {
        write(LoadRuns.of(Results.directory()));
    }

    /** One run, in this JVM. */
    public static void runOne(String setUp, int warmUpSeconds, int seconds, Path output) throws Exception {
        Files.writeString(output, Results.json(LoadRun.of(SetUp.valueOf(setUp), warmUpSeconds, seconds)));
    }

    private static void write(LoadRuns runs) {
        Map<String, String> files = runs.files();
        files.forEach(Results::write);
        System.out.println(files.get(LoadRuns.REPORT));
    }
}
