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
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The meters {@code dovetail.backup.*}: when the newest good one was made, how large it is, how long they take, how many failed. */
public final class BackupMetrics implements BackupListener {

    private static final Duration FRESH = Duration.ofMinutes(1);

    private volatile @Nullable Timer duration;
    private volatile @Nullable Counter failures;
    private volatile @Nullable Looked looked;

    /** What was found in the directory, and when by the clock of nanoseconds. */
    private record Looked(@Nullable BackupReport newest, long nanos) {}

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
        looked = null;
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

    /** Gauges of the newest good backup in the directory, whoever made it; looked for once a minute, however often somebody scrapes. */
    public MeterBinder newest(Backups backups) {
        return registry -> {
            Gauge.builder("dovetail.backup.last.success", this, each -> each.madeAt(backups))
                    .description(
                            "When the newest good backup was made, in seconds since 1970; nothing if there is none")
                    .baseUnit("seconds")
                    .register(registry);
            Gauge.builder("dovetail.backup.size", this, each -> each.size(backups))
                    .description("Size of the newest good backup as it is stored")
                    .baseUnit(BaseUnits.BYTES)
                    .register(registry);
        };
    }

    private double madeAt(Backups backups) {
        BackupReport newest = lately(backups);
        return newest == null ? Double.NaN : newest.createdAt().getEpochSecond();
    }

    private double size(Backups backups) {
        BackupReport newest = lately(backups);
        return newest == null ? Double.NaN : newest.size();
    }

    private @Nullable BackupReport lately(Backups backups) {
        long now = System.nanoTime();
        Looked last = looked;
        if (last == null || now - last.nanos() >= FRESH.toNanos()) {
            last = new Looked(backups.newest(), now);
            looked = last;
        }
        return last.newest();
    }
}
