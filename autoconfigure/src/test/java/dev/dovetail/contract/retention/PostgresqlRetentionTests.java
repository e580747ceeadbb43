package dev.dovetail.contract.retention;

import static dev.dovetail.contract.retention.Retention.BOUNDARY;
import static dev.dovetail.contract.retention.Retention.NOW;
import static dev.dovetail.contract.retention.Retention.rule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dovetail.contract.TestEngine;
import dev.dovetail.engine.EpochUnit;
import dev.dovetail.maintenance.retention.SweptTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What only PostgreSQL has: partitions, locks of single rows, schemas, zones of the server, and rows that are there no more. */
class PostgresqlRetentionTests {

    private final Retention retention = Retention.on(TestEngine.POSTGRESQL);

    @AfterEach
    void end() {
        retention.close();
    }

    @AfterAll
    static void stop() {
        Retention.stop();
    }

    private void execute(String sql) {
        retention.application().template().execute(sql);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ", PRIMARY KEY (id, part)"})
    void aPartitionedTableIsSweptAsAWhole(String key) {
        execute("DROP TABLE IF EXISTS event");
        execute("CREATE TABLE event (id bigint, part int, at timestamptz" + key + ") PARTITION BY LIST (part)");
        for (int part = 0; part < 3; part++) {
            execute("CREATE TABLE event_%d PARTITION OF event FOR VALUES IN (%d)".formatted(part, part));
        }
        execute("""
                INSERT INTO event SELECT n, n %% 3, CASE WHEN n <= 30 THEN timestamptz '%s' ELSE timestamptz '%s' END
                  FROM generate_series(1, 3000) n""".formatted(NOW, BOUNDARY.minusSeconds(1)));

        SweptTable swept = retention.sweep(rule("event", "at"));

        // Rows in two partitions may lie at the same place, and then one is only met by the next sweep.
        assertThat(swept.error()).isNull();
        assertThat(swept.rows()).isEqualTo(2970);
        assertThat(retention.count("event")).isEqualTo(30);
    }

    @Test
    void rowsThatOthersHaveLockedArePassedOver() throws SQLException {
        retention.table("event", "id ${bigint} PRIMARY KEY, at ${timestamp}");
        execute("INSERT INTO event SELECT n, timestamptz '2020-01-01Z' FROM generate_series(1, 500) n");
        SweptTable swept;
        try (Connection other = retention.application().foreignConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.executeUpdate("UPDATE event SET at = now() WHERE id = 250");
            swept = retention.sweep(rule("event", "at"));
            other.commit();
        }

        assertThat(swept.error()).isNull();
        assertThat(swept.rows()).isEqualTo(499);
        assertThat(swept.longestBatch()).isLessThan(Duration.ofSeconds(5));
        assertThat(retention.ids("event")).containsExactly("250");
    }

    @Test
    void rowsThatATriggerKeepsWithoutAWordAreMetOnce() {
        retention.table("event", "id ${bigint} PRIMARY KEY, at ${timestamp}");
        execute("INSERT INTO event SELECT n, timestamptz '2020-01-01Z' FROM generate_series(1, 15000) n");
        execute("""
                CREATE OR REPLACE FUNCTION silent() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;
                CREATE TRIGGER silent BEFORE DELETE ON event FOR EACH ROW EXECUTE FUNCTION silent()""");

        SweptTable swept = retention.sweep(rule("event", "at"));

        assertThat(swept.rows()).isZero();
        assertThat(swept.oldestRemaining()).isNotNull();
    }

    @Test
    void foreignKeysThatAreCheckedAtTheEndRefuseToo() {
        execute("DROP TABLE IF EXISTS child");
        retention.table("event", "id ${bigint} PRIMARY KEY, at ${timestamp}");
        execute("INSERT INTO event SELECT n, timestamptz '2020-01-01Z' FROM generate_series(1, 100) n");
        execute("CREATE TABLE child (event_id bigint REFERENCES event DEFERRABLE INITIALLY DEFERRED)");
        execute("INSERT INTO child VALUES (7)");

        SweptTable swept = retention.sweep(rule("event", "at"));

        assertThat(swept.refused()).isEqualTo(1);
        assertThat(retention.ids("event")).containsExactly("7");
        execute("DROP TABLE child");
    }

    @Test
    void theZoneOfTheServerChangesNothing() {
        execute("DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET timezone = ''Pacific/Kiritimati''',"
                + " current_database()); END $$");
        try {
            retention.table("event", "id ${text} PRIMARY KEY, at timestamp");
            execute(
                    "INSERT INTO event VALUES ('at', '2026-04-16 10:11:12.131415'), ('old', '2026-04-16 10:11:12.131414')");
            assertThat(retention.sweep(rule("event", "at")).oldestRemaining()).isEqualTo(BOUNDARY);
            assertThat(retention.ids("event")).containsExactly("at");
        } finally {
            execute("DO $$ BEGIN EXECUTE format('ALTER DATABASE %I RESET timezone', current_database()); END $$");
        }
    }

    @Test
    void aTableIsNamedWithItsSchema() {
        retention.table("event", "id ${text} PRIMARY KEY, at ${timestamp}");
        execute("INSERT INTO event VALUES ('old', '2020-01-01Z')");

        assertThat(retention.sweep(rule("public.event", "at")).rows()).isEqualTo(1);
        assertThatThrownBy(() -> retention.sweeper(rule("publik.event", "at")).validate())
                .hasMessageContaining("dovetail.optimizer.retention[publik.event].column");
    }

    @Test
    void rowsFromSinceEverGo() {
        retention.table("event", "id ${text} PRIMARY KEY, at ${timestamp}");
        execute("INSERT INTO event VALUES ('ever', '-infinity'), ('never', 'infinity')");

        retention.sweep(rule("event", "at"));

        assertThat(retention.ids("event")).containsExactly("never");
    }

    @Test
    void aTextIsNoMoment() {
        retention.table("event", "id ${text} PRIMARY KEY, at ${text}");

        assertThatThrownBy(() -> retention.sweeper(rule("event", "at")).validate())
                .hasMessageContaining("says no moment");
    }

    @Test
    void numbersOfEveryWidth() {
        retention.table("event", "id ${text} PRIMARY KEY, at integer");
        retention.insert("INSERT INTO event VALUES ('old', 1), ('new', ?)", NOW.getEpochSecond());

        retention.sweep(rule("event", "at", EpochUnit.SECONDS, null));

        assertThat(retention.ids("event")).containsExactly("new");
    }
}
