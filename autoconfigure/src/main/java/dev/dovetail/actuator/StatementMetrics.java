package dev.dovetail.actuator;

import dev.dovetail.datasource.StatementEvent;
import dev.dovetail.datasource.StatementListener;
import dev.dovetail.engine.ConnectionRole;
import dev.dovetail.engine.DatabaseEngine;
import dev.dovetail.engine.DatabaseError;
import dev.dovetail.engine.DescribedSqlException;
import dev.dovetail.monitoring.statistics.PeriodFigures;
import dev.dovetail.monitoring.statistics.StatementStatistics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The meters {@code dovetail.statements}: how many there were, and how long they took, by role, kind and outcome. No tag holds
 * a text of a statement, as there may be very many of them. What is done beside the application is not counted.
 *
 * <p>Hears statements before the registry exists; those few, of the start itself, are not counted.
 */
public final class StatementMetrics implements StatementListener {

    private static final String SUCCESS = "success";
    private static final Duration LATELY = Duration.ofMinutes(1);
    private static final Duration OBJECTIVE = Duration.ofMillis(100);

    /** What tells one timer from another. */
    private record Outcome(ConnectionRole role, boolean query, String name) {}

    private final DatabaseEngine engine;
    private final Map<Outcome, Timer> timers = new ConcurrentHashMap<>();
    private volatile @Nullable MeterRegistry registry;

    public StatementMetrics(DatabaseEngine engine) {
        this.engine = engine;
    }

    /** Counts into this registry from now on. */
    public void startCounting(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void onStatement(StatementEvent event) {
        MeterRegistry current = registry;
        if (current == null || event.besideApplication()) {
            return;
        }
        SQLException error = event.error();
        String outcome = error == null ? SUCCESS : code(error);
        timers.computeIfAbsent(new Outcome(event.role(), event.query(), outcome), each -> timer(each, current))
                .record(event.executionNanos(), TimeUnit.NANOSECONDS);
        if (error != null) {
            Counter.builder("dovetail.statements.errors")
                    .description("Statements that failed, by the code of the error")
                    .tag("code", outcome)
                    .register(current)
                    .increment();
        }
    }

    private String code(SQLException error) {
        DatabaseError meaning =
                error instanceof DescribedSqlException described ? described.error() : engine.classify(error);
        return lowerCase(meaning.code());
    }

    private static String lowerCase(Enum<?> name) {
        return name.name().toLowerCase(Locale.ROOT);
    }

    private static Timer timer(Outcome outcome, MeterRegistry registry) {
        return Timer.builder("dovetail.statements")
                .description("Statements executed, without reading their results")
                .tag("role", lowerCase(outcome.role()))
                .tag("kind", outcome.query() ? "query" : "change")
                .tag("outcome", outcome.name())
                .serviceLevelObjectives(OBJECTIVE)
                .register(registry);
    }

    /** A counter of slow statements, and gauges of how long statements took lately. */
    public static MeterBinder ofStatistics(StatementStatistics statistics) {
        return registry -> {
            FunctionCounter.builder(
                            "dovetail.statements.slow",
                            statistics,
                            each -> each.totals().slow())
                    .description("Statements that took as long as dovetail.slow-query-threshold, or longer")
                    .register(registry);
            quantile(registry, statistics, "0.5", PeriodFigures::p50Nanos);
            quantile(registry, statistics, "0.95", PeriodFigures::p95Nanos);
            quantile(registry, statistics, "0.99", PeriodFigures::p99Nanos);
        };
    }

    // Prometheus gets either the percentiles of a timer or its buckets, and only buckets can be added up.
    private static void quantile(
            MeterRegistry registry, StatementStatistics statistics, String share, ToLongFunction<PeriodFigures> nanos) {
        TimeGauge.builder(
                        "dovetail.statements.latency",
                        statistics,
                        TimeUnit.NANOSECONDS,
                        each -> nanos.applyAsLong(each.totals(LATELY)))
                .description(
                        "Time until results were read that this share of statements did not exceed in the last minute")
                .tag("quantile", share)
                .register(registry);
    }
}
