package dev.dovetail.contract.retention;

import static dev.dovetail.contract.retention.Retention.BOUNDARY;
import static dev.dovetail.contract.retention.Retention.NOW;
import static dev.dovetail.contract.retention.Retention.rule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dovetail.contract.TestEngine;
import dev.dovetail.engine.EpochUnit;
import dev.dovetail.maintenance.retention.SweptTable;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that others wrote, whose columns hold what they like, and tables that only SQLite has. */
class SqliteRetentionTests {

    private static final Instant LAST = BOUNDARY.minus(Duration.ofSeconds(1));

    private final Retention retention = Retention.on(TestEngine.SQLITE);

    @AfterEach
    void end() {
        retention.close();
    }

    @AfterAll
    static void stop() {
        Retention.stop();
    }

    private void event(String id, Object at) {
        retention.insert("INSERT INTO event VALUES (?, ?)", id, at);
    }

    // 2026-04-16T10:11:12.131415Z is the boundary.
    @ParameterizedTest
    @ValueSource(strings = {"DATETIME", "TIMESTAMP", "TIMESTAMPTZ", "TEXT", "VARCHAR(40)"})
    void textsOfEveryFormThatSqliteReadsAreCompared(String type) {
        retention.table("event", "id TEXT PRIMARY KEY, at " + type);
        event("old-blank", "2026-04-16 10:11:11");
        event("old-t", "2026-04-16T10:11:11.999");
        event("old-z", "2026-04-16T10:11:11Z");
        event("old-east", "2026-04-17 00:11:11+14:00");
        event("old-west", "2026-04-15T22:11:11-12:00");
        event("old-date", "2026-04-16");
        event("old-1900", "1900-01-01 00:00:00");
        event("young-blank", "2026-04-16 10:11:13");
        event("young-t", "2026-04-16T10:11:13Z");
        event("young-west", "2026-04-15T22:11:13-12:00");
        event("young-east", "2026-04-17 00:11:13+14:00");
        event("young-date", "2026-04-17");

        SweptTable swept = retention.sweep(rule("event", "at"));

        assertThat(retention.ids("event"))
                .allMatch(id -> id.startsWith("young"))
                .hasSize(5);
        assertThat(swept.error()).isNull();
        assertThat(swept.oldestRemaining()).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"DATETIME", "TEXT", "DATE"})
    void whatIsNoMomentStaysAndIsCounted(String type) {
        retention.table("event", "id TEXT PRIMARY KEY, at " + type);
        event("old", "2020-01-01 00:00:00");
        event("stays-empty", "");
        event("stays-zero", 0);
        event("stays-negative", -5);
        event("stays-real", 1.5);
        event("stays-millis", 1_500_000_000_000L);
        event("stays-day-first", "01/02/2020");
        event("stays-word", "n/a");
        event("stays-blob", new byte[] {1});
        event("young", "2026-07-01 00:00:00");

        SweptTable swept = retention.sweep(rule("event", "at"));

        assertThat(retention.ids("event")).hasSize(9).doesNotContain("old");
        assertThat(swept.warnings()).anyMatch(warning -> warning.startsWith("8 row(s) stay"));
    }

    @Test
    void numbersInAColumnOfDatesNeedTheirUnit() {
        retention.table("event", "id TEXT PRIMARY KEY, at DATETIME");
        event("old", LAST.toEpochMilli());
        event("new", NOW.toEpochMilli());

        assertThatThrownBy(() -> retention.sweep(rule("event", "at")))
                .hasMessageContaining("dovetail.optimizer.retention.event.column")
                .hasMessageContaining("unit");
        event("text", "2020-01-01 00:00:00");
        retention.sweep(rule("event", "at", EpochUnit.MILLIS, null));

        assertThat(retention.ids("event")).containsExactly("new", "text");
        assertThatThrownBy(() -> retention.sweep(rule("event", "at", EpochUnit.MICROS, null)))
                .hasMessageContaining("dovetail.optimizer.retention.event.unit");
    }

    @Test
    void ourDateTimesAreComparedToTheMicrosecond() {
        retention.table("event", "id TEXT PRIMARY KEY, at ${datetime}");
        event("empty", "");
        event("number", 5);
        event("old", "2026-04-16 10:11:12.131414");
        event("young", "2026-04-16 10:11:12.131415");

        retention.sweep(rule("event", "at"));

        assertThat(retention.ids("event")).containsExactly("empty", "number", "young");
    }

    @Test
    void aTableWithoutRowid() {
        retention.application().template().execute("DROP TABLE IF EXISTS event");
        retention.application().template().execute("""
                CREATE TABLE event (id TEXT, part BLOB, at INTEGER, PRIMARY KEY (id, part)) WITHOUT ROWID""");
        for (int i = 0; i < 300; i++) {
            retention.insert(
                    "INSERT INTO event VALUES (?, ?, ?)",
                    "id",
                    new byte[] {(byte) i, (byte) (i >> 8)},
                    i < 290 ? 1 : NOW.toEpochMilli());
        }

        assertThat(retention.sweep(rule("event", "at", EpochUnit.MILLIS, null)).rows())
                .isEqualTo(290);
        assertThat(retention.count("event")).isEqualTo(10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rowid TEXT", "rowid TEXT, _rowid_ TEXT"})
    void aColumnWithTheNameOfTheRowsNumberIsNotTakenForIt(String columns) {
        retention.table("event", "id TEXT, at INTEGER, " + columns);
        retention.insert("INSERT INTO event (id, at) VALUES ('old', 1)");
        retention.insert("INSERT INTO event (id, at) VALUES ('new', ?)", NOW.getEpochSecond());

        retention.sweep(rule("event", "at", EpochUnit.SECONDS, null));

        assertThat(retention.ids("event")).containsExactly("new");
    }

    @Test
    void whereNothingTellsRowsApartTheRuleIsRefused() {
        retention.table("event", "rowid TEXT, _rowid_ TEXT, oid TEXT, at INTEGER");

        assertThatThrownBy(() -> retention
                        .sweeper(rule("event", "at", EpochUnit.SECONDS, null))
                        .validate())
                .hasMessageContaining("no primary key");
    }

    @Test
    void aTextColumnOfOtherThingsIsRefused() {
        retention.table("event", "id TEXT, title TEXT");
        retention.insert("INSERT INTO event VALUES ('1', 'Alpha')");

        assertThatThrownBy(() -> retention.sweeper(rule("event", "title")).validate())
                .hasMessageContaining("dovetail.optimizer.retention.event.column")
                .hasMessageContaining("no row");
    }
}
