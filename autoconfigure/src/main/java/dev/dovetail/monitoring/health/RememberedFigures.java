package dev.dovetail.monitoring.health;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Statements since the evaluation before the last: what rules judge is also shown. */
public final class RememberedFigures implements QueryFigures.Source, HealthMetrics {

    private final QueryFigures.Source source;
    private volatile @Nullable QueryFigures last;

    public RememberedFigures(QueryFigures.Source source) {
        this.source = source;
    }

    @Override
    public QueryFigures sinceLastAsked() {
        QueryFigures figures = source.sinceLastAsked();
        last = figures;
        return figures;
    }

    @Override
    public String name() {
        return "statements";
    }

    @Override
    public Map<String, Object> read() {
        QueryFigures known = last;
        Map<String, Object> numbers = new LinkedHashMap<>();
        if (known != null) {
            numbers.put("count", known.statements());
            numbers.put("slow", known.slow());
            numbers.put("failed", known.failed());
            numbers.put("p95Millis", known.p95().toNanos() / 1e6);
        }
        return numbers;
    }
}
