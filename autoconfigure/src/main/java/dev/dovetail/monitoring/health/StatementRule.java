package dev.dovetail.monitoring.health;

import dev.dovetail.engine.Severity;
import dev.dovetail.engine.Threshold;
import java.time.Duration;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** One number about the statements since the last evaluation, if there were enough of them. */
final class StatementRule implements HealthRule {

    private final String id;
    private final Threshold threshold;
    private final ToDoubleFunction<QueryFigures> measure;
    private final String text;
    private final String recommendation;
    private final QueryFigures.Source source;

    private StatementRule(
            String id,
            Threshold threshold,
            ToDoubleFunction<QueryFigures> measure,
            String text,
            String recommendation,
            QueryFigures.Source source) {
        this.id = id;
        this.threshold = threshold;
        this.measure = measure;
        this.text = text;
        this.recommendation = recommendation;
        this.source = source;
    }

    static List<HealthRule> all(QueryFigures.Source source) {
        return List.of(
                new StatementRule(
                        "statement-p95",
                        Threshold.duration(Duration.ofMillis(100)),
                        figures -> figures.p95().toNanos() / 1e9,
                        "5 of 100 statements take longer than %s",
                        "Look at the slowest statements and at the advice on indexes.",
                        source),
                new StatementRule(
                        "slow-statements",
                        Threshold.share(0.1),
                        figures -> (double) figures.slow() / figures.statements(),
                        "%s of the statements are slow",
                        "Look at the slowest statements and at the advice on indexes.",
                        source),
                new StatementRule(
                        "statement-errors",
                        Threshold.share(0.05),
                        figures -> (double) figures.failed() / figures.statements(),
                        "%s of the statements fail",
                        "Look at the patterns of errors, and at the log of the application.",
                        source));
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Threshold threshold() {
        return threshold;
    }

    @Override
    public List<Finding> evaluate(Evaluation evaluation) throws Exception {
        QueryFigures figures = evaluation.shared(QueryFigures.class, source::sinceLastAsked);
        if (figures.statements() < evaluation.minimumSample()) {
            return List.of();
        }
        double measured = measure.applyAsDouble(figures);
        if (measured <= evaluation.threshold()) {
            return List.of();
        }
        String what = text.formatted(evaluation.shown(measured)) + " (of " + figures.statements()
                + " since the last evaluation)";
        return List.of(evaluation.degraded(
                "statements", Severity.ofExcess(measured, evaluation.threshold()), measured, what, recommendation));
    }
}
