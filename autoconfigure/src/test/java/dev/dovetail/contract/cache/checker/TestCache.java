package dev.dovetail.contract.cache.checker;

import dev.dovetail.datasource.TableReading;
import dev.dovetail.datasource.TableStamp;
import dev.dovetail.datasource.TableVersions;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** The least that makes a cache of the protocol: no limits, no shared loads. */
final class TestCache {

    private final TableVersions versions;
    private final Map<Object, Entry> entries = new ConcurrentHashMap<>();
    private final LongAdder hits = new LongAdder();

    TestCache(TableVersions versions) {
        this.versions = versions;
        versions.watch();
    }

    private record Entry(Optional<Object> value, TableStamp stamp) {}

    long hits() {
        return hits.sum();
    }

    /** What was read by any condition. */
    <T> @Nullable T get(Object key, Supplier<? extends @Nullable T> load) {
        return get(key, load, (reading, value) -> reading.stamp());
    }

    /** A row by its id. */
    <T> @Nullable T row(String table, Object id, Supplier<? extends @Nullable T> load) {
        return get(table + id, load, (reading, value) -> reading.stampOfRow(id, value.isPresent()));
    }

    private interface Stamping {
        @Nullable
        TableStamp of(TableReading reading, Optional<Object> value);
    }

    @SuppressWarnings("unchecked")
    private <T> @Nullable T get(Object key, Supplier<? extends @Nullable T> load, Stamping stamping) {
        if (isInReadWriteTransaction()) {
            return load.get();
        }
        Entry known = entries.get(key);
        if (known != null && known.stamp.isCurrent()) {
            hits.increment();
            TableReading.include(known.stamp, Long.MAX_VALUE);
            return (T) known.value.orElse(null);
        }
        return (T) load(key, load, stamping).orElse(null);
    }

    private Optional<Object> load(Object key, Supplier<? extends @Nullable Object> load, Stamping stamping) {
        try (TableReading reading = TableReading.of(versions)) {
            Optional<Object> value = Optional.ofNullable(load.get());
            TableStamp stamp = stamping.of(reading, value);
            if (stamp != null && stamp.isCurrent()) {
                entries.put(key, new Entry(value, stamp));
            }
            return value;
        }
    }

    private static boolean isInReadWriteTransaction() {
        return TransactionSynchronizationManager.isActualTransactionActive()
                && !TransactionSynchronizationManager.isCurrentTransactionReadOnly();
    }
}
