package dev.dovetail.monitoring.statistics;

import dev.dovetail.datasource.StatementEvent;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** One line for a slow statement, with all that helps to find it and no value; the same statement once a minute. */
final class SlowStatementLog {

    private static final Logger log = LoggerFactory.getLogger(StatementStatistics.class);

    // As Micrometer's tracing, OpenTelemetry's agent and Elastic's agent call it.
    private static final List<String> TRACE_KEYS = List.of("traceId", "trace_id", "trace.id");
    private static final String TRANSACTION_KEY = "transactionId";

    private SlowStatementLog() {}

    static void warn(Fingerprint statement, StatementEvent event, Throttle throttle, long millis) {
        if (log.isWarnEnabled()) {
            int before = throttle.admit(millis);
            if (before != Throttle.REFUSED) {
                log.warn("Slow statement: {}: {}", context(event, before), statement.text());
            }
        }
    }

    private static String context(StatementEvent event, int before) {
        StringBuilder line = new StringBuilder();
        line.append(TimeUnit.NANOSECONDS.toMillis(event.totalNanos())).append(" ms, ");
        line.append(rows(event)).append(", ").append(Origins.named(event.operation()));
        line.append(", on the ").append(event.role().name().toLowerCase(Locale.ROOT));
        append(line, "batch of ", event.batchSize() > 1 ? String.valueOf(event.batchSize()) : null);
        append(line, "transaction ", transaction(event));
        append(line, "trace ", trace());
        append(line, "failed: ", event.error() == null ? null : event.error().getSQLState());
        if (before > 0) {
            line.append(", and ").append(before).append(" more time(s) since it was last said");
        }
        return line.toString();
    }

    private static void append(StringBuilder line, String what, @Nullable String value) {
        if (value != null) {
            line.append(", ").append(what).append(value);
        }
    }

    private static String rows(StatementEvent event) {
        if (event.rows() < 0) {
            return "an unknown number of rows";
        }
        return event.rows() + (event.query() ? " row(s) read" : " row(s) changed");
    }

    // The id that other lines of the log have, if there is one.
    private static @Nullable String transaction(StatementEvent event) {
        String id = MDC.get(TRANSACTION_KEY);
        if (event.transactionId() == 0) {
            return null;
        }
        return id == null ? String.valueOf(event.transactionId()) : id;
    }

    private static @Nullable String trace() {
        for (String key : TRACE_KEYS) {
            String value = MDC.get(key);
            if (value != null) {
                return value;
            }
        }
        return null;
    }
}
