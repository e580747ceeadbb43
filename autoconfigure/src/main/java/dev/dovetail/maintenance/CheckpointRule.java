package dev.dovetail.maintenance;

import dev.dovetail.engine.Severity;
import dev.dovetail.engine.Threshold;
import dev.dovetail.monitoring.health.Evaluation;
import dev.dovetail.monitoring.health.Finding;
import dev.dovetail.monitoring.health.HealthRule;
import java.time.Duration;
import java.util.List;

/** Health rule {@code checkpoint-starvation}: readers keep the write-ahead log from being copied into the database. */
public final class CheckpointRule implements HealthRule {

    public static final String ID = "checkpoint-starvation";

    /** In checkpoints in a row that could not copy the log. */
    public static final Threshold THRESHOLD = Threshold.count(CheckpointStatus.ALARMING);

    private final Checkpointer checkpointer;

    public CheckpointRule(Checkpointer checkpointer) {
        this.checkpointer = checkpointer;
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
        double rounds = checkpointer.status().starvedRounds();
        if (rounds == 0 || rounds < evaluation.threshold()) {
            return List.of();
        }
        return List.of(evaluation.degraded(
                "write-ahead log",
                Severity.ofExcess(rounds, evaluation.threshold()),
                rounds,
                "The write-ahead log grows, because somebody has been reading for long" + oldest(),
                "End long read-only transactions and result sets that are not read to their end."));
    }

    // It may be another process that reads.
    private String oldest() {
        Duration read = checkpointer.longestRead();
        return read.isZero()
                ? ""
                : "; the connection that reads for the longest has been in use for %d s".formatted(read.toSeconds());
    }
}
