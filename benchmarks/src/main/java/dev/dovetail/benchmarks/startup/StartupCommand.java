package dev.dovetail.benchmarks.startup;

import dev.dovetail.benchmarks.fork.Options;
import dev.dovetail.benchmarks.report.BarChart;
import dev.dovetail.benchmarks.report.BarChart.Bar;
import dev.dovetail.benchmarks.report.Machine;
import dev.dovetail.benchmarks.report.MarkdownTable;
import dev.dovetail.benchmarks.report.Results;
import dev.dovetail.benchmarks.report.Spread;
import dev.dovetail.benchmarks.report.Verdict;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * From the start of the process until the application says that it has started. Options: {@code --starts=9} of each.
 *
 * <p>All applications take turns. The first start of each, in which the tables are made, is not counted.
 */
public final class StartupCommand {

    private static final double LIMIT = 1.15;

    private StartupCommand() {}

    public static void run(String... arguments) {
        int starts = new Options(arguments, Set.of("starts")).number("starts", 9);
        Map<Application, List<Double>> seconds = new EnumMap<>(Application.class);
        try (Launches launches = new Launches()) {
            for (int start = 0; start <= starts; start++) {
                for (Application application : Application.values()) {
                    double took = launches.start(application);
                    System.out.printf("Start %d: %.2f s %s%n", start, took, application.title());
                    if (start > 0) {
                        seconds.computeIfAbsent(application, key -> new ArrayList<>())
                                .add(took);
                    }
                }
            }
        }
        Map<Application, Spread> spreads = new EnumMap<>(Application.class);
        seconds.forEach((application, list) -> spreads.put(application, new Spread(list)));
        report(spreads, starts);
    }

    private static void report(Map<Application, Spread> spreads, int starts) {
        Map<String, String> machine = Machine.facts();
        List<Verdict> verdicts = List.of(Verdict.atMost(
                LIMIT,
                Application.SAMPLE_POSTGRESQL.title() + " ÷ " + Application.PLAIN.title(),
                quotient(spreads, Application.SAMPLE_POSTGRESQL)));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("machine", machine);
        json.put("seconds", spreads);
        json.put("targets", verdicts);
        Results.writeJson("startup.json", json);
        String markdown = Machine.sentence(machine) + "\n" + table(spreads, starts) + "\n" + Verdict.table(verdicts);
        Results.write("startup.md", markdown);
        Results.write("startup.svg", plot(spreads));
        System.out.println(markdown);
    }

    private static MarkdownTable table(Map<Application, Spread> spreads, int starts) {
        MarkdownTable table = new MarkdownTable(starts + " starts of each", "seconds", "÷ plain");
        spreads.forEach((application, spread) -> table.row(
                application.title(),
                spread.text(),
                quotient(spreads, application).text()));
        return table;
    }

    private static Spread quotient(Map<Application, Spread> spreads, Application application) {
        Spread own = spreads.get(application);
        Spread plain = spreads.get(Application.PLAIN);
        if (own == null || plain == null) {
            throw new IllegalStateException("Nothing was started");
        }
        return own.over(plain);
    }

    private static String plot(Map<Application, Spread> spreads) {
        List<Bar> bars = new ArrayList<>();
        spreads.forEach((application, spread) -> bars.add(new Bar(
                application.title(),
                spread.median(),
                Spread.number(spread.median()) + " s",
                application != Application.PLAIN)));
        return new BarChart("Start-up", "Seconds from the start of the process: shorter is faster. Medians.", 0)
                .group("", bars)
                .svg();
    }
}
