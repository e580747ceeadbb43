package dev.dovetail.contract.retention;

import static dev.dovetail.contract.retention.Retention.BOUNDARY;
import static dev.dovetail.contract.retention.Retention.NOW;
import static dev.dovetail.contract.retention.Retention.rule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dovetail.contract.EngineContract;
import dev.dovetail.contract.OwnThread;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import dev.dovetail.engine.EpochUnit;
import dev.dovetail.maintenance.retention.RetentionReport;
import dev.dovetail.maintenance.retention.RetentionRule;
import dev.dovetail.maintenance.retention.RetentionSweeper;
import dev.dovetail.maintenance.retention.SweptTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Deleting while others write, hold locks, end the application, or are in no hurry. */
@EngineContract
@Timeout(120)
class RetentionBesideOthersTests {

    private final TestEngine engine;
    private Retention retention;

    RetentionBesideOthersTests(TestEngine engine) {
        this.engine = engine;
        this.retention = Retention.on(engine);
    }

    @AfterEach
    void end() {
        retention.close();
    }

    @AfterAll
    static void stop() {
        Retention.stop();
    }

    private void fill(String table, int rows) {
        retention.table(table, "id ${bigint} PRIMARY KEY, at ${bigint}, payload ${text}");
        retention.insert("""
                INSERT INTO %s
                WITH RECURSIVE counter(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counter WHERE n < %d)
                SELECT n, CASE WHEN n %% 10 = 0 THEN %d ELSE %d - n END, 'payload of the row ' || n FROM counter""".formatted(table, rows, NOW.toEpochMilli(), BOUNDARY.toEpochMilli()));
        retention.application().template().execute("CREATE INDEX " + table + "_at ON " + table + " (at)");
    }

    private static RetentionRule paused(String table, Duration pause) {
        return new RetentionRule(table, "at", EpochUnit.MILLIS, Retention.KEPT, 1000, null, pause);
    }

    private record Writer(long writes, Duration longest) {}

    /** Writes until the work is done: as often as it can, each in a transaction of its own. */
    private static Writer writeUntil(CompletableFuture<?> done, JdbcOperations jdbc) {
        long writes = 0;
        long longest = 0;
        while (!done.isDone()) {
            long began = System.nanoTime();
            jdbc.update("INSERT INTO journal VALUES (?, 0)", ++writes);
            longest = Math.max(longest, System.nanoTime() - began);
        }
        return new Writer(writes, Duration.ofNanos(longest));
    }

    private Writer writeWhileSwept(int rows, JdbcOperations jdbc) {
        retention.table("journal", "id ${bigint} PRIMARY KEY, at ${bigint}");
        AtomicReference<SweptTable> swept = new AtomicReference<>();
        CompletableFuture<Void> sweep =
                OwnThread.run(() -> swept.set(retention.sweep(paused("event", Duration.ofMillis(20)))));
        Writer writer = writeUntil(sweep, jdbc);
        sweep.join();
        SweptTable table = Objects.requireNonNull(swept.get());
        assertThat(table.error()).isNull();
        assertThat(table.rows()).isEqualTo(rows / 10 * 9L);
        assertThat(retention.count("event")).isEqualTo(rows / 10);
        assertThat(writer.writes()).isGreaterThan(table.batches());
        return writer;
    }

    private JdbcTemplate application() {
        return retention.application().template();
    }

    @Test
    void whoWritesGetsThroughBetweenTheBatches() {
        fill("event", 20_000);

        assertThat(writeWhileSwept(20_000, application()).writes()).isGreaterThan(50);
    }

    @Test
    @Tag("soak")
    void whoWritesNeverWaitsForAQuarterOfASecond() {
        fill("event", 111_120);

        assertThat(writeWhileSwept(111_120, application()).longest()).isLessThan(Duration.ofMillis(250));
    }

    @Test
    @Tag("soak")
    void noIndexMakesNobodyWait() {
        fill("event", 111_120);
        application().execute("DROP INDEX event_at");

        assertThat(writeWhileSwept(111_120, application()).longest()).isLessThan(Duration.ofMillis(250));
    }

    /** With the usual patience: who writes without a pause in another process leaves a gap of microseconds now and then. */
    @Test
    @Tag("soak")
    void anotherProcessWaitsNoLonger() throws SQLException {
        try (TestApplication patient = TestApplication.on(engine);
                Connection foreign = patient.foreignConnection();
                Statement statement = foreign.createStatement()) {
            retention = new Retention(patient);
            fill("event", 111_120);
            if (engine == TestEngine.SQLITE) {
                statement.execute("PRAGMA synchronous = NORMAL");
                statement.execute("PRAGMA busy_timeout = 5000");
            }
            JdbcTemplate jdbc = new JdbcTemplate(new SingleConnectionDataSource(foreign, true));

            assertThat(writeWhileSwept(111_120, jdbc).longest()).isLessThan(Duration.ofMillis(250));
        }
    }

    @Test
    void whatIsSlowIsDeletedInSmallerBatches() {
        fill("event", 400);
        retention.table("log", "id ${bigint}");
        retention.application().template().execute(engine.slowDeletion("event"));

        SweptTable swept = retention.sweep(paused("event", Duration.ZERO));

        assertThat(swept.rows()).isEqualTo(360);
        assertThat(swept.batches()).isGreaterThan(20);
    }

