package dev.dovetail.actuator;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.metrics.micrometer.MicrometerMetricsTrackerFactory;
import dev.dovetail.cache.coherence.CacheCoherence;
import dev.dovetail.datasource.ConnectionListener;
import dev.dovetail.datasource.PoolStatus;
import dev.dovetail.datasource.RoutingDataSource;
import dev.dovetail.engine.ConnectionRole;
import dev.dovetail.engine.DatabaseError;
import dev.dovetail.engine.DatabaseFiles;
import dev.dovetail.transaction.CircuitStates;
import dev.dovetail.transaction.RetryListener;
import dev.dovetail.transaction.TransactionListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The meters {@code dovetail.*}: transactions and what was run again, how long writers waited,
 * how full the pools are, and how large the files of an embedded database have grown.
 *
 * <p>Hears of connections before the registry exists; those few, of the start itself, are not counted.
 */
public final class DatabaseMetrics implements ConnectionListener, RetryListener, TransactionListener {

    private volatile @Nullable MeterRegistry registry;
    private volatile @Nullable Timer writerWait;

    /** Counts into this registry from now on. */
    public void startCounting(MeterRegistry registry) {
        this.registry = registry;
        this.writerWait = Timer.builder("dovetail.writer.wait")
                .description("Time that callers waited for a connection that can write")
                .register(registry);
    }

    @Override
    public void onTransaction(Duration duration, boolean committed) {
        MeterRegistry current = registry;
        if (current != null) {
            Timer.builder("dovetail.transactions")
                    .description("Transactions from their begin to their end")
                    .tag("outcome", committed ? "commit" : "rollback")
                    .register(current)
                    .record(duration);
        }
    }

    @Override
    public void onRetry(String name, DatabaseError error) {
        MeterRegistry current = registry;
        if (current != null) {
            Counter.builder("dovetail.transaction.retries")
                    .description("Units of work that were run again, by what made them fail")
                    .tag("reason", error.code().name().toLowerCase(Locale.ROOT))
                    .register(current)
                    .increment();
        }
    }

    /** A gauge for each pool's circuit: 1 while callers are refused. */
    public static MeterBinder circuit(CircuitStates circuit) {
        return registry -> circuit.states()
                .keySet()
                .forEach(role -> Gauge.builder(
                                "dovetail.circuit.open",
                                circuit,
                                states -> "closed".equals(states.states().get(role)) ? 0 : 1)
                        .description("Whether callers are refused because the database does not answer")
                        .tag("role", role.name().toLowerCase(Locale.ROOT))
                        .register(registry));
    }

    /** A gauge of whether changes by other processes are seen: 0 while nothing is served from caches because of that. */
    public static MeterBinder coherence(CacheCoherence coherence) {
        return registry -> Gauge.builder("dovetail.cache.listening", coherence, DatabaseMetrics::listening)
                .description("Whether changes by other processes are seen; nothing while nothing is cached")
                .register(registry);
    }

    private static double listening(CacheCoherence coherence) {
        if (!coherence.isNeeded()) {
            return Double.NaN;
        }
        return coherence.isHeard() ? 1 : 0;
    }

    @Override
    public void onAcquisition(ConnectionRole role, Duration waited, boolean succeeded) {
        Timer timer = writerWait;
        if (timer != null && role == ConnectionRole.WRITER) {
            timer.record(waited);
        }
    }

    /** Gauges of the pools; also HikariCP's own meters for those that Spring Boot does not see. */
    public static MeterBinder pools(RoutingDataSource dataSource) {
        return registry -> {
            for (PoolStatus pool : dataSource.pools()) {
                Gauge.builder("dovetail.pool.utilisation", () -> now(dataSource, pool.name(), PoolStatus::utilisation))
                        .description("Share of the pool that is in use")
                        .tag("pool", pool.name())
                        .register(registry);
                Gauge.builder("dovetail.pool.waiting", () -> now(dataSource, pool.name(), PoolStatus::waiting))
                        .description("Callers that wait for a connection of the pool")
                        .tag("pool", pool.name())
                        .register(registry);
            }
            for (HikariDataSource pool : dataSource.hikariPools()) {
                if (pool.getMetricsTrackerFactory() == null && pool.getMetricRegistry() == null) {
                    pool.setMetricsTrackerFactory(new MicrometerMetricsTrackerFactory(registry));
                }
            }
        };
    }

    private static double now(RoutingDataSource dataSource, String name, ToDoubleFunction<PoolStatus> number) {
        return dataSource.pools().stream()
                .filter(pool -> pool.name().equals(name))
                .mapToDouble(number)
                .findFirst()
                .orElse(0);
    }

    /** Gauges of an embedded database's files. */
    public static MeterBinder files(DatabaseFiles files) {
        return registry -> {
            Gauge.builder("dovetail.database.size", files, DatabaseFiles::size)
                    .description("Size of the database; on SQLite of its file")
                    .baseUnit(BaseUnits.BYTES)
                    .register(registry);
            Gauge.builder("dovetail.wal.size", files, DatabaseFiles::writeAheadLogSize)
                    .description("Size of the write-ahead log")
                    .baseUnit(BaseUnits.BYTES)
                    .register(registry);
        };
    }
}
