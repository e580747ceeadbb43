package dev.dovetail.maintenance;

import dev.dovetail.coordination.Schedule;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** The optimizer's run at its time: the first instance that comes does it, and the others see that it was done. */
public final class ScheduledOptimization {

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

    /**
     * Does it, unless it is done.
     *
     * @return false if somebody else is at it, or at a run that was asked for
     */
    public boolean run() {
        AtomicBoolean alone = new AtomicBoolean();
        optimizer.optimizeIf(() -> {
            alone.set(true);
            return schedule.isDue(clock.instant(), lastRun());
        });
        return alone.get();
    }
}
