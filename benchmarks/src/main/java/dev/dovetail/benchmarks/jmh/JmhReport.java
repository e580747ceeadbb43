package dev.dovetail.benchmarks.jmh;

import dev.dovetail.benchmarks.jmh.Measurements.Measurement;
import dev.dovetail.benchmarks.peer.Peer;
import dev.dovetail.benchmarks.report.BarChart;
import dev.dovetail.benchmarks.report.BarChart.Bar;
import dev.dovetail.benchmarks.report.Machine;
import dev.dovetail.benchmarks.report.MarkdownTable;
import dev.dovetail.benchmarks.report.Results;
import dev.dovetail.benchmarks.report.Spread;
import dev.dovetail.benchmarks.report.Verdict;
import dev.dovetail.benchmarks.subject.Engine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Tables, plots and verdicts from JMH's results. */
public final class JmhReport {

    /** What JMH measured. */
    static final String RESULTS = "jmh.json";

    /** The facts of the machine that measured it. */
    static final String MACHINE = "jmh-machine.json";

    private static final String REPORT = "jmh.md";

    private static final List<Peer> ALTERNATIVES = List.of(Peer.JDBC, Peer.SPRING_DATA_JDBC, Peer.JPA, Peer.JOOQ);

    private static final List<Peer> MAIN = Arrays.stream(Peer.values())
            .filter(peer -> peer.compareTo(Peer.JOOQ) <= 0)
            .toList();

    private static final List<Peer> APART = Arrays.stream(Peer.values())
            .filter(peer -> peer.compareTo(Peer.JOOQ) > 0)
            .toList();

    private final Measurements measurements;

    JmhReport(Measurements measurements) {
        this.measurements = measurements;
    }

    /** Writes the report of {@link #RESULTS} and {@link #MACHINE} beside them. */
    public static void write() {
        Map<String, String> files = files(Results.directory());
        files.forEach(Results::write);
        System.out.println(files.get(REPORT));
    }

    /**
     * The report of the results in this directory, by the names of its files: all tables; the ratios that are told first; the
     * summary; and a plot for each engine.
     */
    static Map<String, String> files(Path directory) {
        Measurements measurements = Measurements.of(Results.tree(directory.resolve(RESULTS)));
        Map<String, String> machine = Machine.facts(directory.resolve(MACHINE));
        JmhReport report = new JmhReport(measurements);
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("machine", machine);
        summary.put("targets", Targets.check(measurements));
        summary.put("measurements", measurements.list());
        Map<String, String> files = new LinkedHashMap<>();
        files.put(REPORT, Machine.sentence(machine) + "\n" + report.markdown());
        files.put("jmh-ratios.md", Machine.sentence(machine) + "\n" + report.ratios());
        files.put("jmh-summary.json", Results.json(summary) + "\n");
        for (Engine engine : Engine.values()) {
            if (measurements.list().stream().anyMatch(each -> each.engine() == engine)) {
                files.put("jmh-" + engine.id() + ".svg", report.plot(engine));
            }
        }
        return files;
    }

    String markdown() {
        StringBuilder text = new StringBuilder();
        for (Engine engine : Engine.values()) {
            section(text, engine.title() + ": microseconds per call", MAIN, engine, this::micros);
            section(text, engine.title() + ": time of Dovetail ÷ time of the peer", others(), engine, this::quotient);
            section(text, engine.title() + ": bytes allocated per call", MAIN, engine, this::bytes);
            section(text, engine.title() + ", apart: microseconds per call", APART, engine, this::micros);
        }
        return text.append("### Targets\n\n")
                .append(Verdict.table(Targets.check(measurements)))
                .toString();
    }

    /** How Dovetail does beside what users would pick instead: a table for each engine. */
    String ratios() {
        return Arrays.stream(Engine.values())
                .flatMap(engine -> table(engine.title(), ALTERNATIVES, engine, this::quotient).stream())
                .map(MarkdownTable::toString)
                .collect(Collectors.joining("\n"));
    }

    private static List<Peer> others() {
        return MAIN.stream().filter(peer -> peer != Peer.DOVETAIL).toList();
    }

    private void section(
            StringBuilder text,
            String title,
            List<Peer> all,
            Engine engine,
            Function<Measurement, Optional<String>> cell) {
        table("", all, engine, cell)
                .ifPresent(table -> text.append("### ")
                        .append(title)
                        .append("\n\n")
                        .append(table)
                        .append('\n'));
    }

    /** A table with a row for each piece of work and a column for each peer; what was not measured is left out. */
    private Optional<MarkdownTable> table(
            String corner, List<Peer> all, Engine engine, Function<Measurement, Optional<String>> cell) {
        List<Peer> peers = all.stream()
                .filter(peer -> Arrays.stream(Work.values())
                        .anyMatch(work -> cell(engine, work, peer, cell).isPresent()))
                .toList();
        if (peers.isEmpty()) {
            return Optional.empty();
        }
        List<String> titles = new ArrayList<>(List.of(corner));
        peers.forEach(peer -> titles.add(peer.title()));
        MarkdownTable table = new MarkdownTable(titles.toArray(String[]::new));
        for (Work work : Work.values()) {
            List<String> row = new ArrayList<>(List.of(work.title()));
            peers.forEach(peer -> row.add(cell(engine, work, peer, cell).orElse("")));
            if (row.stream().skip(1).anyMatch(figure -> !figure.isEmpty())) {
                table.row(row.toArray(String[]::new));
            }
        }
        return Optional.of(table);
    }

    private Optional<String> cell(Engine engine, Work work, Peer peer, Function<Measurement, Optional<String>> cell) {
        return measurements.find(engine, work, peer).flatMap(cell);
    }

    private Optional<String> micros(Measurement measurement) {
        return Optional.of(measurement.micros().text());
    }

    private Optional<String> bytes(Measurement measurement) {
        return Optional.of(Spread.number(measurement.bytes().median()));
    }

    private Optional<String> quotient(Measurement peer) {
        return measurements
                .find(peer.engine(), peer.work(), Peer.DOVETAIL)
                .map(own -> own.micros().over(peer.micros()).text());
    }

    String plot(Engine engine) {
        BarChart chart = new BarChart(
                engine.title() + ": time per call, hand-written JDBC = 1",
                "Shorter is faster. Medians over forks, one thread; behind each bar the microseconds.",
                1);
        for (Work work : Work.values()) {
            Optional<Measurement> base = measurements.find(engine, work, Peer.JDBC);
            base.ifPresent(one ->
                    chart.group(work.title(), bars(engine, work, one.micros().median())));
        }
        return chart.svg();
    }

    private List<Bar> bars(Engine engine, Work work, double base) {
        List<Bar> bars = new ArrayList<>();
        for (Peer peer : MAIN) {
            measurements.find(engine, work, peer).ifPresent(found -> {
                double micros = found.micros().median();
                String figure = "%s  (%s µs)".formatted(Spread.number(micros / base), Spread.number(micros));
                bars.add(new Bar(peer.title(), micros / base, figure, peer == Peer.DOVETAIL));
            });
        }
        return bars;
    }
}
