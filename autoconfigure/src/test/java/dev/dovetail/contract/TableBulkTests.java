package dev.dovetail.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dovetail.datasource.StatementEvent;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.transaction.UnexpectedRollbackException;

/** Streams of rows that are inserted, by COPY on PostgreSQL. */
class TableBulkTests extends TableContract {

    private static final String SECRET = "very-secret-value";

    record Part(@Nullable Long id, String code, long amount) {}

    TableBulkTests(TestEngine engine) {
        super(engine);
    }

    @BeforeEach
    void createTables() {
        define(List.of("part", "thing"), """
                CREATE TABLE part (id ${identity}, code ${text} NOT NULL UNIQUE, amount ${bigint} NOT NULL CHECK (amount >= 0),
                    kind ${text} DEFAULT 'plain') ${strict};
                CREATE TABLE thing (id ${identity}, whole ${bigint}, exact ${decimal_18_4}, vast ${decimal_38_10},
                    approximate ${double}, flag ${boolean}, words ${text}, code ${uuid}, moment ${timestamp},
                    wall ${datetime}, day ${date}, hour ${time}, document ${json}, bytes ${blob}) ${strict}""");
        application.statements();
    }

    private static Map<String, @Nullable Object> part(String code, Object amount) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("code", code);
        row.put("amount", amount);
        return row;
    }

    private static Stream<Map<String, @Nullable Object>> parts(int count) {
        return IntStream.range(0, count).mapToObj(i -> part("c" + i, i));
    }

    private List<StatementEvent> writes() {
        return application.statements().stream()
                .filter(event -> event.sql().startsWith("COPY") || event.sql().startsWith("INSERT"))
                .toList();
    }

    @Test
    void whenManyRowsAreStreamedThenEachWriteIsSeenWithItsRows() {
        assertThat(table("part").insertAll(parts(2500))).isEqualTo(2500);

        List<StatementEvent> writes = writes();
        assertThat(writes)
                .allSatisfy(event -> {
                    assertThat(event.succeeded()).isTrue();
                    assertThat(event.query()).isFalse();
                    assertThat(event.transactionId()).isNotZero();
                })
                .extracting(StatementEvent::sql)
                .allMatch(sql -> engine == TestEngine.SQLITE
                        ? sql.startsWith("INSERT INTO \"part\"")
                        : sql.equals("COPY \"public\".\"part\" (\"code\", \"amount\") FROM STDIN"));
        assertThat(writes.stream().mapToLong(StatementEvent::rows).sum()).isEqualTo(2500);
        assertThat(table("part").where("kind").is("plain").count()).isEqualTo(2500);
    }

    @Test
    void whenTextsHaveWhatSeparatesRowsAndColumnsThenTheyAreStoredExactly() {
        List<@Nullable String> texts = new ArrayList<>(List.of(
                "",
                " ",
                "\\N",
                "\\",
                "\\\\",
                "\\.",
                "a\tb",
                "a\nb",
                "a\r\nb",
                "\b\f\u000b",
                "NULL",
                "null",
                "{}",
                "'\"`$",
                "äöü ß",
                "日本語",
                "😀 \uD83D\uDC69\u200D\uD83D\uDE80",
                "\u007f\u0080\u07ff\u0800\uffff",
                "x".repeat(200_000),
                "\\n\\t\\r",
                "\ttab",
                "line\n",
                ",;|"));
        texts.add(null);
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            Map<String, @Nullable Object> row = new LinkedHashMap<>();
            row.put("whole", i);
            row.put("words", texts.get(i % texts.size()));
            rows.add(row);
        }
        assertThat(table("thing").insertAll(rows.stream())).isEqualTo(120);

        List<Map<String, @Nullable Object>> stored =
                table("thing").orderBy("whole").list();
        for (int i = 0; i < 120; i++) {
            assertThat(stored.get(i).get("words")).isEqualTo(texts.get(i % texts.size()));
        }
    }

    private static Map<String, @Nullable Object> thing(int kind) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("whole", List.of(Long.MIN_VALUE, Long.MAX_VALUE, 0L, -1L).get(kind));
        row.put(
                "exact",
                new BigDecimal(List.of("-99999999999999.9999", "99999999999999.9999", "0.0000", "1E+3")
                        .get(kind)));
        row.put(
                "vast",
                new BigDecimal(List.of("1e-10", "1234567890123456789012345678.0123456789", "0", "-1")
                        .get(kind)));
        row.put(
                "approximate",
                List.of(Double.MIN_VALUE, Double.MAX_VALUE, 0.1 + 0.2, -1e300).get(kind));
        row.put("flag", kind % 2 == 0);
        row.put(
                "code",
                List.of(new UUID(0, 0), new UUID(-1, -1), new UUID(1, 2), new UUID(-3, 4))
                        .get(kind));
        row.put(
                "moment",
                Instant.parse(List.of(
                                "0001-01-01T00:00:00.000001Z",
                                "9999-12-31T23:59:59.999999Z",
                                "1582-10-10T12:00:00Z",
                                "2026-03-29T01:30:00.5Z")
                        .get(kind)));
        row.put(
                "wall",
                LocalDateTime.parse(List.of(
                                "0001-01-01T00:00",
                                "9999-12-31T23:59:59.999999",
                                "1582-10-10T00:00",
                                "2026-03-29T02:30")
                        .get(kind)));
        row.put(
                "day",
                LocalDate.parse(List.of("0001-01-01", "9999-12-31", "1582-10-10", "2024-02-29")
                        .get(kind)));
        row.put(
                "hour",
                LocalTime.parse(List.of("00:00", "23:59:59.999999", "12:00", "02:30:00.000001")
                        .get(kind)));
        row.put(
                "document",
                List.of("{\"a\":\"\\\\ \\n \\t\"}", "[1,2]", "\"\\\"\"", "null").get(kind));
        row.put(
                "bytes",
                List.of(new byte[0], new byte[] {0, 1, -1, 92, 9, 10, 13}, new byte[] {'\\', 'N'}, new byte[] {127, -128
                        })
                        .get(kind));
        return row;
    }

    @Test
    void whenRowsOfEveryTypeAreStreamedThenTheyAreStoredAsSingleInsertsStoreThem() {
        List<Map<String, @Nullable Object>> single = new ArrayList<>();
        for (int kind = 0; kind < 4; kind++) {
            Map<String, @Nullable Object> stored =
                    new LinkedHashMap<>(table("thing").insert(thing(kind)));
            stored.remove("id");
            single.add(stored);
        }
        table("thing").all().delete();
        assertThat(table("thing").insertAll(IntStream.range(0, 200).mapToObj(i -> thing(i % 4))))
                .isEqualTo(200);

        List<Map<String, @Nullable Object>> stored =
                table("thing").orderBy("id").list();
        for (int i = 0; i < 200; i++) {
            Map<String, @Nullable Object> row = new LinkedHashMap<>(stored.get(i));
            row.remove("id");
            assertThat(row).usingRecursiveComparison().isEqualTo(single.get(i % 4));
        }
    }

    @Test
    void whenRowsHaveDifferentColumnsThenDefaultsAreNotOverwritten() {
        Stream<Map<String, @Nullable Object>> rows = IntStream.range(0, 900).mapToObj(i -> {
            Map<String, @Nullable Object> row = part("c" + i, i);
            if (i % 3 != 0) {
                row.put("kind", i % 3 == 1 ? null : "given");
            }
            return row;
        });
        assertThat(table("part").insertAll(rows)).isEqualTo(900);
        assertThat(table("part").where("kind").is("plain").count()).isEqualTo(300);
        assertThat(table("part").where("kind").isNull().count()).isEqualTo(300);
        assertThat(table("part").where("kind").is("given").count()).isEqualTo(300);
    }

    @Test
    void whenARowIsRefusedThenNoneIsStoredAndNoValueIsTold() {
        Stream<Map<String, @Nullable Object>> duplicate =
                IntStream.range(0, 3000).mapToObj(i -> part(i == 1999 || i == 7 ? SECRET : "c" + i, i));
        assertThatThrownBy(() -> table("part").insertAll(duplicate))
                .isInstanceOf(DuplicateKeyException.class)
                .hasMessageContaining("part(code)")
                .satisfies(TableBulkTests::assertSilent);
        Stream<Map<String, @Nullable Object>> negative =
                IntStream.range(0, 3000).mapToObj(i -> part(SECRET + i, i == 1999 ? -12_345_678 : i));
        assertThatThrownBy(() -> table("part").insertAll(negative))
                .isInstanceOf(DataIntegrityViolationException.class)
                .satisfies(TableBulkTests::assertSilent)
                .satisfies(failure -> assertThat(failure.toString()).doesNotContain("12345678"));
        assertThat(table("part").count()).isZero();
    }

    // The driver's own words of a key that exists are those of an INSERT; what only COPY adds is the whole row.
    private static void assertSilent(Throwable failure) {
        assertThat(failure.getMessage()).doesNotContain(SECRET);
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        assertThat(trace.toString()).doesNotContain("CONTEXT", "Where: COPY", SECRET + "\t");
    }

    @Test
    void whenAFailedRowIsOneOfManyThenItsNumberIsTold() {
        Stream<Map<String, @Nullable Object>> rows =
                IntStream.range(0, 3000).mapToObj(i -> part("c" + i, i == 1999 ? -1 : i));
        assertThatThrownBy(() -> table("part").insertAll(rows)).satisfies(failure -> {
            if (engine == TestEngine.POSTGRESQL) {
                assertThat(failure).hasStackTraceContaining("Row 2000 was refused");
            }
        });
    }

    @Test
    void whenTheTransactionGoesOnAfterAFailedRowThenItIsDoomed() {
        assertThatThrownBy(() -> application.transaction().executeWithoutResult(status -> {
                    assertThatThrownBy(() -> table("part")
                                    .insertAll(IntStream.range(0, 200).mapToObj(i -> part("same", i))))
                            .isInstanceOf(DuplicateKeyException.class);
                    assertThatThrownBy(() -> table("part").count())
                            .isInstanceOf(InvalidDataAccessApiUsageException.class);
                }))
                .isInstanceOf(UnexpectedRollbackException.class);
        assertThat(table("part").insertAll(parts(200))).isEqualTo(200);
    }

    @Test
    void whenTheStreamThrowsThenNothingIsLeftAndTheStreamIsClosed() {
        AtomicLong closed = new AtomicLong();
        Stream<Map<String, @Nullable Object>> breaking = IntStream.range(0, 5000)
                .mapToObj(i -> {
                    if (i == 4321) {
                        throw new IllegalStateException("the source broke");
                    }
                    return part("c" + i, i);
                })
                .onClose(closed::incrementAndGet);
        assertThatThrownBy(() -> table("part").insertAll(breaking)).hasMessage("the source broke");
        assertThat(closed).hasValue(1);
        assertThat(table("part").count()).isZero();
        assertThat(table("part").insertAll(parts(300))).isEqualTo(300);
    }

    @Test
    void whenTheRowsAreReadInTheSameTransactionThenBothWork() {
        table("part").insertAll(parts(3000));
        application.transaction().executeWithoutResult(status -> {
            Stream<Map<String, @Nullable Object>> copies = table("part").orderBy("id").as(Part.class).stream()
                    .map(each -> Map.of("words", "copy of " + each.code(), "whole", each.amount()));
            assertThat(table("thing").insertAll(copies)).isEqualTo(3000);
            assertThat(table("thing").where("words").is("copy of c2999").count())
                    .isEqualTo(1);
            status.setRollbackOnly();
        });
        assertThat(table("thing").count()).isZero();
    }

    @Test
    void whenTheTransactionAroundIsRolledBackThenNoneIsLeft() {
        application.transaction().executeWithoutResult(status -> {
            assertThat(table("part").insertAll(parts(2000))).isEqualTo(2000);
            assertThat(table("part").count()).isEqualTo(2000);
            status.setRollbackOnly();
        });
        assertThat(table("part").count()).isZero();
    }

    @Test
    void whenATriggerKeepsRowsAwayThenItIsNotCalledASuccess() {
        String trigger = engine == TestEngine.SQLITE
                ? "CREATE TRIGGER skip BEFORE INSERT ON part WHEN NEW.amount = 150 BEGIN SELECT RAISE(IGNORE); END"
                : """
                CREATE OR REPLACE FUNCTION skip() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN IF NEW.amount = 150 THEN RETURN NULL; END IF; RETURN NEW; END $$;
                CREATE TRIGGER skip BEFORE INSERT ON part FOR EACH ROW EXECUTE FUNCTION skip()""";
        application.template().execute(trigger);
        assertThatThrownBy(() -> table("part").insertAll(parts(300)))
                .isInstanceOf(InvalidDataAccessApiUsageException.class)
                .hasMessageContaining("\"part\"")
                .hasMessageContaining("a trigger or a rule");
        assertThat(table("part").count()).isZero();
    }

    @Test
    void whenTheSourceIsEndlessThenOnlyFewRowsAreInHand() {
        AtomicLong made = new AtomicLong();
        AtomicLong written = new AtomicLong();
        AtomicLong most = new AtomicLong();
        Stream<Map<String, @Nullable Object>> rows = IntStream.range(0, 60_000).mapToObj(i -> {
            long ahead = made.incrementAndGet() - written.addAndGet(rowsWritten());
            most.accumulateAndGet(ahead, Math::max);
            return part("c" + i, i);
        });
        assertThat(table("part").insertAll(rows)).isEqualTo(60_000);
        assertThat(most.get()).isPositive().isLessThanOrEqualTo(1001);
    }

    private long rowsWritten() {
        return writes().stream().mapToLong(StatementEvent::rows).sum();
    }

    @Test
    void whenRowsAreLargeThenFewerAreInHand() {
        AtomicLong made = new AtomicLong();
        AtomicLong written = new AtomicLong();
        AtomicLong most = new AtomicLong();
        String large = "x".repeat(1 << 20);
        Stream<Map<String, @Nullable Object>> rows = IntStream.range(0, 60).mapToObj(i -> {
            most.accumulateAndGet(made.incrementAndGet() - written.addAndGet(rowsWritten()), Math::max);
            return Map.<String, @Nullable Object>of("words", large + i);
        });
        assertThat(table("thing").insertAll(rows)).isEqualTo(60);
        assertThat(most.get()).isPositive().isLessThanOrEqualTo(5);
    }

    @Test
    @Tag("soak")
    void whenMoreIsStreamedThanTheHeapHoldsThenAllOfItArrives() {
        int size = 10_000;
        long rows = Runtime.getRuntime().maxMemory() / size + 1;
        String large = "x".repeat(size);
        assertThat(table("thing")
                        .insertAll(LongStream.range(0, rows)
                                .mapToObj(i -> Map.<String, @Nullable Object>of("words", large + i))))
                .isEqualTo(rows);
        assertThat(table("thing").count()).isEqualTo(rows);
    }

    @Test
    void whenTheTableIsLockedThenTheWaitEndsWithTheQueryTimeout() throws Exception {
        try (TestApplication impatient =
                        TestApplication.with(application.databaseProperties(), "dovetail.query-timeout=600ms");
                Connection other = application.foreignConnection();
                Statement lock = other.createStatement()) {
            lock.execute(engine == TestEngine.SQLITE ? "BEGIN IMMEDIATE" : "BEGIN");
            if (engine == TestEngine.POSTGRESQL) {
                lock.execute("LOCK TABLE part IN ACCESS EXCLUSIVE MODE");
            }
            assertThatThrownBy(() -> impatient.database().table("part").insertAll(parts(200)))
                    .isInstanceOf(QueryTimeoutException.class);
            lock.execute("ROLLBACK");
            assertThat(impatient.database().table("part").insertAll(parts(200))).isEqualTo(200);
        }
    }
}
