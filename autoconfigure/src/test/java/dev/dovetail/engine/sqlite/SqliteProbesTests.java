package dev.dovetail.engine.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dovetail.engine.ConnectionRole;
import dev.dovetail.engine.ErrorCode;
import dev.dovetail.engine.HealthProbe;
import dev.dovetail.engine.ProbeFinding;
import dev.dovetail.engine.Severity;
import dev.dovetail.engine.sqlite.SqliteSettings.AutoVacuum;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each question to a file with something that it must find, and something that it must not. */
class SqliteProbesTests {

    private static final String TABLE = "CREATE TABLE item (number INTEGER, filler TEXT)";

    private static final String ROWS = """
            INSERT INTO item
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000)
            SELECT i, printf('%.400c', 'x') FROM n""";

    private final AtomicLong nanos = new AtomicLong();

    @TempDir
    Path directory;

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @ParameterizedTest
    @EnumSource(AutoVacuum.class)
    void everyQuestionIsForWhoCannotWriteAndAnEmptyFileIsWell(AutoVacuum autoVacuum) throws SQLException {
        try (ProbedFile file = new ProbedFile(directory, autoVacuum, Map.of())) {
            for (HealthProbe probe : SqliteProbes.all()) {
                assertThat(probe.role()).as(probe.id()).isEqualTo(ConnectionRole.READER);
                assertThat(file.ask(probe)).as(probe.id()).isEmpty();
            }
        }
        assertThat(SqliteProbes.all())
                .extracting(HealthProbe::id)
                .containsExactly("page-limit", "sequences", "free-pages", "missing-statistics");
    }

