package dev.dovetail.benchmarks.backup;

import dev.dovetail.benchmarks.fork.Fork;
import dev.dovetail.benchmarks.fork.Options;
import dev.dovetail.benchmarks.report.Machine;
import dev.dovetail.benchmarks.report.Results;
import dev.dovetail.benchmarks.subject.Databases;
import dev.dovetail.benchmarks.subject.Engine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How much a running backup of a SQLite file holds up a writer. Options: {@code --size-mb=1000}, {@code --runs=7},
 * {@code --rate=200} writes per second, {@code --seconds=20} that each phase takes at least.
 */
public final class BackupCommand {

    private static final Set<String> OPTIONS = Set.of("size-mb", "runs", "rate", "seconds");

    // With its entry in the index a row takes 90 bytes.
    private static final int ROWS_PER_MEGABYTE = 11_200;

    private BackupCommand() {}

    /** Each run has a JVM of its own; in every second one the backups come first. */
    public static void run(String... arguments) {
        Options options = new Options(arguments, OPTIONS);
        int rows = options.number("size-mb", 1_000) * ROWS_PER_MEGABYTE;
        int rate = options.number("rate", 200);
        Databases.make(Engine.SQLITE, rows);
        List<BackupResult> results = new ArrayList<>();
        for (int run = 1; run <= options.number("runs", 7); run++) {
            System.out.printf("Run %d%n", run);
            BackupResult result = Fork.run(
                    BackupResult.class,
                    List.of(),
                    "backup-run",
                    Integer.toString(rows),
                    Integer.toString(rate),
                    Integer.toString(options.number("seconds", 20)),
                    Boolean.toString(run % 2 == 0));
            System.out.println("  " + Results.json(result).replaceAll("\\s+", " "));
            results.add(result);
        }
        report(results, rate);
    }

    /** One run, in this JVM. */
    public static void runOne(int rows, int rate, int seconds, boolean backupsFirst, Path output) throws Exception {
        Files.writeString(output, Results.json(BackupRun.of(rows, rate, seconds, backupsFirst)));
    }

    private static void report(List<BackupResult> results, int rate) {
        Map<String, String> machine = Machine.facts();
        WritesReport report = new WritesReport(results, rate);
        String markdown = Machine.sentence(machine) + "\n" + report.markdown();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("machine", machine);
        json.put("writesPerSecond", rate);
        json.put("runs", results);
        json.put("targets", report.verdicts());
        Results.writeJson("backup.json", json);
        Results.write("backup.md", markdown);
        Results.write("backup.svg", report.plot());
        System.out.println(markdown);
    }
}
