package dev.dovetail.monitoring.statistics;

import dev.dovetail.datasource.StatementEvent;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the same query executed again and again in one transaction, or outside of transactions in one unit of work such as a
 * request: each row of a result read by a query of its own. Safe for use by several threads.
 */
final class RepeatedQueries {

    private static final Logger log = LoggerFactory.getLogger(StatementStatistics.class);

    private final int threshold;
    private final CurrentUnit units;
    private final QueryFindings findings = new QueryFindings(RepeatedQueries::warn);

    // Each application has its own.
    @SuppressWarnings("ThreadLocalUsage")
    private final ThreadLocal<UnitCounts> counts = ThreadLocal.withInitial(UnitCounts::new);

    /** @param threshold how often is too often; 0 for never */
    RepeatedQueries(int threshold, CurrentUnit units) {
        this.threshold = threshold;
        this.units = units;
    }

    void executed(Fingerprint statement, StatementEvent event, long millis) {
        int count = threshold == 0 ? 0 : count(statement.hash(), event.transactionId());
        if (count != 0 && count >= threshold) {
            findings.seen(statement, event.operation(), count > threshold, count, Instant.ofEpochMilli(millis));
        }
    }

    private int count(long query, long transaction) {
        if (transaction != 0) {
            return counts.get().count(transaction, query);
        }
        Object unit = units.current();
        return unit == null ? 0 : counts.get().count(unit, query);
    }

    private static void warn(QueryFinding first) {
        log.warn(
                "The same query ran {} times in one transaction or request, {}: {}. Read what belongs together in one query,"
                        + " by a join or by IN. This is said once; the numbers are in database.insights() and in the"
                        + " endpoint's section 'queries'.",
                first.most(),
                Origins.of(first),
                first.text());
    }

    List<QueryFinding> since(Instant moment, int top) {
        return findings.since(moment, top);
    }
}
