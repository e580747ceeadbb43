package dev.dovetail;

import dev.dovetail.cache.CacheOperations;
import dev.dovetail.cache.CacheStatistics;
import dev.dovetail.datasource.PoolStatus;
import dev.dovetail.datasource.RoutingDataSource;
import dev.dovetail.monitoring.advice.Advisor;
import dev.dovetail.monitoring.statistics.HeldConnection;
import dev.dovetail.monitoring.statistics.QueryInsights;
import dev.dovetail.monitoring.statistics.StatementStatistics;
import dev.dovetail.monitoring.statistics.Statistics;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** How much a database is used, and what to do about it. */
final class UsageFigures {

    private final DataSource dataSource;
    private final CacheOperations caches;
    private final @Nullable StatementStatistics statements;
    private final @Nullable Advisor advisor;

    /**
     * @param statements null if they are not watched
     * @param advisor null if nobody gives advice
     */
    UsageFigures(
            DataSource dataSource,
            CacheOperations caches,
            @Nullable StatementStatistics statements,
            @Nullable Advisor advisor) {
        this.dataSource = dataSource;
        this.caches = caches;
        this.statements = statements;
        this.advisor = advisor;
    }

    Statistics statistics() {
        return new Statistics(
                connections(),
                statements == null ? Statistics.Queries.NONE : Statistics.Queries.of(statements.totals()),
                cache());
    }

    // The pools of another data source are not ours to ask.
    private Statistics.Connections connections() {
        RoutingDataSource own = RoutingDataSource.behind(dataSource);
        List<PoolStatus> pools = own == null ? List.of() : own.pools();
        return new Statistics.Connections(
                pools.stream().mapToInt(PoolStatus::active).sum(),
                pools.stream().mapToInt(PoolStatus::total).sum(),
                pools.stream().mapToInt(PoolStatus::peak).sum());
    }

    private Statistics.Cache cache() {
        List<CacheStatistics> each =
                caches.names().stream().map(caches::statistics).toList();
        return Statistics.Cache.of(
                each.stream().mapToLong(CacheStatistics::hits).sum(),
                each.stream().mapToLong(CacheStatistics::misses).sum(),
                each.stream().mapToLong(CacheStatistics::size).sum());
    }

    DatabaseInsights insights(Duration window, int top) {
        if (top < 1 || window.isNegative() || window.isZero()) {
            throw new IllegalArgumentException("Ask for at least one of each, and of a time longer than 0");
        }
        QueryInsights queries = statements == null ? QueryInsights.none(window) : statements.insights(window, top);
        RoutingDataSource own = RoutingDataSource.behind(dataSource);
        return DatabaseInsights.of(
                queries,
                advisor == null ? null : advisor.last().orElse(null),
                caches.advice(),
                own == null ? List.of() : HeldConnection.of(own.loads(), top),
                top);
    }
}
