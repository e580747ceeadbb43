package dev.dovetail.autoconfigure;

import dev.dovetail.monitoring.statistics.StatisticsSettings;
import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Watching what the database does.
 *
 * @param enabled Whether statements are watched, rules of health evaluated, and advice is given.
 * @param statements How many different statements are counted one by one, from 1 to 10,000. The others are counted together.
 * @param repeatedQueryThreshold How often the same query in one transaction or request is reported as repeated, at least 2.
 *     Zero for never.
 * @param largeResultRows Beyond how many rows a result is reported as large. Zero for never.
 * @param explainSlowQueries Whether the database is asked for the plan of a slow query, once for each.
 * @param observations Whether calls of repositories, and transactions, are observed by Micrometer, which makes spans of them
 *     where tracing is on.
 */
record MonitoringProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("500") int statements,
        @DefaultValue("10") int repeatedQueryThreshold,
        @DefaultValue("1000") long largeResultRows,
        @DefaultValue("true") boolean explainSlowQueries,
        @DefaultValue("false") boolean observations) {

    StatisticsSettings statistics(Duration slow) {
        return new StatisticsSettings(slow, statements, repeatedQueryThreshold, largeResultRows);
    }
}
