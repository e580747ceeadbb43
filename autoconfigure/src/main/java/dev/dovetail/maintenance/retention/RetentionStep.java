package dev.dovetail.maintenance.retention;

import dev.dovetail.engine.UpkeepResult;
import dev.dovetail.maintenance.MaintenanceContext;
import dev.dovetail.maintenance.MaintenanceStep;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.springframework.core.Ordered;

/** Retention as the first step of the optimizer: the space of what it deletes is what the others give back. */
public final class RetentionStep implements MaintenanceStep, Ordered {

    /** Under which its results are found. */
    public static final String NAME = "retention";

    private final Supplier<RetentionSweeper> sweeper;

    /** @param sweeper asked for when the step is run first: it compares its rules with tables that migrations make */
    public RetentionStep(Supplier<RetentionSweeper> sweeper) {
        this.sweeper = sweeper;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int getOrder() {
        return RETENTION;
    }

    @Override
    public UpkeepResult run(MaintenanceContext context) {
        RetentionSweeper known = sweeper.get();
        if (known.rules().isEmpty()) {
            return UpkeepResult.notNeeded("No table has a rule (dovetail.optimizer.retention)", Map.of());
        }
        RetentionReport report = known.sweep(context.dryRun());
        Map<String, Object> details = details(report);
        if (!report.isComplete()) {
            return incomplete(report, details);
        }
        if (report.rows() == 0) {
            return UpkeepResult.notNeeded("No row is older than its rule allows", details);
        }
        return report.dryRun()
                ? UpkeepResult.planned("%d row(s) would be deleted".formatted(report.rows()), details)
                : UpkeepResult.done("%d row(s) were deleted".formatted(report.rows()), details);
    }

    private static UpkeepResult incomplete(RetentionReport report, Map<String, Object> details) {
        String errors = report.tables().stream()
                .filter(table -> table.error() != null)
                .map(table -> table.table() + ": " + table.error())
                .collect(Collectors.joining("; "));
        return errors.isEmpty()
                ? UpkeepResult.skipped(
                        "Stopped after %d row(s), because the application ends".formatted(report.rows()), details)
                : UpkeepResult.failed("%d row(s) were deleted, but %s".formatted(report.rows(), errors), details);
    }

    private static Map<String, Object> details(RetentionReport report) {
        Map<String, Object> details = new LinkedHashMap<>();
        report.tables().forEach(table -> details.put(table.table(), described(table)));
        return details;
    }

    private static Map<String, Object> described(SweptTable table) {
        Map<String, Object> described = new LinkedHashMap<>();
        described.put("before", table.before().toString());
        described.put("rows", table.rows());
        described.put("refused", table.refused());
        described.put("oldestRemaining", Objects.toString(table.oldestRemaining(), "none"));
        described.put("longestTransactionMillis", table.longestBatch().toMillis());
        if (!table.warnings().isEmpty()) {
            described.put("warnings", table.warnings());
        }
        return described;
    }
}
