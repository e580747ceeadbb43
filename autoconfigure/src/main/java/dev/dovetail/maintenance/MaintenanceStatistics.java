package dev.dovetail.maintenance;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The runs of the optimizer that are remembered.
 *
 * @param runs how many there are
 * @param successes in how many of them no step failed
 * @param meanDuration how long those took that have ended; null if there is none
 * @param recent the ten newest, newest first, with their steps
 */
public record MaintenanceStatistics(
        long runs, long successes, @Nullable Duration meanDuration, List<MaintenanceRun> recent) {

    static final MaintenanceStatistics EMPTY = new MaintenanceStatistics(0, 0, null, List.of());

    public MaintenanceStatistics {
        recent = List.copyOf(recent);
    }

    /** The newest one; null if there is none. */
    public @Nullable MaintenanceRun last() {
        return recent.isEmpty() ? null : recent.get(0);
    }
}
