package dev.dovetail.command;

import dev.dovetail.maintenance.OptimizationOptions;
import dev.dovetail.maintenance.OptimizationReport;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;

/** Command {@code optimize}: what is done every night, now. */
public final class OptimizeCommand implements Command {

    private static final String DRY_RUN = "dry-run";
    private static final String REINDEX = "reindex";
    private static final String FULL_VACUUM = "full-vacuum";

    private final Function<OptimizationOptions, OptimizationReport> optimizer;

    /** @param optimizer opens what it needs when the command is run */
    public OptimizeCommand(Function<OptimizationOptions, OptimizationReport> optimizer) {
        this.optimizer = optimizer;
    }

    @Override
    public String name() {
        return "optimize";
    }

    @Override
    public String synopsis() {
        return "[--dry-run] [--reindex] [--full-vacuum]";
    }

    @Override
    public String summary() {
        return "Does what is done every night, or says what it would be";
    }

    @Override
    public Set<String> options() {
        return Set.of(DRY_RUN, REINDEX, FULL_VACUUM);
    }

    @Override
    public void run(CommandCall call) {
        OptimizationReport report =
                optimizer.apply(new OptimizationOptions(call.has(DRY_RUN), call.has(REINDEX), call.has(FULL_VACUUM)));
        report.steps()
                .forEach(step -> call.output()
                        .line(
                                "%-20s %-10s %6d ms  %s",
                                step.step(),
                                step.outcome().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                                step.duration().toMillis(),
                                step.message()));
        if (!report.success()) {
            throw new CommandFailedException("A step failed; see above");
        }
    }
}