    @Test
    void whoeverHoldsTheWriterIsNotWaitedFor() throws SQLException {
        try (ProbedFile file = new ProbedFile(directory)) {
            file.execute(
                    "CREATE TABLE item (number INTEGER UNIQUE)",
                    "BEGIN IMMEDIATE",
                    "INSERT INTO item VALUES (1)",
                    "CREATE TABLE other (number INTEGER UNIQUE)");
            long before = System.nanoTime();
            for (HealthProbe probe : SqliteProbes.all()) {
                assertThat(file.ask(probe)).as(probe.id()).isEmpty();
            }
            // The busy timeout is five.
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(4));
            file.execute("ROLLBACK");
        }
    }

    @Test
    void pageLimit() throws SQLException {
        try (ProbedFile file = new ProbedFile(directory, AutoVacuum.INCREMENTAL, Map.of("max_page_count", "100"))) {
            file.execute("CREATE TABLE item (content blob)");
            fill(file, 89);
            assertThat(file.ask(new PageLimitProbe())).isEmpty();

            fill(file, 90);
            assertThat(file.ask(new PageLimitProbe())).singleElement().satisfies(found -> {
                assertThat(found.subject()).endsWith("app.db");
                assertThat(found.measured()).isEqualTo(0.9);
                assertThat(found.severity()).isEqualTo(Severity.HIGH);
                assertThat(found.text()).startsWith("90 of the 100 pages");
            });

            fill(file, 98);
            assertThat(file.ask(new PageLimitProbe()))
                    .singleElement()
                    .extracting(ProbeFinding::severity)
                    .isEqualTo(Severity.CRITICAL);
            assertFull(file, "INSERT INTO item VALUES (zeroblob(100000))");

            // Pages that hold nothing are room.
            file.execute("DELETE FROM item");
            assertThat(file.ask(new PageLimitProbe())).isEmpty();
        }
    }

    // Each of these rows takes a page of its own.
    private static void fill(ProbedFile file, long pages) throws SQLException {
        while (SqlitePragma.number(file.writer(), "page_count") < pages) {
            file.execute("INSERT INTO item VALUES (zeroblob(4000))");
        }
    }

    /** What was warned of. */
    private static void assertFull(ProbedFile file, String insert) {
        assertThatThrownBy(() -> file.execute(insert))
                .isInstanceOfSatisfying(
                        SQLException.class,
                        e -> assertThat(SqliteErrors.classify(e).code()).isEqualTo(ErrorCode.STORAGE_FULL));
    }

    @Test
    void sequences() throws SQLException {
        try (ProbedFile file = new ProbedFile(directory)) {
            file.execute(
                    "CREATE TABLE plain (id INTEGER PRIMARY KEY)", "INSERT INTO plain VALUES (9223372036854775807)");
            assertThat(file.ask(new AutoincrementProbe())).isEmpty();
            file.execute(
                    "CREATE TABLE \"it's\" (id INTEGER PRIMARY KEY AUTOINCREMENT)",
                    "CREATE TABLE few (id INTEGER PRIMARY KEY AUTOINCREMENT)",
                    "INSERT INTO few VALUES (1000000)",
                    "INSERT INTO \"it's\" VALUES (8000000000000000000)");
            assertThat(file.ask(new AutoincrementProbe())).isEmpty();

            file.execute("INSERT INTO \"it's\" VALUES (9000000000000000000)");
            assertThat(file.ask(new AutoincrementProbe())).singleElement().satisfies(found -> {
                assertThat(found.subject()).isEqualTo("it's");
                assertThat(found.severity()).isEqualTo(Severity.HIGH);
                assertThat(found.text()).contains("97.6 %");
            });

            file.execute("INSERT INTO \"it's\" VALUES (9223372036854775807)");
            ProbeFinding found = file.ask(new AutoincrementProbe()).get(0);
            assertThat(found.severity()).isEqualTo(Severity.CRITICAL);
            assertFull(file, "INSERT INTO \"it's\" DEFAULT VALUES");

            // As it is recommended.
            String update = found.recommendation().replaceAll(".* then (UPDATE .*)\\.", "$1");
            file.execute("DELETE FROM \"it's\"", update, "INSERT INTO \"it's\" DEFAULT VALUES");
            assertThat(file.ask(new AutoincrementProbe())).isEmpty();
        }
    }

    @Test
    void freePages() throws SQLException {
        try (ProbedFile file = new ProbedFile(directory, AutoVacuum.NONE, Map.of())) {
            HealthProbe probe = new FreePagesProbe(64 << 10, new Lasting(nanos::get));
            HealthProbe usual = new FreePagesProbe(FreePagesProbe.MANY, new Lasting(nanos::get));
            file.execute(TABLE, ROWS, "DELETE FROM item WHERE number > 100");
            assertThat(file.ask(probe)).isEmpty();
            assertThat(file.ask(usual)).isEmpty();
            pass(Duration.ofHours(23));
            assertThat(file.ask(probe)).isEmpty();

            pass(Duration.ofHours(1));
            assertThat(file.ask(probe)).singleElement().satisfies(found -> {
                assertThat(found.subject()).endsWith("app.db");
                assertThat(found.measured()).isGreaterThan(0.5);
                assertThat(found.severity()).isEqualTo(Severity.LOW);
                assertThat(found.text()).contains("KB have been free for a day");
            });
            // A file of this size is nobody's concern.
            assertThat(file.ask(usual)).isEmpty();

            // Whoever fills it each night needs the room.
            file.execute(ROWS);
            assertThat(file.ask(probe)).isEmpty();
            file.execute("DELETE FROM item");
            assertThat(file.ask(probe)).isEmpty();
            pass(Duration.ofDays(1));
            assertThat(file.ask(probe)).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = AutoVacuum.class,
            names = {"FULL", "INCREMENTAL"})
    void freePagesThatAreGivenBackAreNotFound(AutoVacuum autoVacuum) throws SQLException {
        try (ProbedFile file = new ProbedFile(directory, autoVacuum, Map.of())) {
            HealthProbe probe = new FreePagesProbe(0, new Lasting(nanos::get));
            file.execute(TABLE, ROWS, "DELETE FROM item");
            for (int day = 0; day < 3; day++) {
                assertThat(file.ask(probe)).isEmpty();
                pass(Duration.ofDays(1));
            }
        }
    }
}
