package dev.dovetail.contract.retention;

import static dev.dovetail.contract.retention.Retention.BOUNDARY;
import static dev.dovetail.contract.retention.Retention.NOW;
import static dev.dovetail.contract.retention.Retention.rule;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.contract.EngineContract;
import dev.dovetail.contract.TestEngine;
import dev.dovetail.engine.DatabaseEngine;
import dev.dovetail.engine.EpochUnit;
import dev.dovetail.maintenance.retention.RetentionReport;
import dev.dovetail.maintenance.retention.RetentionRule;
import dev.dovetail.maintenance.retention.SweptTable;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.transaction.support.TransactionTemplate;

/** Tables of all kinds, and rows that cannot go. */
@EngineContract
class RetentionRowTests {

    private static final int OLD = 2_500;

    private final Retention retention;
    private final TestEngine engine;
    private final DatabaseEngine values;

    RetentionRowTests(TestEngine engine) {
        this.engine = engine;
        this.retention = Retention.on(engine);
        this.values = retention.application().bean(DatabaseEngine.class);
    }

    @AfterEach
    void end() {
        retention.close();
        retention.application().template().execute("DROP TABLE IF EXISTS grandchild");
        retention.application().template().execute("DROP TABLE IF EXISTS child");
    }

    @AfterAll
    static void stop() {
        Retention.stop();
    }

    /** Rows 1 to so many, of which the last ten are new. */
    private void fill(String table, String expressions, int rows) {
        retention.insert("""
                INSERT INTO %s
                WITH RECURSIVE counter(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counter WHERE n < %d)
                SELECT %s FROM counter""".formatted(table, rows, expressions.replace("AT", age(rows))));
    }

    private static String age(int rows) {
        return "CASE WHEN n > %d THEN %d ELSE %d - n %% 3 END"
                .formatted(rows - 10, NOW.toEpochMilli(), BOUNDARY.toEpochMilli() - 1000);
    }

