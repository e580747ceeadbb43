package dev.dovetail.benchmarks.cached;

import dev.dovetail.benchmarks.report.BarChart;
import dev.dovetail.benchmarks.report.Verdict;
import java.util.ArrayList;
import java.util.List;

/** Tables, plot and verdicts of all forks. What was not measured is left out. */
final class CacheReport {

    private final ReadTable reads;
    private final UnusedTable unused;
    private final WriteTable writes;
    private final SlowQueryTable slowQuery;

    CacheReport(CacheMeasurements measurements) {
        reads = new ReadTable(measurements.reads());
        unused = new UnusedTable(measurements.unused());
        writes = new WriteTable(measurements.writes());
        slowQuery = new SlowQueryTable(measurements.slowQuery());
    }

    String markdown() {
        String targets = verdicts().isEmpty() ? "" : "### Targets of caching\n\n" + Verdict.table(verdicts());
        return reads.markdown() + unused.markdown() + writes.markdown() + slowQuery.markdown() + targets;
    }

    List<Verdict> verdicts() {
        List<Verdict> verdicts = new ArrayList<>(reads.verdicts());
        verdicts.addAll(slowQuery.verdicts());
        return verdicts;
    }

    String plot() {
        BarChart chart = new BarChart(
                "Commits per second by what others are told of changes",
                "Longer is better. Medians over forks; each write is a transaction of its own.",
                0);
        writes.addTo(chart);
        return chart.svg();
    }
}
