package dev.dovetail.benchmarks.backup;

import dev.dovetail.benchmarks.backup.BackupResult.Backup;
import dev.dovetail.benchmarks.backup.BackupResult.Writes;
import dev.dovetail.benchmarks.report.BarChart;
import dev.dovetail.benchmarks.report.BarChart.Bar;
import dev.dovetail.benchmarks.report.MarkdownTable;
import dev.dovetail.benchmarks.report.Spread;
import dev.dovetail.benchmarks.report.Verdict;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/** Tables, plot and verdicts of the runs. */
final class WritesReport {

    private static final double GREATEST_QUOTIENT = 1.2;
    private static final double LONGEST_STALL_MILLIS = 250;
    private static final double MEGABYTE = 1e6;

    private static final String ALONE = "without a backup";
    private static final String DURING = "while backups are made";

    private final List<BackupResult> runs;
    private final int rate;

    WritesReport(List<BackupResult> runs, int rate) {
        this.runs = runs;
        this.rate = rate;
    }

    String markdown() {
        return writes() + "\n" + backups() + "\n" + Verdict.table(verdicts());
    }

    private MarkdownTable writes() {
        MarkdownTable table = new MarkdownTable(
                "%d writes/s, %s, %d runs".formatted(rate, size(), runs.size()),
                "p50 ms",
                "p99 ms",
                "max ms",
                "writes",
                "errors");
        row(table, ALONE, BackupResult::alone);
        row(table, DURING, BackupResult::during);
        return table;
    }

    private void row(MarkdownTable table, String title, Function<BackupResult, Writes> phase) {
        table.row(
                title,
                spread(phase, Writes::p50).text(),
                spread(phase, Writes::p99).text(),
                spread(phase, Writes::max).text(),
                String.format(Locale.ROOT, "%,d", sum(phase, Writes::count)),
                Long.toString(sum(phase, Writes::errorCount)));
    }

    private MarkdownTable backups() {
        List<Backup> backups =
                runs.stream().flatMap(run -> run.backups().stream()).toList();
        return new MarkdownTable("%d backups, %s".formatted(backups.size(), size()), "seconds", "MB/s")
                .row(
                        "copied, read and checked",
                        new Spread(backups.stream().map(Backup::seconds).toList()).text(),
                        new Spread(backups.stream()
                                        .map(Backup::megabytesPerSecond)
                                        .toList())
                                .text());
    }

    List<Verdict> verdicts() {
        Spread quotient = spread(BackupResult::during, Writes::p99).over(spread(BackupResult::alone, Writes::p99));
        Spread longest = spread(BackupResult::during, Writes::max);
        long errors = sum(BackupResult::alone, Writes::errorCount) + sum(BackupResult::during, Writes::errorCount);
        return List.of(
                new Verdict(
                        "p99 of writes while backups are made ÷ without < 1.2",
                        quotient.text(),
                        quotient.median() < GREATEST_QUOTIENT),
                new Verdict(
                        "no write takes longer than 250 ms while backups are made",
                        longest.text() + " ms",
                        longest.max() <= LONGEST_STALL_MILLIS),
                new Verdict("no write fails", Long.toString(errors), errors == 0));
    }

    String plot() {
        return new BarChart(
                        "A writer while backups of a SQLite file are made",
                        "Milliseconds of a write: shorter is better. Medians of the runs, %s.".formatted(size()),
                        0)
                .group("p50", bars(Writes::p50))
                .group("p99", bars(Writes::p99))
                .group("longest", bars(Writes::max))
                .svg();
    }

    private List<Bar> bars(ToDoubleFunction<Writes> figure) {
        return List.of(
                bar(ALONE, spread(BackupResult::alone, figure), false),
                bar(DURING, spread(BackupResult::during, figure), true));
    }

    private static Bar bar(String title, Spread millis, boolean own) {
        return new Bar(title, millis.median(), Spread.number(millis.median()) + " ms", own);
    }

    private String size() {
        return String.format(Locale.ROOT, "file of %,.0f MB", runs.get(0).fileBytes() / MEGABYTE);
    }

    private Spread spread(Function<BackupResult, Writes> phase, ToDoubleFunction<Writes> figure) {
        return Spread.of(runs.stream().map(phase).mapToDouble(figure).toArray());
    }

    private long sum(Function<BackupResult, Writes> phase, ToLongFunction<Writes> figure) {
        return runs.stream().map(phase).mapToLong(figure).sum();
    }
}
