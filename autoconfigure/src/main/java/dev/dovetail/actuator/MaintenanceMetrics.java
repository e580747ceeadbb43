package dev.dovetail.actuator;

import dev.dovetail.engine.LogCheckpoint;
import dev.dovetail.maintenance.CheckpointStatus;
import dev.dovetail.maintenance.Checkpointer;
import dev.dovetail.maintenance.MaintenanceListener;
import dev.dovetail.maintenance.OptimizationReport;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** The meters {@code dovetail.optimizer.*} and {@code dovetail.checkpoint.*}. */
public final class MaintenanceMetrics implements MaintenanceListener {

    private volatile @Nullable MeterRegistry registry;

    /** Counts into this registry from now on. */
    public void startCounting(MeterRegistry meters) {
        registry = meters;
        runs(meters, true);
        runs(meters, false);
        duration(meters);
    }

    private static Counter runs(MeterRegistry meters, boolean success) {
        return Counter.builder("dovetail.optimizer.runs")
                .description("Runs of the optimizer on this instance")
                .tag("outcome", success ? "success" : "failure")
                .register(meters);
    }

    private static Timer duration(MeterRegistry meters) {
        return Timer.builder("dovetail.optimizer.duration")
                .description("Time that runs of the optimizer took")
                .register(meters);
    }

    @Override
    public void onRun(OptimizationReport report) {
        MeterRegistry meters = registry;
        if (meters != null) {
            runs(meters, report.success()).increment();
            duration(meters).record(report.duration());
        }
    }

    @Override
    public void onCheckpoint(LogCheckpoint.Result result) {
        MeterRegistry meters = registry;
        if (meters != null) {
            Counter.builder("dovetail.checkpoint.runs")
                    .description("Checkpoints that were made from time to time")
                    .tag("mode", result.mode().name().toLowerCase(Locale.ROOT))
                    .tag("outcome", result.busy() || result.behind() > 0 ? "busy" : "complete")
                    .register(meters)
                    .increment();
        }
    }

    /** Gauges of the last checkpoint. */
    public static MeterBinder checkpoints(Checkpointer checkpointer) {
        return meters -> {
            Gauge.builder("dovetail.checkpoint.log.pages", checkpointer, last(LogCheckpoint.Result::logPages))
                    .description("Pages in the write-ahead log at the last checkpoint")
                    .register(meters);
            Gauge.builder("dovetail.checkpoint.behind.pages", checkpointer, last(LogCheckpoint.Result::behind))
                    .description("Pages that the last checkpoint could not copy, because somebody was reading")
                    .register(meters);
            Gauge.builder(
                            "dovetail.checkpoint.starved.rounds",
                            checkpointer,
                            each -> each.status().starvedRounds())
                    .description(
                            "For how many checkpoints in a row readers have kept more than 16,384 pages from being copied")
                    .register(meters);
        };
    }

    private static ToDoubleFunction<Checkpointer> last(ToDoubleFunction<LogCheckpoint.Result> part) {
        return checkpointer -> {
            CheckpointStatus status = checkpointer.status();
            LogCheckpoint.Result last = status.last();
            return last == null ? Double.NaN : part.applyAsDouble(last);
        };
    }
}
