package dev.dovetail.maintenance;

import dev.dovetail.engine.UpkeepResult;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs steps one after the other, whatever becomes of each. */
final class StepRunner {

    private static final Logger log = LoggerFactory.getLogger(StepRunner.class);

    private final MaintainedDatabase database;
    private final List<MaintenanceStep> steps;
    private volatile boolean ended;
    private volatile @Nullable MaintenanceContext current;

    StepRunner(MaintainedDatabase database, List<MaintenanceStep> steps) {
        this.database = database;
        this.steps = List.copyOf(steps);
    }

    /**
     * @param allowed asked before each step; as soon as it says no, the rest is left out
     * @param entered told of each step that begins
     */
    OptimizationReport run(
            OptimizationOptions options, Instant startedAt, BooleanSupplier allowed, Consumer<String> entered) {
        long began = System.nanoTime();
        List<StepResult> results = new ArrayList<>();
        Long first = database.size();
        Long before = first;
        boolean goesOn = true;
        for (MaintenanceStep step : steps) {
            entered.accept(step.name());
            goesOn = goesOn && goesOn() && allowed.getAsBoolean();
            StepResult result = goesOn ? run(step, options, before) : left(step, before);
            before = result.bytesAfter();
            results.add(result);
            log.debug("Step '{}': {}, {}", result.step(), result.outcome(), result.message());
        }
        return new OptimizationReport(
                options.dryRun(), startedAt, since(began), first, before, !goesOn || !goesOn(), results);
    }

    private boolean goesOn() {
        return !ended && !Thread.currentThread().isInterrupted();
    }

    private static StepResult left(MaintenanceStep step, @Nullable Long before) {
        UpkeepResult left = UpkeepResult.skipped(
                "The application ends, this run was interrupted, or another instance has begun one", Map.of());
        return StepResult.of(step.name(), left, Duration.ZERO, before, before);
    }

    private StepResult run(MaintenanceStep step, OptimizationOptions options, @Nullable Long before) {
        long began = System.nanoTime();
        UpkeepResult result = result(step, options);
        Duration duration = since(began);
        return StepResult.of(step.name(), result, duration, before, options.dryRun() ? before : database.size());
    }

    private static Duration since(long began) {
        return Duration.ofNanos(System.nanoTime() - began);
    }

    private UpkeepResult result(MaintenanceStep step, OptimizationOptions options) {
        MaintenanceContext context = new MaintenanceContext(
                database.engine(), database.upkeep(), database.connections(), options, database::isIdle, this::goesOn);
        current = context;
        try {
            return Objects.requireNonNull(step.run(context), "a step's result");
        } catch (Throwable e) {
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            log.warn("Step '{}' of the optimizer failed; the others are run all the same", step.name(), e);
            return UpkeepResult.failed(reason(e), Map.of());
        } finally {
            current = null;
            close(context);
        }
    }

    // The database's own text may quote a row.
    private String reason(Throwable failure) {
        return database.describe(failure)
                .map(error -> error.summary() + " (SQLState " + error.sqlState() + ')')
                .orElseGet(() -> failure.getClass().getSimpleName() + ": " + failure.getMessage());
    }

    private static void close(MaintenanceContext context) {
        try {
            context.close();
        } catch (SQLException e) {
            log.debug("A connection of the optimizer could not be closed", e);
        }
    }

    /** Begins no further step, and tells the one that runs. */
    void end() {
        ended = true;
    }

    /** Has the database stop the step that runs. */
    void abort() throws SQLException {
        MaintenanceContext running = current;
        if (running != null) {
            running.abort();
        }
    }
}
