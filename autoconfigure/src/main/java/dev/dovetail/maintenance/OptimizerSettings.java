package dev.dovetail.maintenance;

import dev.dovetail.coordination.Schedule;
import dev.dovetail.engine.UpkeepSettings;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;

/**
 * When and how the optimizer works.
 *
 * @param enabled whether anything is done by itself
 * @param schedule when the steps are run
 * @param checkpointInterval from each checkpoint to the next; zero for none
 * @param integrityInterval from each examination of a backup to the next
 * @param upkeep from when on steps pay
 */
public record OptimizerSettings(
        boolean enabled,
        Schedule schedule,
        Duration checkpointInterval,
        Duration integrityInterval,
        UpkeepSettings upkeep) {

    /** Those of an application that says nothing else. */
    public static final OptimizerSettings DEFAULTS = new OptimizerSettings(
            true,
            new Schedule(LocalTime.of(2, 0), Duration.ofHours(24), ZoneId.systemDefault()),
            Duration.ofMinutes(5),
            Duration.ofDays(7),
            UpkeepSettings.DEFAULTS);

    /** @throws IllegalArgumentException if a duration is negative, or checkpoints are less than 100 ms apart */
    public OptimizerSettings {
        if (checkpointInterval.isNegative()
                || (!checkpointInterval.isZero() && checkpointInterval.compareTo(Duration.ofMillis(100)) < 0)) {
            throw new IllegalArgumentException(
                    "dovetail.optimizer.checkpoint-interval must be 0 or at least 100ms, but is " + checkpointInterval);
        }
        if (integrityInterval.isNegative()) {
            throw new IllegalArgumentException(
                    "dovetail.optimizer.integrity-interval must not be negative, but is " + integrityInterval);
        }
    }
}
