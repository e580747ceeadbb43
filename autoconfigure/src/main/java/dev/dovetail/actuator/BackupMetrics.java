package dev.dovetail.actuator;

import dev.dovetail.backup.BackupException;
import dev.dovetail.backup.BackupListener;
import dev.dovetail.backup.BackupReport;
import dev.dovetail.backup.Backups;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.jspecify.annotations.Nullable;

/** The meters {@code dovetail.backup.*}: when the newest good one was made, how large it is, how long they take, how many failed. */
public final class BackupMetrics implements BackupListener {

    private volatile @Nullable Timer duration;
    private volatile @Nullable Counter failures;

    /** Counts into this registry from now on. */
    public void startCounting(MeterRegistry registry) {
        duration = Timer.builder("dovetail.backup.duration")
                .description("Time that backups took to make and to verify")
                .register(registry);
        failures = Counter.builder("dovetail.backup.failures")
                .description("Backups that could not be made")
                .register(registry);
    }

    @Override
    public void onBackup(BackupReport report) {
        Timer timer = duration;
        if (timer != null) {
            timer.record(report.duration());
        }
    }

    @Override
    public void onFailure(BackupException failure) {
        Counter counter = failures;
        if (counter != null) {
            counter.increment();
        }
    }

    /** Gauges of the newest good backup in the directory, whoever made it. */
    public static MeterBinder newest(Backups backups) {
        return registry -> {
            Gauge.builder("dovetail.backup.last.success", backups, BackupMetrics::madeAt)
                    .description(
                            "When the newest good backup was made, in seconds since 1970; nothing if there is none")
                    .baseUnit("seconds")
                    .register(registry);
            Gauge.builder("dovetail.backup.size", backups, BackupMetrics::size)
                    .description("Size of the newest good backup as it is stored")
                    .baseUnit(BaseUnits.BYTES)
                    .register(registry);
        };
    }

    private static double madeAt(Backups backups) {
        BackupReport newest = backups.newest();
        return newest == null ? Double.NaN : newest.createdAt().getEpochSecond();
    }

    private static double size(Backups backups) {
        BackupReport newest = backups.newest();
        return newest == null ? Double.NaN : newest.size();
    }
}
