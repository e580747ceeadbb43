package dev.dovetail.monitoring.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.datasource.StatementEvent;
import dev.dovetail.engine.ConnectionRole;
import dev.dovetail.engine.DatabaseError;
import dev.dovetail.engine.ErrorCode;
import dev.dovetail.engine.sqlite.SqliteEngine;
import dev.dovetail.engine.sqlite.SqliteSettings;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** When storage has failed, and when that is over. */
class StorageFailuresTests {

    private final AtomicLong nanos = new AtomicLong();
    private final StorageFailures failures = new StorageFailures(
            new SqliteEngine(new SqliteSettings(
                    "unused.db",
                    SqliteSettings.JournalMode.WAL,
                    SqliteSettings.Synchronous.NORMAL,
                    64 << 20,
                    16 << 20,
                    Duration.ofSeconds(5),
                    4,
                    true,
                    SqliteSettings.TempStore.MEMORY,
                    SqliteSettings.AutoVacuum.INCREMENTAL,
                    256,
                    Map.of())),
            nanos::get);

    private void executed(String sql, long transaction, long rows, boolean query) {
        failures.onStatement(
                new StatementEvent(sql, ConnectionRole.WRITER, transaction, 1, 1, 1, rows, query, null, null));
    }

    private void fullAtCommit(long transaction) {
        SQLException full = new SQLiteException("full", SQLiteErrorCode.SQLITE_FULL);
        failures.onCommit(ConnectionRole.WRITER, transaction, full);
    }

    private void committed(long transaction) {
        failures.onCommit(ConnectionRole.WRITER, transaction, null);
    }

    @Test
    void whatIsNotWrittenBeforeTheCommitFailsWithIt() {
        executed("INSERT INTO t VALUES (1)", 7, 1, false);
        fullAtCommit(7);
        assertThat(failures.last()).isPresent();

        executed("INSERT INTO t VALUES (1)", 8, 1, false);
        assertThat(failures.last()).isPresent();
        fullAtCommit(8);
        assertThat(failures.last()).isPresent();

        executed("INSERT INTO t VALUES (1)", 9, 1, false);
        committed(9);
        assertThat(failures.last()).isEmpty();
    }

    @Test
    void whatChangesNoRowIsNoSignThatItIsOver() {
        fullAtCommit(7);
        executed("SELECT 1", 9, 1, true);
        executed("UPDATE t SET a = 1 WHERE false", 9, 0, false);
        committed(9);
        executed("UPDATE t SET a = 1 WHERE false", 0, 0, false);
        assertThat(failures.last()).isPresent();

        executed("INSERT INTO t VALUES (1) RETURNING a", 0, 1, true);
        assertThat(failures.last()).isEmpty();
    }

    @Test
    void whatNobodyHasMetForFiveMinutesIsNotKnownToLast() {
        fullAtCommit(7);
        nanos.addAndGet(Duration.ofMinutes(4).toNanos());
        fullAtCommit(8);
        nanos.addAndGet(Duration.ofMinutes(4).toNanos());
        assertThat(failures.last()).isPresent();

        nanos.addAndGet(Duration.ofMinutes(1).toNanos());
        assertThat(failures.last()).isEmpty();
    }

    @Test
    void damageIsNotForgottenByWaiting() {
        SQLException damaged = new SQLiteException("damaged", SQLiteErrorCode.SQLITE_CORRUPT);
        failures.onCommit(ConnectionRole.WRITER, 7, damaged);
        nanos.addAndGet(Duration.ofDays(1).toNanos());
        fullAtCommit(8);
        assertThat(failures.last()).get().extracting(DatabaseError::code).isEqualTo(ErrorCode.CORRUPT);
    }
}
