package dev.dovetail.monitoring.health;

import dev.dovetail.engine.DatabaseFiles;
import dev.dovetail.engine.Severity;
import dev.dovetail.engine.Threshold;
import java.util.List;

/** Whether the write-ahead log of an embedded database has grown out of measure. */
final class WriteAheadLogRule implements HealthRule {

    static final Threshold THRESHOLD = Threshold.size(256L * 1024 * 1024);

    private final DatabaseFiles files;

    WriteAheadLogRule(DatabaseFiles files) {
        this.files = files;
    }

    @Override
    public String id() {
        return StandardRules.WRITE_AHEAD_LOG;
    }

    @Override
    public Threshold threshold() {
        return THRESHOLD;
    }

    @Override
    public List<Finding> evaluate(Evaluation evaluation) {
        double size = (double) files.writeAheadLogSize();
        if (size <= evaluation.threshold()) {
            return List.of();
        }
        return List.of(evaluation.degraded(
                files.path(),
                Severity.ofExcess(size, evaluation.threshold()),
                size,
                "The write-ahead log has grown to %s, more than %s"
                        .formatted(evaluation.shown(size), evaluation.shownThreshold()),
                "End long read-only transactions and results that are not read to their end; then make a checkpoint"
                        + " (action 'checkpoint' of the endpoint), which makes it small again."));
    }
}
