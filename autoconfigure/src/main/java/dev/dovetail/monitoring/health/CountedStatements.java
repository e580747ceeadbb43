package dev.dovetail.monitoring.health;

import dev.dovetail.monitoring.statistics.PeriodFigures;
import dev.dovetail.monitoring.statistics.StatementStatistics;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What statements have done between two evaluations, by their statistics. Safe for use by several threads. */
public final class CountedStatements implements QueryFigures.Source {

    private final StatementStatistics statistics;
    private final Duration interval;
    private @Nullable PeriodFigures before;

    /** @param interval between evaluations; what 95 of 100 statements took is that of its whole minutes, and of the running one */
    public CountedStatements(StatementStatistics statistics, Duration interval) {
        this.statistics = statistics;
        this.interval = interval;
    }

    @Override
    public synchronized QueryFigures sinceLastAsked() {
        PeriodFigures now = statistics.totals();
        PeriodFigures last = before;
        before = now;
        Duration p95 = statistics.totals(interval).p95();
        return last == null
                ? new QueryFigures(now.count(), now.slow(), now.failed(), p95)
                : new QueryFigures(
                        now.count() - last.count(), now.slow() - last.slow(), now.failed() - last.failed(), p95);
    }
}
