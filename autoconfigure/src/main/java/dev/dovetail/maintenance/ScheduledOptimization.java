package dev.dovetail.maintenance;

import dev.dovetail.coordination.Schedule;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The optimizer's run at its time: the first instance that comes does it, and the others see that it was done. */
public final class ScheduledOptimization implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(ScheduledOptimization.class);

    private final Optimizer optimizer;
    private final Schedule schedule;
    private final Clock clock;

    public ScheduledOptimization(Optimizer optimizer, Schedule schedule, Clock clock) {
        this.optimizer = optimizer;
        this.schedule = schedule;
        this.clock = clock;
    }

    /** When any instance did it last; null if none ever has. */
    public @Nullable Instant lastRun() {
        return optimizer.history().lastScheduled();
    }

    /** Does it, unless another instance does or has done so. */
    @Override
    public void run() {
        Optional<OptimizationReport> report = optimizer.optimizeIf(this::isDue);
        if (report.isEmpty()) {
            log.debug("The scheduled run of the optimizer is another instance's");
        }
    }

    private boolean isDue() {
        return schedule.isDue(clock.instant(), lastRun());
    }
}
