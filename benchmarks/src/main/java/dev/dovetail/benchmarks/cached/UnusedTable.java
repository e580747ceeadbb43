package dev.dovetail.benchmarks.cached;

import dev.dovetail.benchmarks.cached.UnusedCost.Point;
import dev.dovetail.benchmarks.report.MarkdownTable;
import dev.dovetail.benchmarks.report.Spread;
import dev.dovetail.benchmarks.subject.Engine;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** What an application pays that could cache and does not. */
final class UnusedTable {

    private final List<UnusedCost> costs;

    UnusedTable(List<UnusedCost> costs) {
        this.costs = costs;
    }

    String markdown() {
        if (costs.isEmpty()) {
            return "";
        }
        MarkdownTable table = new MarkdownTable(
                "nothing is @Cached",
                "ns per call",
                "with enabled=false",
                "difference",
                "bytes per call",
                "with enabled=false",
                "difference");
        for (Engine engine : Engine.values()) {
            for (UnusedWork work : UnusedWork.values()) {
                List<Point> points = points(engine, work);
                if (!points.isEmpty()) {
                    row(table, engine.title() + ", " + work.title(), points);
                }
            }
        }
        return "### Applications without `@Cached`\n\n" + table + "\n";
    }

    private static void row(MarkdownTable table, String title, List<Point> points) {
        Spread nanos = spread(points, Point::nanos);
        Spread nanosOff = spread(points, Point::nanosOff);
        Spread bytes = spread(points, Point::bytes);
        Spread bytesOff = spread(points, Point::bytesOff);
        table.row(
                title,
                nanos.text(),
                nanosOff.text(),
                signed(nanos.minus(nanosOff)),
                Spread.number(bytes.median()),
                Spread.number(bytesOff.median()),
                signed(bytes.minus(bytesOff)));
    }

    private List<Point> points(Engine engine, UnusedWork work) {
        return costs.stream()
                .filter(cost -> cost.engine().equals(engine.id()))
                .flatMap(cost -> cost.points().stream())
                .filter(point -> point.work() == work)
                .toList();
    }

    private static Spread spread(List<Point> points, ToDoubleFunction<Point> figure) {
        return Spread.of(points.stream().mapToDouble(figure).toArray());
    }

    private static String signed(Spread difference) {
        return String.format(
                Locale.ROOT, "%+,.0f (%+,.0f to %+,.0f)", difference.median(), difference.min(), difference.max());
    }
}
