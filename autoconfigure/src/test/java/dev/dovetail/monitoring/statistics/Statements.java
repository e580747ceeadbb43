package dev.dovetail.monitoring.statistics;

import dev.dovetail.datasource.StatementEvent;
import dev.dovetail.engine.ConnectionRole;
import dev.dovetail.engine.DatabaseError;
import dev.dovetail.engine.DescribedSqlException;
import dev.dovetail.engine.ErrorCode;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Statements as the connections tell of them, and a clock that is moved by hand. */
final class Statements {

    static final Instant START = Instant.parse("2026-03-01T10:00:30Z");

    private Statements() {}

    static StatementStatistics statistics(StatisticsSettings settings, Clock clock, CurrentUnit units) {
        return new StatementStatistics(
                settings, error -> DatabaseError.of(ErrorCode.DATABASE_ERROR, "HY000"), clock, units);
    }

    static StatementStatistics statistics(int kept) {
        return statistics(new StatisticsSettings(Duration.ofMillis(200), kept, 10, 1000), new Hand(), CurrentUnit.NONE);
    }

    static StatementEvent query(String sql, long transaction, long millis, long rows, @Nullable String operation) {
        long nanos = TimeUnit.MILLISECONDS.toNanos(millis);
        return new StatementEvent(
                sql, ConnectionRole.READER, transaction, 1, nanos, nanos, rows, true, null, operation);
    }

    static StatementEvent query(String sql, long nanos) {
        return new StatementEvent(sql, ConnectionRole.READER, 0, 1, nanos, nanos, 1, true, null, null);
    }

    static StatementEvent failed(String sql, ErrorCode code) {
        SQLException error = new DescribedSqlException("refused", DatabaseError.of(code, "23505"), null);
        return new StatementEvent(sql, ConnectionRole.WRITER, 0, 1, 1000, 1000, -1, false, error, null);
    }

    /** A clock that stands still until it is moved. */
    static final class Hand extends Clock {

        private volatile Instant now = START;

        void move(Duration by) {
            now = now.plus(by);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