    private static RetentionRule millis(String table) {
        return rule(table, "at", EpochUnit.MILLIS, null);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 1000, 10_000})
    void batchesOfEverySizeDeleteEveryRow(int batchSize) {
        retention.table("event", "id ${bigint} PRIMARY KEY, at ${bigint}");
        fill("event", "n, AT", batchSize == 1 ? 60 : OLD);

        RetentionRule rule =
                new RetentionRule("event", "at", EpochUnit.MILLIS, Retention.KEPT, batchSize, null, Duration.ZERO);
        SweptTable swept = retention.sweep(rule);

        assertThat(swept.rows()).isEqualTo((batchSize == 1 ? 60 : OLD) - 10);
        assertThat(swept.batches()).isGreaterThanOrEqualTo((int) ((swept.rows() + batchSize - 1) / batchSize));
        assertThat(retention.count("event")).isEqualTo(10);
    }

    @Test
    void aKeyOfSeveralColumns() {
        retention.table("event", "a ${text}, b ${bigint}, at ${bigint}, PRIMARY KEY (b, a)");
        fill("event", "'it''s \"' || n, n % 5, AT", OLD);

        assertThat(retention.sweep(millis("event")).rows()).isEqualTo(OLD - 10);
        assertThat(retention.count("event")).isEqualTo(10);
    }

    @Test
    void noKeyAtAllAndEqualRows() {
        retention.table("event", "a ${bigint}, at ${bigint}");
        fill("event", "n % 2, AT", OLD);

        assertThat(retention.sweep(millis("event")).rows()).isEqualTo(OLD - 10);
        assertThat(retention.count("event")).isEqualTo(10);
    }

    @Test
    void theKeyItselfAges() {
        retention.table("event", "at ${bigint} PRIMARY KEY");
        fill("event", "(AT) * 1 - n", 300);

        SweptTable swept = retention.sweep(millis("event"));

        assertThat(swept.rows()).isEqualTo(290);
        assertThat(swept.warnings()).isEmpty();
    }

    @Test
    void keysOfTypesThatDriversChange() {
        retention.table(
                "event",
                "a ${uuid}, b ${timestamp}, c ${decimal_10_2}, d ${date}, at ${bigint}, PRIMARY KEY (a, b, c, d)");
        for (int i = 0; i < 20; i++) {
            retention.insert(
                    "INSERT INTO event VALUES (?, ?, ?, ?, ?)",
                    values.parameter(new UUID(i, i)),
                    values.parameter(java.time.Instant.parse("1500-02-28T01:02:03.000004Z")),
                    12,
                    values.parameter(java.time.LocalDate.of(1500, 2, 28)),
                    BOUNDARY.toEpochMilli() - 1000 + (i % 2) * 7_776_000_000L);
        }

        assertThat(retention.sweep(millis("event")).rows()).isEqualTo(10);
        assertThat(retention.count("event")).isEqualTo(10);
    }

    @Test
    void namesOfAllKinds() {
        retention.table("\"Odd \"\"table\"\".x\"", "\"or der\" ${bigint} PRIMARY KEY, at ${bigint}");
        fill("\"Odd \"\"table\"\".x\"", "n, AT", 20);

        assertThat(retention.sweep(millis("Odd \"table\".x")).rows()).isEqualTo(10);
        retention.application().template().execute("DROP TABLE \"Odd \"\"table\"\".x\"");
    }

    @Test
    void rowsThatAreReferredToStayAndAreReported() {
        retention.table("event", "id ${bigint} PRIMARY KEY, at ${bigint}");
        fill("event", "n, AT", OLD);
        retention.table("child", "id ${bigint} PRIMARY KEY REFERENCES event (id) ON DELETE CASCADE");
        retention.insert("INSERT INTO child SELECT id FROM event WHERE id % 500 = 0 AND id < 2500");
        retention.table("grandchild", "child_id ${bigint} REFERENCES child (id)");
        retention.insert("INSERT INTO grandchild SELECT id FROM child");
        retention.table("other", "id ${bigint} PRIMARY KEY, at ${bigint}");
        fill("other", "n, AT", 20);

        RetentionReport report =
                retention.sweeper(millis("event"), millis("other")).sweep(false);

        SweptTable swept = report.tables().get(0);
        assertThat(swept.refused()).isEqualTo(4);
        assertThat(swept.rows()).isEqualTo(OLD - 10 - 4);
        assertThat(swept.error()).contains("4 row(s) could not be deleted", "where", "referred to", "grandchild");
        assertThat(retention.count("event")).isEqualTo(14);
        assertThat(report.tables().get(1).rows()).isEqualTo(10);
        assertThat(report.isComplete()).isFalse();
    }

    @Test
    void whenEveryRowIsRefusedItGivesUp() {
        retention.table("event", "id ${bigint} PRIMARY KEY, at ${bigint}");
        fill("event", "n, AT", 1_500);
        retention.application().template().execute(engine.refuseDeletion("event"));

        SweptTable swept = retention.sweep(millis("event"));

        assertThat(swept.refused()).isEqualTo(1000);
        assertThat(swept.error()).contains("the rest was not tried");
        assertThat(retention.count("event")).isEqualTo(1_500);
    }

    @Test
    void dependentRowsGoAlong() {
        retention.table("event", "id ${bigint} PRIMARY KEY, at ${bigint}");
        fill("event", "n, AT", 100);
        retention.table("child", "event_id ${bigint} REFERENCES event (id) ON DELETE CASCADE");
        retention.insert("INSERT INTO child SELECT id FROM event");

        assertThat(retention.sweep(millis("event")).rows()).isEqualTo(90);
        assertThat(retention.count("child")).isEqualTo(10);
    }

    @Test
    void ownTables() {
        retention.application().defineOwnTables();
        retention.insert(
                "INSERT INTO dovetail_outbox (message_id, topic, payload, created_at, attempts, next_attempt_at)"
                        + " VALUES ('m', 't', 'p', ?, 0, 0)",
                BOUNDARY.toEpochMilli() - 1);

        assertThat(retention
                        .sweep(rule("dovetail_outbox", "created_at", EpochUnit.MILLIS, null))
                        .rows())
                .isEqualTo(1);
    }

    @Test
    void aCachedResultSeesWhatIsGone() {
        retention.table("event", "id ${bigint} PRIMARY KEY, at ${bigint}");
        fill("event", "n, AT", 50);
        retention.table("other", "id ${bigint}");

        assertThat(cached("event")).isEqualTo(50);
        assertThat(cached("other")).isZero();
        retention.sweep(millis("event"));

        assertThat(cached("event")).isEqualTo(10);
    }

    private long cached(String table) {
        return retention
                .application()
                .database()
                .query("retention")
                .key(table)
                .cached()
                .run(() -> retention.count(table));
    }

    @Test
    void inATransactionThatHoldsTheWriterItFailsAtOnceOrWorksBesideIt() {
        retention.table("event", "id ${bigint} PRIMARY KEY, at ${bigint}");
        fill("event", "n, AT", 20);
        TransactionTemplate transaction = retention.application().transaction();
        SweptTable swept = transaction.execute(status -> {
            retention.insert("INSERT INTO event VALUES (1000, ?)", NOW.toEpochMilli());
            return retention.sweeper(millis("event")).sweep(false).tables().get(0);
        });

        assertThat(swept.rows()).isEqualTo(engine.hasSingleWriter() ? 0 : 10);
        assertThat(swept.error() == null).isNotEqualTo(engine.hasSingleWriter());
        assertThat(List.of(0L, 10L)).contains(swept.rows());
    }
}
