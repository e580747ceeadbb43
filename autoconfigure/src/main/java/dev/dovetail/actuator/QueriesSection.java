package dev.dovetail.actuator;

import dev.dovetail.monitoring.statistics.MinuteFigures;
import dev.dovetail.monitoring.statistics.PeriodFigures;
import dev.dovetail.monitoring.statistics.QueryInsights;
import dev.dovetail.monitoring.statistics.StatementFigures;
import dev.dovetail.monitoring.statistics.StatementInsight;
import dev.dovetail.monitoring.statistics.StatementStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the statements did. Durations are in milliseconds; there is no value in it, neither bound nor from a text. */
public final class QueriesSection implements EndpointSection {

    private static final double NANOS_PER_MILLI = 1_000_000;

    private final StatementStatistics statistics;

    public QueriesSection(StatementStatistics statistics) {
        this.statistics = statistics;
    }

    @Override
    public String name() {
        return "queries";
    }

    @Override
    public Map<String, Object> show() {
        Map<String, Object> section = new LinkedHashMap<>();
        section.put("slowThresholdMillis", statistics.settings().slow().toMillis());
        section.put("total", period(statistics.totals()));
        section.put("lastHour", period(statistics.totals(QueryInsights.LONGEST_WINDOW)));
        section.putAll(insights(statistics.insights(QueryInsights.LONGEST_WINDOW, QueryInsights.DEFAULT_TOP)));
        section.put(
                "statements",
                statistics.statements().stream().map(QueriesSection::statement).toList());
        section.put("others", statement(statistics.others()));
        return section;
    }

    private static Map<String, Object> insights(QueryInsights insights) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("slowest", executed(insights.slowest()));
        shown.put("mostFrequent", executed(insights.mostFrequent()));
        shown.put("mostTotalTime", executed(insights.mostTotalTime()));
        shown.put("errorPatterns", insights.errorPatterns());
        shown.put("nPlusOne", insights.nPlusOne());
        shown.put("largeResults", insights.largeResults());
        return shown;
    }

    private static List<Map<String, Object>> executed(List<StatementInsight> statements) {
        return statements.stream().map(QueriesSection::executed).toList();
    }

    private static Map<String, Object> executed(StatementInsight statement) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("id", statement.id());
        shown.put("text", statement.text());
        shown.put("count", statement.count());
        shown.put("errors", statement.errors());
        shown.put("meanMillis", millis(statement.meanNanos()));
        shown.put("maxMillis", millis(statement.maxNanos()));
        shown.put("totalMillis", millis(statement.totalNanos()));
        shown.put("callers", statement.callers());
        return shown;
    }

    private static Map<String, Object> statement(StatementFigures figures) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("id", figures.id());
        shown.put("text", figures.text());
        shown.put("query", figures.query());
        shown.put("count", figures.count());
        shown.put("errors", figures.errors());
        shown.put("slow", figures.slow());
        shown.put("rows", figures.rows());
        shown.put("totalMillis", millis(figures.totalNanos()));
        shown.put("meanMillis", millis(figures.meanNanos()));
        shown.put("maxMillis", millis(figures.maxNanos()));
        shown.put("p50Millis", millis(figures.p50Nanos()));
        shown.put("p95Millis", millis(figures.p95Nanos()));
        shown.put("p99Millis", millis(figures.p99Nanos()));
        shown.put("callers", figures.callers());
        shown.put("first", figures.first());
        shown.put("last", figures.last());
        if (figures.plan() != null) {
            shown.put("plan", figures.plan());
        }
        return shown;
    }

    static Map<String, Object> minute(MinuteFigures minute) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("begin", minute.begin());
        shown.putAll(period(minute.figures()));
        return shown;
    }

    private static Map<String, Object> period(PeriodFigures figures) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("count", figures.count());
        shown.put("slow", figures.slow());
        shown.put("failed", figures.failed());
        shown.put("rows", figures.rows());
        shown.put("totalMillis", millis(figures.totalNanos()));
        shown.put("meanMillis", millis(figures.meanNanos()));
        shown.put("maxMillis", millis(figures.maxNanos()));
        shown.put("p50Millis", millis(figures.p50Nanos()));
        shown.put("p95Millis", millis(figures.p95Nanos()));
        shown.put("p99Millis", millis(figures.p99Nanos()));
        return shown;
    }

    private static double millis(long nanos) {
        return nanos / NANOS_PER_MILLI;
    }
}
