package dev.dovetail.benchmarks.cached;

import dev.dovetail.benchmarks.report.MarkdownTable;
import dev.dovetail.benchmarks.report.Spread;
import dev.dovetail.benchmarks.report.Verdict;
import dev.dovetail.benchmarks.subject.Engine;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** A slow query, asked again and again. */
final class SlowQueryTable {

    private static final double P99_LIMIT = 1;
    private static final double REST_P95_LIMIT = 50;

    private final List<SlowQueryTimes> times;

    SlowQueryTable(List<SlowQueryTimes> times) {
        this.times = times;
    }

    String markdown() {
        if (times.isEmpty()) {
            return "";
        }
        MarkdownTable table =
                new MarkdownTable("ms of a slow query", "first call", "cached, p99", "cached, max", "over HTTP, p95");
        for (Engine engine : measured()) {
            table.row(
                    engine.title(),
                    spread(engine, SlowQueryTimes::coldMillis).text(),
                    small(spread(engine, SlowQueryTimes::p99Millis)),
                    spread(engine, SlowQueryTimes::maxMillis).text(),
                    spread(engine, SlowQueryTimes::restP95Millis).text());
        }
        return "### A slow query\n\n" + table + "\n";
    }

    List<Verdict> verdicts() {
        List<Verdict> verdicts = new ArrayList<>();
        for (Engine engine : measured()) {
            Spread p99 = spread(engine, SlowQueryTimes::p99Millis);
            verdicts.add(new Verdict(
                    engine.title() + ", slow query, cached: p99 in the process < 1 ms",
                    small(p99) + " ms",
                    p99.median() < P99_LIMIT));
            Spread rest = spread(engine, SlowQueryTimes::restP95Millis);
            verdicts.add(new Verdict(
                    engine.title() + ", slow query, cached: p95 over HTTP < 50 ms",
                    rest.text() + " ms",
                    rest.median() < REST_P95_LIMIT));
        }
        return verdicts;
    }

    private List<Engine> measured() {
        return List.of(Engine.values()).stream()
                .filter(engine -> times.stream().anyMatch(each -> each.engine().equals(engine.id())))
                .toList();
    }

    private Spread spread(Engine engine, ToDoubleFunction<SlowQueryTimes> figure) {
        return Spread.of(times.stream()
                .filter(each -> each.engine().equals(engine.id()))
                .mapToDouble(figure)
                .toArray());
    }

    private static String small(Spread millis) {
        return String.format(Locale.ROOT, "%.4f (%.4f–%.4f)", millis.median(), millis.min(), millis.max());
    }
}
