package dev.dovetail.cache;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.dovetail.datasource.RoutingDataSource;
import dev.dovetail.datasource.TableVersions;
import dev.dovetail.engine.DatabaseEngine;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Caches that break one of the rules by which what is kept may be used. */
public final class SabotagedCaches {

    private SabotagedCaches() {}

    /** Those where whoever waits for another's load takes it, however old it is when it comes. */
    public static ResultCaches joiningOldLoads(
            CacheSettings settings,
            TableVersions versions,
            DatabaseEngine engine,
            Supplier<@Nullable RoutingDataSource> dataSource) {
        CacheRules rules = new CacheRules(dataSource) {
            @Override
            boolean mayShare(CacheEntry entry) {
                return true;
            }
        };
        return new ResultCaches(settings, versions, Ticker.systemTicker(), rules, engine);
    }

    /** Those that transactions use that write. */
    public static ResultCaches usedByWriters(
            CacheSettings settings,
            TableVersions versions,
            DatabaseEngine engine,
            Supplier<@Nullable RoutingDataSource> dataSource) {
        CacheRules rules = new CacheRules(dataSource) {
            @Override
            boolean mayUseCache() {
                return true;
            }
        };
        return new ResultCaches(settings, versions, Ticker.systemTicker(), rules, engine);
    }
}
