package dev.dovetail.benchmarks.cached;

import dev.dovetail.benchmarks.cached.WriteSpeed.Point;
import dev.dovetail.benchmarks.report.BarChart;
import dev.dovetail.benchmarks.report.BarChart.Bar;
import dev.dovetail.benchmarks.report.MarkdownTable;
import dev.dovetail.benchmarks.report.Spread;
import dev.dovetail.benchmarks.subject.Engine;
import dev.dovetail.cache.Coherence;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Writers, by what others are told of changes. */
final class WriteTable {

    private final List<WriteSpeed> speeds;

    WriteTable(List<WriteSpeed> speeds) {
        this.speeds = speeds;
    }

    String markdown() {
        if (speeds.isEmpty()) {
            return "";
        }
        MarkdownTable table = new MarkdownTable("updates of a row", "commits per second", "÷ none", "p50 ms", "p99 ms");
        for (Engine engine : Engine.values()) {
            for (int writers : writers()) {
                for (Coherence coherence : Coherence.values()) {
                    row(table, engine, writers, coherence);
                }
            }
        }
        return "### Writers\n\n" + table + "\n";
    }

    private void row(MarkdownTable table, Engine engine, int writers, Coherence coherence) {
        List<Point> own = points(engine, writers, coherence);
        if (!own.isEmpty()) {
            List<Point> none = points(engine, writers, Coherence.NONE);
            table.row(
                    "%s, %s, %s".formatted(engine.title(), count(writers), CachePlan.id(coherence)),
                    perSecond(own).text(),
                    none.isEmpty() ? "" : perSecond(own).over(perSecond(none)).text(),
                    spread(own, Point::p50).text(),
                    spread(own, Point::p99).text());
        }
    }

    /** A group for each number of writers. */
    void addTo(BarChart chart) {
        for (Engine engine : Engine.values()) {
            for (int writers : writers()) {
                chart.group(engine.title() + ", " + count(writers), bars(engine, writers));
            }
        }
    }

    private List<Bar> bars(Engine engine, int writers) {
        List<Bar> bars = new ArrayList<>();
        for (Coherence coherence : Coherence.values()) {
            List<Point> points = points(engine, writers, coherence);
            if (!points.isEmpty()) {
                double median = perSecond(points).median();
                bars.add(new Bar(
                        CachePlan.id(coherence),
                        median,
                        String.format(Locale.ROOT, "%,.0f", median),
                        coherence == Coherence.TRANSACTIONAL));
            }
        }
        return bars;
    }

    private List<Integer> writers() {
        return speeds.stream()
                .flatMap(speed -> speed.points().stream())
                .map(Point::writers)
                .distinct()
                .sorted()
                .toList();
    }

    private List<Point> points(Engine engine, int writers, Coherence coherence) {
        return speeds.stream()
                .filter(speed -> speed.engine().equals(engine.id()) && speed.coherence() == coherence)
                .flatMap(speed -> speed.points().stream())
                .filter(point -> point.writers() == writers)
                .toList();
    }

    private static String count(int writers) {
        return writers == 1 ? "1 writer" : writers + " writers";
    }

    private static Spread perSecond(List<Point> points) {
        return spread(points, Point::perSecond);
    }

    private static Spread spread(List<Point> points, ToDoubleFunction<Point> figure) {
        return Spread.of(points.stream().mapToDouble(figure).toArray());
    }
}
