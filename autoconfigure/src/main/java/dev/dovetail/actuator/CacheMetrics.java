package dev.dovetail.actuator;

import dev.dovetail.cache.CacheStatistics;
import dev.dovetail.cache.ResultCaches;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.cache.CacheMeterBinder;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** The meters {@code cache.*} of every cache, also of those that are made later, and {@code dovetail.cache.stale}. */
public final class CacheMetrics implements MeterBinder {

    private static final Tags MANAGER = Tags.of("cache.manager", "dovetail");

    private final ResultCaches caches;

    public CacheMetrics(ResultCaches caches) {
        this.caches = caches;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        caches.forEach(name -> new OneCache(caches, name).bindTo(registry));
    }

    private static final class OneCache extends CacheMeterBinder<ResultCaches> {

        private final ResultCaches caches;
        private final String name;

        OneCache(ResultCaches caches, String name) {
            super(caches, name, MANAGER);
            this.caches = caches;
            this.name = name;
        }

        private long count(ToLongFunction<CacheStatistics> what) {
            return what.applyAsLong(caches.statistics(name));
        }

        @Override
        protected Long size() {
            return count(CacheStatistics::size);
        }

        @Override
        protected long hitCount() {
            return count(CacheStatistics::hits);
        }

        @Override
        protected Long missCount() {
            return count(CacheStatistics::misses);
        }

        @Override
        protected @Nullable Long evictionCount() {
            return count(CacheStatistics::evictions);
        }

        @Override
        protected long putCount() {
            return count(CacheStatistics::puts);
        }

        @Override
        protected void bindImplementationSpecificMetrics(MeterRegistry registry) {
            FunctionCounter.builder("dovetail.cache.stale", caches, all -> count(CacheStatistics::stale))
                    .description("Results that were used although they were too old, as the database did not answer")
                    .tag("cache", name)
                    .register(registry);
        }
    }
}