    @Test
    void aTableThatAnotherProcessHasLockedIsReportedAndOthersGoOn() throws SQLException {
        fill("event", 100);
        fill("other", 100);
        RetentionReport report;
        try (Connection foreign = retention.application().foreignConnection();
                Statement statement = foreign.createStatement()) {
            statement.execute(engine == TestEngine.SQLITE ? "BEGIN IMMEDIATE" : "BEGIN");
            statement.execute(engine == TestEngine.SQLITE ? "SELECT 1" : "LOCK TABLE event");
            report = retention
                    .sweeper(paused("event", Duration.ZERO), paused("other", Duration.ZERO))
                    .sweep(false);
            statement.execute("ROLLBACK");
        }

        assertThat(report.tables().get(0).error()).contains("Another transaction held a lock for too long");
        assertThat(report.tables().get(0).rows()).isZero();
        assertThat(report.tables().get(1).rows()).isEqualTo(engine == TestEngine.SQLITE ? 0 : 90);
        assertThat(retention.sweep(paused("event", Duration.ZERO)).rows()).isEqualTo(90);
    }

    @Test
    void anInterruptStopsItBetweenTwoBatches() throws Exception {
        fill("event", 3_000);
        fill("other", 100);
        RetentionSweeper sweeper =
                retention.sweeper(paused("event", Duration.ofMinutes(1)), paused("other", Duration.ofMinutes(1)));
        AtomicReference<RetentionReport> report = new AtomicReference<>();
        Thread thread = new Thread(() -> report.set(sweeper.sweep(false)), "swept");
        thread.start();
        awaitFirstBatch();
        thread.interrupt();
        thread.join();

        assertStopped(Objects.requireNonNull(report.get()));
    }

    @Test
    void theEndOfTheApplicationStopsItBetweenTwoBatches() {
        fill("event", 3_000);
        fill("other", 100);
        RetentionSweeper sweeper =
                retention.sweeper(paused("event", Duration.ofMinutes(1)), paused("other", Duration.ofMinutes(1)));
        AtomicReference<RetentionReport> report = new AtomicReference<>();
        CompletableFuture<Void> sweep = OwnThread.run(() -> report.set(sweeper.sweep(false)));
        awaitFirstBatch();
        sweeper.close();
        sweep.join();

        assertStopped(Objects.requireNonNull(report.get()));
        assertThat(sweeper.sweep(false).tables().get(0).stopped()).isTrue();
    }

    private void assertStopped(RetentionReport report) {
        SweptTable first = report.tables().get(0);
        assertThat(first.stopped()).isTrue();
        assertThat(first.error()).isNull();
        assertThat(first.rows()).isBetween(1L, 2_000L);
        assertThat(retention.count("event")).isEqualTo(3_000 - first.rows());
        assertThat(report.tables().get(1).stopped()).isTrue();
        assertThat(retention.count("other")).isEqualTo(100);
        assertThat(report.isComplete()).isFalse();
    }

    private void awaitFirstBatch() {
        while (retention.count("event") == 3_000) {
            Thread.onSpinWait();
        }
    }

    @Test
    void theEndOfTheApplicationStopsAStatement() throws InterruptedException {
        fill("event", 100);
        RetentionSweeper sweeper = retention.sweeper(
                rule("event", "at", EpochUnit.MILLIS, "(SELECT count(*) FROM (" + engine.slowQuery() + ") s) > 0"));
        CountDownLatch begun = new CountDownLatch(1);
        AtomicReference<RetentionReport> report = new AtomicReference<>();
        CompletableFuture<Void> sweep = OwnThread.run(() -> {
            begun.countDown();
            report.set(sweeper.sweep(false));
        });
        begun.await();
        CompletableFuture<Void> closing = OwnThread.runAfter(Duration.ofMillis(300), sweeper::close);

        assertThat(sweep.orTimeout(20, TimeUnit.SECONDS)).succeedsWithin(Duration.ofSeconds(20));
        closing.join();
        SweptTable swept = Objects.requireNonNull(report.get()).tables().get(0);
        assertThat(swept.stopped()).isTrue();
        assertThat(swept.error()).isNull();
    }

    @Test
    void timeLimitsOfTheApplicationAreNotItsAndComeBackAfterIt() {
        try (TestApplication application = TestApplication.on(
                engine, "dovetail.query-timeout=150ms", "dovetail.postgresql.statement-timeout=150ms")) {
            Retention limited = new Retention(application);
            limited.table("event", "id ${bigint} PRIMARY KEY, at ${bigint}");
            limited.insert("INSERT INTO event VALUES (1, 1)");
            limited.insert("INSERT INTO event VALUES (2, ?)", NOW.toEpochMilli());
            limited.insert("CREATE TABLE kept AS SELECT 1 AS one");

            SweptTable swept = limited.sweep(rule("event", "at", EpochUnit.MILLIS, engine.slowCondition()));

            assertThat(swept.error()).isNull();
            assertThat(swept.rows()).isEqualTo(1);
            assertThat(swept.longestBatch()).isGreaterThan(Duration.ofMillis(150));
            assertThatThrownBy(() -> limited.insert("DELETE FROM kept WHERE " + engine.slowCondition()))
                    .isInstanceOf(DataAccessException.class)
                    .hasMessageContaining("longer than it may");
        }
    }
}
