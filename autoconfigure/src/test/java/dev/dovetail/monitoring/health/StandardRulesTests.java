package dev.dovetail.monitoring.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.datasource.ConnectionUse;
import dev.dovetail.datasource.Outage;
import dev.dovetail.datasource.PoolLoad;
import dev.dovetail.datasource.PoolStatus;
import dev.dovetail.datasource.StatementEvent;
import dev.dovetail.engine.AppliedSetting;
import dev.dovetail.engine.AppliedSetting.Importance;
import dev.dovetail.engine.Capabilities;
import dev.dovetail.engine.ConnectionRole;
import dev.dovetail.engine.DatabaseEngine;
import dev.dovetail.engine.DatabaseError;
import dev.dovetail.engine.DatabaseFiles;
import dev.dovetail.engine.DatabaseInfo;
import dev.dovetail.engine.ErrorCode;
import dev.dovetail.engine.Severity;
import dev.dovetail.engine.sqlite.SqliteEngine;
import dev.dovetail.engine.sqlite.SqliteSettings;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each rule with something that trips it, and something that must not. */
class StandardRulesTests {

    private static final long MB = 1024L * 1024;
    private static final long GB = 1024 * MB;

    private static Evaluation evaluation(HealthRule rule) {
        return new Evaluation(rule, rule.threshold(), 100, new SharedFacts(Instant.now()));
    }

    private record Files(boolean inPlace, long writeAheadLogSize) implements DatabaseFiles {

        @Override
        public String path() {
            return "/data/shop.db";
        }

        @Override
        public long size() {
            return 1;
        }
    }

    @Test
    void databaseFile() {
        assertThat(Evaluations.of(new DatabaseFileRule(new Files(true, 0)))).isEmpty();
        assertThat(Evaluations.of(new DatabaseFileRule(new Files(false, 0))))
                .singleElement()
                .satisfies(found -> {
                    assertThat(found.effect()).isEqualTo(Finding.Effect.DOWN);
                    assertThat(found.severity()).isEqualTo(Severity.CRITICAL);
                    assertThat(found.text()).contains("/data/shop.db", "deleted or replaced");
                });
    }

    @ParameterizedTest
    @CsvSource({"256,", "257,LOW", "400,MEDIUM", "700,HIGH"})
    void writeAheadLog(long megabytes, Severity expected) {
        List<Finding> found = Evaluations.of(new WriteAheadLogRule(new Files(true, megabytes * MB)));
        assertThat(found).extracting(Finding::severity).isEqualTo(expected == null ? List.of() : List.of(expected));
    }

    @ParameterizedTest
    @CsvSource({
        // free MB, total MB, rules
        "204800, 1024000, ''",
        "5120, 102400, disk-share",
        "1024, 10240, ''",
        "1000, 4096, disk-space",
        "500, 102400, disk-space disk-share",
        "60000, 4096000, ''",
        // A file system that does not say.
        "0, 0, ''"
    })
    void disk(long free, long total, String rules) {
        List<String> found = new ArrayList<>();
        for (HealthRule rule : DiskRule.all("/data/shop.db", () -> new DiskRule.Space(free * MB, total * MB))) {
            Evaluations.of(rule).forEach(each -> found.add(each.rule()));
        }
        assertThat(String.join(" ", found)).isEqualTo(rules);
    }

    @Test
    void aDiskThatIsNearlyFullIsCritical() {
        HealthRule rule = DiskRule.all("/data/shop.db", () -> new DiskRule.Space(100 * MB, 100 * GB))
                .get(0);
        assertThat(Evaluations.of(rule)).singleElement().satisfies(found -> {
            assertThat(found.severity()).isEqualTo(Severity.CRITICAL);
            assertThat(found.measured()).isEqualTo("100 MB");
            assertThat(found.threshold()).isEqualTo("1 GB");
        });
    }

    @Test
    void theDiskIsTheOneOfTheFile() throws Exception {
        assertThat(DiskRule.Space.around(new DatabaseFiles() {
                    @Override
                    public String path() {
                        return java.nio.file.Path.of("shop.db").toAbsolutePath().toString();
                    }

                    @Override
                    public long size() {
                        return 0;
                    }

                    @Override
                    public long writeAheadLogSize() {
                        return 0;
                    }

                    @Override
                    public boolean inPlace() {
                        return true;
                    }
                }))
                .satisfies(space -> assertThat(space.free()).isPositive().isLessThanOrEqualTo(space.total()));
    }

    private static DatabaseInfo info(AppliedSetting... settings) {
        return new DatabaseInfo("sqlite", "SQLite", "3", Capabilities.STANDARD, List.of(settings), Map.of());
    }

