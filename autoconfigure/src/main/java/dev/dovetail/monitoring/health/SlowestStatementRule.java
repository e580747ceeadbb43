package dev.dovetail.monitoring.health;

import dev.dovetail.engine.Severity;
import dev.dovetail.engine.Threshold;
import dev.dovetail.monitoring.statistics.StatementInsight;
import dev.dovetail.monitoring.statistics.StatementStatistics;
import java.time.Duration;
import java.util.List;

/** Statements that take very long each time, however few they are among all others: no share and no percentile shows them. */
public final class SlowestStatementRule implements HealthRule {

    public static final String ID = "slowest-statements";
    public static final Threshold THRESHOLD = Threshold.duration(Duration.ofSeconds(5));

    private static final Duration WINDOW = Duration.ofMinutes(15);
    // What runs once a night is slow because it may be.
    private static final int OFTEN = 3;
    private static final int MOST = 10;

    private final StatementStatistics statistics;

    public SlowestStatementRule(StatementStatistics statistics) {
        this.statistics = statistics;
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Threshold threshold() {
        return THRESHOLD;
    }

    @Override
    public List<Finding> evaluate(Evaluation evaluation) {
        return statistics.insights(WINDOW, Integer.MAX_VALUE).slowest().stream()
                .filter(each -> each.count() >= OFTEN && seconds(each) > evaluation.threshold())
                .limit(MOST)
                .map(each -> evaluation.degraded(
                        each.id(),
                        Severity.ofExcess(seconds(each), evaluation.threshold()),
                        seconds(each),
                        "A statement took %s on average, %d times in %d minutes%s"
                                .formatted(
                                        evaluation.shown(seconds(each)),
                                        each.count(),
                                        WINDOW.toMinutes(),
                                        callers(each)),
                        "Section 'queries' of the endpoint has its text and its plan under the id " + each.id() + "."))
                .toList();
    }

    private static double seconds(StatementInsight statement) {
        return statement.meanNanos() / 1e9;
    }

    private static String callers(StatementInsight statement) {
        return statement.callers().isEmpty() ? "" : ", by " + String.join(", ", statement.callers());
    }
}
