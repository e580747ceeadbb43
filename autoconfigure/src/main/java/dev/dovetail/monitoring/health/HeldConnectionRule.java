package dev.dovetail.monitoring.health;

import dev.dovetail.datasource.ConnectionUse;
import dev.dovetail.datasource.PoolLoad;
import dev.dovetail.engine.Severity;
import dev.dovetail.engine.Threshold;
import dev.dovetail.monitoring.statistics.HeldConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Whether somebody has had a connection of a pool for long: in a transaction that does not end, or because it is not given back.
 * Says where, as far as that can be seen from outside, so that taking one costs nothing.
 */
final class HeldConnectionRule implements HealthRule {

    static final String ID = "held-connections";
    static final Threshold THRESHOLD = Threshold.duration(Duration.ofSeconds(60));

    private final Supplier<List<PoolLoad>> loads;

    HeldConnectionRule(Supplier<List<PoolLoad>> loads) {
        this.loads = loads;
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
        List<Finding> findings = new ArrayList<>();
        for (PoolLoad load : loads.get()) {
            ConnectionUse longest = load.longest();
            if (longest != null && seconds(longest) >= evaluation.threshold()) {
                findings.add(finding(
                        evaluation,
                        seconds(longest),
                        HeldConnection.of(load.status().name(), longest)));
            }
        }
        return findings;
    }

    private static Finding finding(Evaluation evaluation, double seconds, HeldConnection held) {
        return evaluation.degraded(
                held.pool(),
                Severity.ofExcess(seconds, evaluation.threshold()),
                seconds,
                "A connection of pool '%s' has been in use for %s%s, by a thread that is in %s now"
                        .formatted(held.pool(), evaluation.shown(seconds), takenBy(held), place(held)),
                "Look there for a transaction that does slow work, or for a stream or a connection that is not closed. If its"
                        + " thread does something else by now, have HikariCP log who took it:"
                        + " spring.datasource.hikari.leak-detection-threshold.");
    }

    private static double seconds(ConnectionUse use) {
        return use.lasting().toNanos() / 1e9;
    }

    private static String takenBy(HeldConnection held) {
        return held.operation() == null ? "" : ", taken by " + held.operation();
    }

    private static String place(HeldConnection held) {
        return held.method() == null ? "no method of the application" : held.method();
    }
}