    @Test
    void settings() {
        assertThat(Evaluations.of(new SettingsRule(() -> info(
                        new AppliedSetting("a", "WAL", "wal", Importance.CRITICAL),
                        new AppliedSetting("b", "1", "2", Importance.OPTIONAL)))))
                .isEmpty();
        assertThat(Evaluations.of(new SettingsRule(() -> info(
                        new AppliedSetting("a", "1", "0", Importance.CRITICAL),
                        new AppliedSetting("b", "1", "2", Importance.IMPORTANT)))))
                .extracting(Finding::subject, Finding::severity, Finding::text)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("a", Severity.HIGH, "Setting a is 0 instead of 1"),
                        org.assertj.core.groups.Tuple.tuple("b", Severity.LOW, "Setting b is 2 instead of 1"));
        assertThat(Evaluations.of(new SettingsRule(() -> {
                    throw new SQLException("no");
                })))
                .isEmpty();
    }

    private static DatabaseEngine engine() {
        return new SqliteEngine(new SqliteSettings(
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
                Map.of()));
    }

    @Test
    void database() {
        assertThat(Evaluations.of(new DatabaseRule(engine(), StandardRulesTests::info, List::of)))
                .isEmpty();
        assertThat(Evaluations.of(new DatabaseRule(
                        engine(),
                        () -> {
                            throw new SQLException("host db.internal user admin");
                        },
                        List::of)))
                .singleElement()
                .satisfies(found -> {
                    assertThat(found.effect()).isEqualTo(Finding.Effect.DOWN);
                    assertThat(found.severity()).isEqualTo(Severity.CRITICAL);
                    assertThat(found.text()).contains("does not answer").doesNotContain("db.internal");
                });
        assertThat(Evaluations.of(new DatabaseRule(
                        engine(),
                        () -> {
                            throw new IllegalStateException("s3cret");
                        },
                        List::of)))
                .singleElement()
                .satisfies(found -> {
                    assertThat(found.rule()).isEqualTo("database");
                    assertThat(found.effect()).isEqualTo(Finding.Effect.DOWN);
                    assertThat(found.text()).doesNotContain("s3cret");
                });
    }

    @Test
    void anOutageThatIsOverIsToldOnceAndOneThatGoesOnEachTime() {
        AtomicReference<List<Outage>> outages = new AtomicReference<>(List.of());
        DatabaseRule rule = new DatabaseRule(engine(), StandardRulesTests::info, outages::get);
        Instant since = Instant.parse("2026-01-01T03:00:00Z");
        Outage going = new Outage(ConnectionRole.READER, since, null, DatabaseError.of(ErrorCode.UNREACHABLE, "08006"));
        assertThat(Evaluations.of(rule)).isEmpty();

        outages.set(List.of(going));
        for (int i = 0; i < 2; i++) {
            assertThat(Evaluations.of(rule)).singleElement().satisfies(found -> {
                assertThat(found.effect()).isEqualTo(Finding.Effect.DEGRADED);
                assertThat(found.text()).contains("READER since 2026-01-01T03:00:00Z", "UNREACHABLE");
            });
        }
        outages.set(List.of(going.endedAt(since.plusSeconds(12))));
        assertThat(Evaluations.of(rule)).singleElement().satisfies(found -> {
            assertThat(found.rule() + ":" + found.subject()).isEqualTo("database:database");
            assertThat(found.severity()).isEqualTo(Severity.CRITICAL);
            assertThat(found.text()).contains("for 12 s", "to 2026-01-01T03:00:12Z", "answers again");
        });
        assertThat(Evaluations.of(rule)).isEmpty();
    }

    @Test
    void storage() {
        StorageFailures failures = new StorageFailures(engine());
        StorageRule rule = new StorageRule(failures);
        assertThat(Evaluations.of(rule)).isEmpty();
        failures.onStatement(event(new org.sqlite.SQLiteException("full", org.sqlite.SQLiteErrorCode.SQLITE_FULL)));
        assertThat(Evaluations.of(rule)).singleElement().satisfies(found -> {
            assertThat(found.effect()).isEqualTo(Finding.Effect.DOWN);
            assertThat(found.subject()).isEqualTo("STORAGE_FULL");
        });
        failures.onStatement(event(null));
        assertThat(Evaluations.of(rule)).isEmpty();
    }

    private static StatementEvent event(@org.jspecify.annotations.Nullable SQLException error) {
        return new StatementEvent("INSERT", ConnectionRole.WRITER, 0, 1, 1, 1, 1, false, error, null);
    }

    @Test
    void poolUseIsOfTheIntervalAndNotOfTheMoment() {
        AtomicLong nanos = new AtomicLong();
        AtomicReference<PoolLoad> load = new AtomicReference<>(load(0, 0));
        PoolUseRule rule = new PoolUseRule(() -> List.of(load.get()), nanos::get);
        assertThat(rule.evaluate(evaluation(rule))).isEmpty();

        // Full when somebody looks, but not before: 10 connections for 10 s of 60.
        nanos.addAndGet(Duration.ofSeconds(60).toNanos());
        load.set(load(10, 100));
        assertThat(rule.evaluate(evaluation(rule))).isEmpty();

        // At rest when somebody looks, but busy before.
        nanos.addAndGet(Duration.ofSeconds(60).toNanos());
        load.set(load(0, 100 + 540));
        assertThat(rule.evaluate(evaluation(rule))).singleElement().satisfies(found -> {
            assertThat(found.measured()).isEqualTo("90 %");
            assertThat(found.severity()).isEqualTo(Severity.MEDIUM);
            assertThat(found.subject()).isEqualTo("primary");
        });

        nanos.addAndGet(Duration.ofSeconds(60).toNanos());
        load.set(load(0, 640 + 479));
        assertThat(rule.evaluate(evaluation(rule))).isEmpty();

        nanos.addAndGet(Duration.ofSeconds(60).toNanos());
        load.set(load(0, 1119 + 480));
        assertThat(rule.evaluate(evaluation(rule)))
                .singleElement()
                .extracting(Finding::severity)
                .isEqualTo(Severity.LOW);
    }

    private static PoolLoad load(int active, long seconds) {
        return new PoolLoad(
                new PoolStatus("primary", active, 10 - active, 10, 0, 10, active),
                Duration.ofSeconds(seconds),
                List.of());
    }

    private static List<String> statements(long statements, long slow, long failed, long p95Millis) {
        List<String> found = new ArrayList<>();
        QueryFigures figures = new QueryFigures(statements, slow, failed, Duration.ofMillis(p95Millis));
        for (HealthRule rule : StatementRule.all(() -> figures)) {
            Evaluations.of(rule).forEach(each -> found.add(each.rule() + " " + each.severity()));
        }
        return found;
    }

    @Test
    void statements() {
        assertThat(statements(0, 0, 0, 0)).isEmpty();
        assertThat(statements(100, 10, 5, 100)).isEmpty();
        // Too few to judge.
        assertThat(statements(99, 99, 99, 9000)).isEmpty();
        assertThat(statements(100, 0, 0, 101)).containsExactly("statement-p95 LOW");
        assertThat(statements(100, 11, 0, 0)).containsExactly("slow-statements LOW");
        assertThat(statements(100, 15, 0, 0)).containsExactly("slow-statements MEDIUM");
        assertThat(statements(100, 0, 13, 250)).containsExactly("statement-p95 HIGH", "statement-errors HIGH");
    }

    private static PoolLoad held(long seconds, @Nullable String operation) {
        return new PoolLoad(
                new PoolStatus("writer", 1, 0, 1, 0, 1, 1),
                Duration.ZERO,
                List.of(new ConnectionUse(Duration.ofSeconds(seconds), operation, Thread.currentThread())));
    }

    @Test
    void connectionsThatAreHeldAreFoundWithTheirPlace() {
        assertThat(Evaluations.of(new HeldConnectionRule(() -> List.of(held(59, null)))))
                .isEmpty();
        List<PoolLoad> loads = List.of(held(90, "OrderRepository.export"));
        assertThat(Evaluations.of(new HeldConnectionRule(() -> loads)))
                .singleElement()
                .satisfies(each -> {
                    assertThat(each.subject()).isEqualTo("writer");
                    assertThat(each.severity()).isEqualTo(Severity.MEDIUM);
                    assertThat(each.text())
                            .contains("for 90 s", "taken by OrderRepository.export", "in Evaluations.of now");
                });
    }

    @Test
    void figuresAreAskedForOnceInAnEvaluation() {
        AtomicLong asked = new AtomicLong();
        List<HealthRule> rules = StatementRule.all(() -> {
            asked.incrementAndGet();
            return new QueryFigures(100, 50, 50, Duration.ofSeconds(1));
        });
        try (HealthMonitor monitor = HealthMonitor.of(rules)) {
            assertThat(monitor.evaluate().findings()).hasSize(3);
            assertThat(asked).hasValue(1);
        }
    }

    @Test
    void everyRuleIsInTheListOfThresholds() {
        assertThat(StandardRules.thresholds())
                .containsKeys(
                        "database",
                        "database-file",
                        "storage",
                        "settings",
                        "write-ahead-log",
                        "disk-space",
                        "disk-share",
                        "pool-use",
                        "statement-p95",
                        "slow-statements",
                        "statement-errors");
    }
}
