package dev.dovetail.benchmarks.jmh;

import dev.dovetail.benchmarks.fork.Fork;
import dev.dovetail.benchmarks.report.Machine;
import dev.dovetail.benchmarks.report.Results;
import dev.dovetail.benchmarks.subject.PostgresqlServer;
import dev.dovetail.benchmarks.subject.SqliteFiles;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Runs the benchmarks and writes {@code jmh.json}, {@code jmh-machine.json} and their report. Arguments are JMH's.
 *
 * <p>Forks are made in rounds: each round measures everything once in a JVM of its own, so that a disturbance of the
 * machine meets all peers and not all forks of one.
 */
public final class JmhCommand {

    private static final int ROUNDS = 5;

    private JmhCommand() {}

    public static void run(String... arguments) throws RunnerException, CommandLineOptionException {
        CommandLineOptions given = new CommandLineOptions(arguments);
        List<Selection> selections = selections(given);
        int rounds = given.getForkCount().orElse(ROUNDS);
        Map<String, List<RunResult>> results = new LinkedHashMap<>();
        for (int round = 1; round <= rounds; round++) {
            System.out.printf("=== Round %d of %d%n", round, rounds);
            for (Selection selection : selections) {
                if (!selection.work().isEmpty()) {
                    collect(new Runner(options(given, selection)).run(), results);
                }
            }
        }
        Results.writeJson(JmhReport.RESULTS, JmhJson.of(merged(results)));
        Results.writeJson(JmhReport.MACHINE, Machine.facts());
        JmhReport.write();
    }

    private static List<Selection> selections(CommandLineOptions given) {
        return (given.getParameter("peer").hasValue()
                        ? List.of(new Selection(List.of(), List.of(Work.values()), List.of()))
                        : Selection.COMPLETE)
                .stream()
                        .map(selection -> selection.matching(given.getIncludes()))
                        .toList();
    }

    static org.openjdk.jmh.runner.options.Options options(CommandLineOptions given, Selection selection) {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .parent(given)
                .forks(1)
                .shouldFailOnError(true)
                .addProfiler(GCProfiler.class)
                .jvmArgsAppend(jvmArguments().toArray(String[]::new));
        // The patterns that were given are included as well, and would find benchmarks of other reports.
        String work = "\\.(" + selection.work().stream().map(Work::benchmark).collect(Collectors.joining("|")) + ")$";
        options.include(work).exclude("^(?!.*" + work + ")");
        if (!selection.peers().isEmpty()) {
            options.param("peer", selection.peerIds());
        }
        if (!given.getParameter("engine").hasValue() && !selection.engines().isEmpty()) {
            options.param("engine", selection.engines().toArray(String[]::new));
        }
        return options.build();
    }

    /** The server runs here, outside of what is measured. */
    private static List<String> jvmArguments() {
        List<String> arguments = new ArrayList<>(List.of(
                "-Xms1g",
                "-Xmx1g",
                Fork.PRE_TOUCH,
                "--enable-native-access=ALL-UNNAMED",
                "-D" + SqliteFiles.DIRECTORY + "=" + SqliteFiles.directory()));
        arguments.addAll(List.of(PostgresqlServer.arguments()));
        return arguments;
    }

    private static void collect(Collection<RunResult> from, Map<String, List<RunResult>> into) {
        for (RunResult result : from) {
            into.computeIfAbsent(result.getParams().id(), id -> new ArrayList<>())
                    .add(result);
        }
    }

    private static List<RunResult> merged(Map<String, List<RunResult>> results) {
        return results.values().stream()
                .map(rounds -> new RunResult(rounds.get(0).getParams(), forks(rounds)))
                .toList();
    }

    private static List<BenchmarkResult> forks(List<RunResult> rounds) {
        return rounds.stream()
                .flatMap(round -> round.getBenchmarkResults().stream())
                .toList();
    }
}
