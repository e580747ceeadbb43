package dev.dovetail.monitoring.statistics;

import dev.dovetail.datasource.StatementEvent;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds results of very many rows. The queries are left as they are. Safe for use by several threads. */
final class LargeResults {

    private static final Logger log = LoggerFactory.getLogger(StatementStatistics.class);

    private final long most;
    private final QueryFindings findings = new QueryFindings(LargeResults::warn);

    /** @param most beyond how many rows a result is large; 0 for never */
    LargeResults(long most) {
        this.most = most;
    }

    void read(Fingerprint statement, StatementEvent event, long millis) {
        if (most != 0 && event.rows() > most) {
            findings.seen(statement, event.operation(), false, event.rows(), Instant.ofEpochMilli(millis));
        }
    }

    private static void warn(QueryFinding first) {
        log.warn(
                "A result of {} rows was read, {}: {}. If not all of them are needed, ask for pages or windows. This is said"
                        + " once; the numbers are in database.insights() and in the endpoint's section 'queries'.",
                first.most(),
                Origins.of(first),
                first.text());
    }

    List<QueryFinding> since(Instant moment, int top) {
        return findings.since(moment, top);
    }
}
