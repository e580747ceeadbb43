package dev.dovetail.benchmarks.load;

import dev.dovetail.benchmarks.report.BarChart;
import dev.dovetail.benchmarks.report.BarChart.Bar;
import dev.dovetail.benchmarks.report.MarkdownTable;
import dev.dovetail.benchmarks.report.Spread;
import dev.dovetail.benchmarks.report.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Table, plot and verdicts of the runs. */
final class LoadReport {

    private static final double LONGEST_STALL_MILLIS = 250;

    private final List<LoadResult> results;

    LoadReport(List<LoadResult> results) {
        this.results = results;
    }

    String markdown(int seconds) {
        MarkdownTable table = new MarkdownTable(
                "%d threads, %d s, 80 %% reads".formatted(LoadRun.THREADS, seconds),
                "reads/s",
                "p50 ms",
                "p99 ms",
                "max ms",
                "writes/s",
                "p50 ms",
                "p99 ms",
                "max ms",
                "errors",
                "lost updates");
        for (SetUp setUp : measured()) {
            table.row(
                    setUp.title(),
                    text(setUp, run -> run.reads().perSecond()),
                    text(setUp, run -> run.reads().p50()),
                    text(setUp, run -> run.reads().p99()),
                    text(setUp, run -> run.reads().max()),
                    text(setUp, run -> run.writes().perSecond()),
                    text(setUp, run -> run.writes().p50()),
                    text(setUp, run -> run.writes().p99()),
                    text(setUp, run -> run.writes().max()),
                    Long.toString(
                            of(setUp).stream().mapToLong(LoadResult::errorCount).sum()),
                    Long.toString(of(setUp).stream()
                            .mapToLong(LoadResult::lostUpdates)
                            .sum()));
        }
        return table + "\n" + Verdict.table(verdicts());
    }

    List<Verdict> verdicts() {
        List<Verdict> verdicts = new ArrayList<>();
        for (SetUp setUp : measured()) {
            if (setUp.compareTo(SetUp.SPLIT) > 0) {
                verdicts.addAll(verdicts(setUp));
            }
        }
        return verdicts;
    }

    private List<Verdict> verdicts(SetUp setUp) {
        List<Verdict> verdicts = new ArrayList<>();
        long errors = of(setUp).stream().mapToLong(LoadResult::errorCount).sum();
        long lost = of(setUp).stream().mapToLong(LoadResult::lostUpdates).sum();
        verdicts.add(new Verdict(
                setUp.title() + ": no error, no lost update", errors + " and " + lost, errors == 0 && lost == 0));
        Spread longest =
                spread(setUp, run -> Math.max(run.reads().max(), run.writes().max()));
        verdicts.add(new Verdict(
                setUp.title() + ": no read and no write takes longer than 250 ms",
                longest.text() + " ms",
                longest.max() <= LONGEST_STALL_MILLIS));
        if (measured().contains(SetUp.SPLIT)) {
            verdicts.addAll(against(setUp));
        }
        return verdicts;
    }

    private List<Verdict> against(SetUp setUp) {
        Spread own = spread(setUp, run -> run.reads().p99());
        Spread theirs = spread(SetUp.SPLIT, run -> run.reads().p99());
        return List.of(
                Verdict.atLeast(
                        1.2,
                        setUp.title() + ": reads per second ÷ (d)",
                        quotient(setUp, run -> run.reads().perSecond())),
                Verdict.atLeast(
                        1.2,
                        setUp.title() + ": writes per second ÷ (d)",
                        quotient(setUp, run -> run.writes().perSecond())),
                new Verdict(
                        setUp.title() + ": p99 of reads no higher than that of (d), within the spread",
                        "%s and %s ms".formatted(own.text(), theirs.text()),
                        own.median() <= theirs.median() || own.min() <= theirs.max()));
    }

    String plot() {
        return new BarChart(
                        "16 threads on one SQLite file",
                        "Requests per second: longer is better. Medians of the repetitions.",
                        0)
                .group("reads per second", bars(run -> run.reads().perSecond()))
                .group("writes per second", bars(run -> run.writes().perSecond()))
                .svg();
    }

    private List<Bar> bars(ToDoubleFunction<LoadResult> figure) {
        List<Bar> bars = new ArrayList<>();
        for (SetUp setUp : measured()) {
            long errors = of(setUp).stream().mapToLong(LoadResult::errorCount).sum();
            double median = spread(setUp, figure).median();
            String behind =
                    String.format(Locale.ROOT, "%,.0f", median) + (errors == 0 ? "" : ", " + errors + " errors");
            bars.add(new Bar(setUp.title(), median, behind, setUp.compareTo(SetUp.SPLIT) > 0));
        }
        return bars;
    }

    private List<SetUp> measured() {
        return Arrays.stream(SetUp.values())
                .filter(setUp -> !of(setUp).isEmpty())
                .toList();
    }

    private List<LoadResult> of(SetUp setUp) {
        return results.stream().filter(run -> run.setUp().equals(setUp.name())).toList();
    }

    private Spread spread(SetUp setUp, ToDoubleFunction<LoadResult> figure) {
        return Spread.of(of(setUp).stream().mapToDouble(figure).toArray());
    }

    private Spread quotient(SetUp setUp, ToDoubleFunction<LoadResult> figure) {
        return spread(setUp, figure).over(spread(SetUp.SPLIT, figure));
    }

    private String text(SetUp setUp, ToDoubleFunction<LoadResult> figure) {
        return spread(setUp, figure).text();
    }
}
