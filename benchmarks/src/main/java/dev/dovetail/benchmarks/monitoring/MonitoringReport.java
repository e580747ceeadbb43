package dev.dovetail.benchmarks.monitoring;

import dev.dovetail.benchmarks.report.BarChart;
import dev.dovetail.benchmarks.report.BarChart.Bar;
import dev.dovetail.benchmarks.report.MarkdownTable;
import dev.dovetail.benchmarks.report.Spread;
import dev.dovetail.benchmarks.report.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** What each kind of watching adds to a read, as table, plot and verdict. What was not measured is left out. */
final class MonitoringReport {

    private static final double LIMIT = 300;

    private final List<WatchedRead> reads;

    MonitoringReport(List<WatchedRead> reads) {
        this.reads = List.copyOf(reads);
    }

    String markdown() {
        MarkdownTable table = new MarkdownTable(
                "a row by id on SQLite; what is watched", "ns per call", "more than the row above", "bytes", "more");
        for (int threads : threads()) {
            for (Watching each : Watching.values()) {
                spread(each, threads, WatchedRead::nanos).ifPresent(nanos -> row(table, each, threads, nanos));
            }
        }
        return table + "\n" + Verdict.table(verdicts());
    }

    private void row(MarkdownTable table, Watching watching, int threads, Spread nanos) {
        table.row(
                watching.title() + ", " + count(threads),
                nanos.text(),
                added(watching, threads, WatchedRead::nanos),
                spread(watching, threads, WatchedRead::bytes)
                        .map(bytes -> Spread.number(bytes.median()))
                        .orElse(""),
                added(watching, threads, WatchedRead::bytes));
    }

    private String added(Watching watching, int threads, ToDoubleFunction<WatchedRead> figure) {
        return difference(watching, threads, figure)
                .map(more -> "%s (%s to %s)".formatted(whole(more.median()), whole(more.min()), whole(more.max())))
                .orElse("");
    }

    private static String whole(double number) {
        long rounded = Math.round(number);
        return rounded == 0 ? "0" : String.format(Locale.ROOT, "%+,d", rounded);
    }

    List<Verdict> verdicts() {
        List<Verdict> verdicts = new ArrayList<>();
        for (int threads : threads()) {
            difference(Watching.STATISTICS, threads, WatchedRead::nanos)
                    .ifPresent(more -> verdicts.add(Verdict.atMost(
                            LIMIT, "Statistics, %s: ns for each statement".formatted(count(threads)), more)));
        }
        return verdicts;
    }

    String plot() {
        BarChart chart = new BarChart(
                "A row of SQLite by its id, by what is watched",
                "Nanoseconds per call; shorter is better. Medians over forks.",
                0);
        for (int threads : threads()) {
            chart.group(
                    count(threads),
                    Arrays.stream(Watching.values())
                            .flatMap(each -> spread(each, threads, WatchedRead::nanos).stream()
                                    .map(nanos -> bar(each, nanos.median())))
                            .toList());
        }
        return chart.svg();
    }

    private static Bar bar(Watching watching, double nanos) {
        return new Bar(watching.title(), nanos, Spread.number(nanos) + " ns", watching == Watching.STATISTICS);
    }

    private List<Integer> threads() {
        return reads.stream().map(WatchedRead::threads).distinct().sorted().toList();
    }

    private static String count(int threads) {
        return threads == 1 ? "1 thread" : threads + " threads";
    }

    private Optional<Spread> difference(Watching watching, int threads, ToDoubleFunction<WatchedRead> figure) {
        return watching.less()
                .flatMap(less -> spread(less, threads, figure))
                .flatMap(less -> spread(watching, threads, figure).map(own -> own.minus(less)));
    }

    private Optional<Spread> spread(Watching watching, int threads, ToDoubleFunction<WatchedRead> figure) {
        double[] values = reads.stream()
                .filter(read -> read.watching() == watching && read.threads() == threads)
                .mapToDouble(figure)
                .toArray();
        return values.length > 0 ? Optional.of(Spread.of(values)) : Optional.empty();
    }
}
