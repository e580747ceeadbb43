package dev.dovetail.monitoring.health;

import dev.dovetail.datasource.PoolLoad;
import dev.dovetail.datasource.PoolStatus;
import dev.dovetail.engine.Severity;
import dev.dovetail.engine.Threshold;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Which share of each pool's connections was in use, on average since the last evaluation: one look would find a pool full that
 * is full for a millisecond, and miss one that is full most of the time.
 */
final class PoolUseRule implements HealthRule {

    // F27 of those who asked for it: 80 % is where it begins, 85 % is medium.
    private static final double BUSY = 1.0625;
    private static final double EXHAUSTED = 0.98;

    private record Seen(Duration inUse, long nanos) {}

    private final Supplier<List<PoolLoad>> loads;
    private final LongSupplier nanoTime;
    private final Map<String, Seen> before = new HashMap<>();

    PoolUseRule(Supplier<List<PoolLoad>> loads, LongSupplier nanoTime) {
        this.loads = loads;
        this.nanoTime = nanoTime;
    }

    @Override
    public String id() {
        return "pool-use";
    }

    @Override
    public Threshold threshold() {
        return Threshold.share(0.8);
    }

    @Override
    public List<Finding> evaluate(Evaluation evaluation) {
        List<Finding> findings = new ArrayList<>();
        for (PoolLoad load : loads.get()) {
            Seen now = new Seen(load.inUse(), nanoTime.getAsLong());
            Seen last = before.put(load.status().name(), now);
            if (last != null) {
                double use = use(last, now, load.status().maximum());
                if (use >= evaluation.threshold()) {
                    findings.add(finding(evaluation, load.status(), use));
                }
            }
        }
        return findings;
    }

    private static double use(Seen last, Seen now, int maximum) {
        double possible = (double) (now.nanos - last.nanos) * maximum;
        return possible <= 0 ? 0 : Math.min(1, now.inUse.minus(last.inUse).toNanos() / possible);
    }

    private static Finding finding(Evaluation evaluation, PoolStatus pool, double use) {
        String connections = pool.maximum() == 1 ? "its only connection" : "its " + pool.maximum() + " connections";
        return evaluation.degraded(
                pool.name(),
                severity(evaluation, pool, use),
                use,
                "Pool '%s' had %s of %s in use since the last evaluation; %d callers wait now"
                        .formatted(pool.name(), evaluation.shown(use), connections, pool.waiting()),
                pool.maximum() == 1
                        ? "Shorten the transactions that write, and do slow work outside of them."
                        : "Shorten transactions, look for connections that are held for long, or raise the size of the pool.");
    }

    private static Severity severity(Evaluation evaluation, PoolStatus pool, double use) {
        if (use >= EXHAUSTED && pool.waiting() > 0) {
            return Severity.HIGH;
        }
        return use >= evaluation.threshold() * BUSY ? Severity.MEDIUM : Severity.LOW;
    }
}
