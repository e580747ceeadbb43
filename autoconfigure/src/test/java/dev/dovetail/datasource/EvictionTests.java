package dev.dovetail.datasource;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.SQLExceptionOverride.Override;
import dev.dovetail.engine.DatabaseError;
import dev.dovetail.engine.DescribedSqlException;
import dev.dovetail.engine.ErrorCode;
import dev.dovetail.engine.sqlite.SqliteEngine;
import dev.dovetail.engine.sqlite.SqliteSettings;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** A connection leaves the pool when, and only when, its error says that it is broken. */
class EvictionTests {

    private final Eviction eviction = new Eviction(new SqliteEngine(new SqliteSettings(
            "test.db",
            SqliteSettings.JournalMode.WAL,
            SqliteSettings.Synchronous.NORMAL,
            0,
            0,
            Duration.ofSeconds(1),
            1,
            true,
            SqliteSettings.TempStore.MEMORY,
            SqliteSettings.AutoVacuum.NONE,
            256,
            Map.of())));

    @ParameterizedTest
    @CsvSource({
        "SQLITE_CORRUPT, MUST_EVICT",
        "SQLITE_CORRUPT_INDEX, MUST_EVICT",
        "SQLITE_NOTADB, MUST_EVICT",
        "SQLITE_IOERR, MUST_EVICT",
        "SQLITE_IOERR_FSYNC, MUST_EVICT",
        "SQLITE_CANTOPEN, MUST_EVICT",
        "SQLITE_READONLY_DBMOVED, MUST_EVICT",
        "SQLITE_FULL, DO_NOT_EVICT",
        "SQLITE_BUSY, DO_NOT_EVICT",
        "SQLITE_BUSY_SNAPSHOT, DO_NOT_EVICT",
        "SQLITE_INTERRUPT, DO_NOT_EVICT",
        "SQLITE_CONSTRAINT_UNIQUE, DO_NOT_EVICT",
        "SQLITE_ERROR, DO_NOT_EVICT"
    })
    void followsTheEnginesWord(SQLiteErrorCode code, Override expected) {
        assertThat(eviction.adjudicate(new SQLiteException("as the driver says it", code)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource
    void followsWhatTheLayerFoundOut(ErrorCode code) {
        SQLException error = new DescribedSqlException("described", DatabaseError.of(code, "HY000"), null);

        assertThat(eviction.adjudicate(error) == Override.MUST_EVICT).isEqualTo(code.breaksConnection());
    }
}
