package dev.dovetail.benchmarks.growth;

import dev.dovetail.benchmarks.growth.GrowthResult.Point;
import dev.dovetail.benchmarks.peer.Peer;
import dev.dovetail.benchmarks.report.BarChart;
import dev.dovetail.benchmarks.report.BarChart.Bar;
import dev.dovetail.benchmarks.report.MarkdownTable;
import dev.dovetail.benchmarks.report.Spread;
import dev.dovetail.benchmarks.report.Verdict;
import dev.dovetail.benchmarks.subject.Engine;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Table, plot and verdicts of all forks. */
final class GrowthReport {

    private static final double LIMIT = 2;

    private final List<GrowthResult> forks;
    private final List<Integer> sizes;

    GrowthReport(List<GrowthResult> forks) {
        this.forks = forks;
        this.sizes = forks.get(0).points().stream()
                .map(Point::rows)
                .distinct()
                .sorted()
                .toList();
    }

    String markdown() {
        List<String> titles = new ArrayList<>(List.of("µs per call"));
        sizes.forEach(rows -> titles.add(count(rows) + " rows"));
        MarkdownTable table = new MarkdownTable(titles.toArray(String[]::new));
        for (Series series : series()) {
            for (GrowthWork work : GrowthWork.values()) {
                List<String> row = new ArrayList<>(List.of(series.title() + ", " + work.title()));
                sizes.forEach(rows -> row.add(micros(series, work, rows).text()));
                table.row(row.toArray(String[]::new));
            }
        }
        return table + "\n" + Verdict.table(verdicts());
    }

    /** Of Dovetail alone: the others promised nothing. */
    List<Verdict> verdicts() {
        List<Verdict> verdicts = new ArrayList<>();
        int least = sizes.get(0);
        int greatest = sizes.get(sizes.size() - 1);
        for (Series series : series().stream().filter(Series::isOurs).toList()) {
            for (GrowthWork work : List.of(GrowthWork.BY_ID, GrowthWork.KEYSET_PAGE)) {
                verdicts.add(Verdict.atMost(
                        LIMIT,
                        "%s, %s: %s rows ÷ %s rows"
                                .formatted(series.title(), work.title(), count(greatest), count(least)),
                        micros(series, work, greatest).over(micros(series, work, least))));
            }
        }
        return verdicts;
    }

    String plot() {
        BarChart chart = new BarChart(
                "The same call while the table grows",
                "Microseconds per call: shorter is faster. Medians over forks.",
                0);
        for (Series series : series()) {
            for (GrowthWork work : GrowthWork.values()) {
                chart.group(
                        series.title() + ", " + work.title(),
                        sizes.stream().map(rows -> bar(series, work, rows)).toList());
            }
        }
        return chart.svg();
    }

    private Bar bar(Series series, GrowthWork work, int rows) {
        double micros = micros(series, work, rows).median();
        return new Bar(count(rows) + " rows", micros, Spread.number(micros) + " µs", series.isOurs());
    }

    private Set<Series> series() {
        Set<Series> series = new LinkedHashSet<>();
        forks.forEach(fork -> series.add(new Series(fork.engine(), fork.peer())));
        return series;
    }

    private Spread micros(Series series, GrowthWork work, int rows) {
        return new Spread(forks.stream()
                .filter(fork ->
                        fork.engine().equals(series.engine) && fork.peer().equals(series.peer))
                .flatMap(fork -> fork.points().stream())
                .filter(point -> point.rows() == rows && point.work().equals(work.name()))
                .map(Point::micros)
                .toList());
    }

    private static String count(int rows) {
        return String.format(Locale.ROOT, "%,d", rows);
    }

    private record Series(String engine, String peer) {

        boolean isOurs() {
            return Peer.of(peer).isOurs();
        }

        String title() {
            return Engine.of(engine).title() + ", " + Peer.of(peer).title();
        }
    }
}
