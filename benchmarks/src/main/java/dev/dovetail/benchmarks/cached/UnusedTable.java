package dev.dovetail.benchmarks.cached;

import dev.dovetail.benchmarks.cached.UnusedCost.Point;
import dev.dovetail.benchmarks.report.MarkdownTable;
import dev.dovetail.benchmarks.report.Spread;
import dev.dovetail.benchmarks.subject.Engine;
import dev.dovetail.benchmarks.turns.Call;
import java.util.ArrayList;
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
                "CPU ns",
                "with enabled=false",
                "difference",
                "bytes",
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
        List<String> cells = new ArrayList<>(List.of(title));
        for (ToDoubleFunction<Call> figure :
                List.<ToDoubleFunction<Call>>of(Call::nanos, Call::cpuNanos, Call::bytes)) {
            Spread on = spread(points, point -> figure.applyAsDouble(point.on()));
            Spread off = spread(points, point -> figure.applyAsDouble(point.off()));
            cells.addAll(List.of(Spread.number(on.median()), Spread.number(off.median()), signed(on.minus(off))));
        }
        table.row(cells.toArray(String[]::new));
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
        return "%s (%s to %s)".formatted(whole(difference.median()), whole(difference.min()), whole(difference.max()));
    }

    private static String whole(double number) {
        long rounded = Math.round(number);
        return rounded == 0 ? "0" : String.format(Locale.ROOT, "%+,d", rounded);
    }
}
