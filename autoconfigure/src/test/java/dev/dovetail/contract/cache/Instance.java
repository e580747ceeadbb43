package dev.dovetail.contract.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.cache.coherence.CacheCoherence;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.datasource.TableReading;
import dev.dovetail.datasource.TableStamp;
import dev.dovetail.datasource.TableVersions;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;

/** One of several instances on a database, which follows changes as one with a cache does. */
public final class Instance implements AutoCloseable {

    private static final Duration TO_HEAR = Duration.ofSeconds(10);

    private final TestApplication application;

    private Instance(TestApplication application) {
        this.application = application;
    }

    /** Starts one that hears of others already. */
    public static Instance on(Map<String, String> database, String... properties) {
        TestApplication application = TestApplication.with(database, properties);
        application.bean(TableVersions.class).watch();
        Instance started = new Instance(application);
        Awaitility.await("others are heard").atMost(TO_HEAR).until(started::hears);
        return started;
    }

    public TestApplication application() {
        return application;
    }

    public TableVersions versions() {
        return application.bean(TableVersions.class);
    }

    public boolean hears() {
        return application.bean(CacheCoherence.class).isHeard();
    }

    /** What was read, and what it depends on. */
    public record Kept(long value, TableStamp stamp) {}

    /** Reads a number. */
    public Kept read(String sql) {
        try (TableReading reading = TableReading.of(versions())) {
            long value = application.jdbc().sql(sql).query(Long.class).single();
            return new Kept(value, Objects.requireNonNull(reading.stamp(), sql));
        }
    }

    /** Reads a number, which is current. */
    public Kept current(String sql) {
        Kept[] kept = new Kept[1];
        Awaitility.await("something current is read")
                .atMost(TO_HEAR)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> {
                    kept[0] = read(sql);
                    return kept[0].stamp().isCurrent();
                });
        return kept[0];
    }

    /** Waits until it is not current any more; returns for how long it was, in microseconds. */
    public static long awaitNotCurrent(Kept kept) {
        long started = System.nanoTime();
        while (kept.stamp().isCurrent()) {
            long waited = System.nanoTime() - started;
            assertThat(waited).as("nanoseconds").isLessThan(TO_HEAR.toNanos());
            LockSupport.parkNanos(20_000);
        }
        return (System.nanoTime() - started) / 1000;
    }

    public void execute(String sql) {
        application.template().execute(sql);
    }

    @Override
    public void close() {
        application.close();
    }
}
