package dev.dovetail.contract.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dovetail.contract.EngineContract;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import dev.dovetail.datasource.StatementEvent;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.data.annotation.Id;
import org.springframework.data.jdbc.repository.config.EnableJdbcRepositories;
import org.springframework.data.relational.core.mapping.Table;
import org.springframework.data.relational.core.sql.LockMode;
import org.springframework.data.relational.repository.Lock;
import org.springframework.data.repository.ListCrudRepository;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Columns and tables that not everybody has, by each of the ways on which rows come and go. */
@EngineContract
class OddColumnTests {

    private final TestEngine engine;
    private final TestApplication application;

    OddColumnTests(TestEngine engine) {
        this.engine = engine;
        this.application = TestApplication.withRepositories(engine, Repositories.class);
    }

    @AfterEach
    void stop() {
        application.close();
    }

    enum Mood {
        sad,
        happy
    }

    @Table("person")
    record Odd(
            @Id @Nullable Long id,
            String label,
            String mood,
            @Nullable Mood other,
            @Nullable String address,
            String code) {}

    @Table(schema = "far", name = "away")
    record Far(@Id @Nullable Long id, String name) {}

    @Table("measure")
    record Measure(
            @Id @Nullable Long id,
            int number,
            @Nullable Double dbl,
            @Nullable Float flt,
            @Nullable BigDecimal dec,
            @Nullable LocalDate day,
            @Nullable LocalTime hour,
            @Nullable LocalDateTime local,
            @Nullable Instant moment,
            @Nullable Character letter,
            @Nullable String text) {}

    interface Odds extends ListCrudRepository<Odd, Long> {

        List<Odd> findByLabel(String label);

        List<Odd> findByMood(String mood);

        List<Odd> findByOther(Mood mood);

        List<Odd> findByAddress(String address);

        List<Odd> findByCode(String code);

        List<Odd> findByCodeNot(String code);

        @Lock(LockMode.PESSIMISTIC_WRITE)
        Optional<Odd> readByLabel(String label);
    }

    interface Fars extends ListCrudRepository<Far, Long> {}

    interface Measures extends ListCrudRepository<Measure, Long> {}

    @Configuration(proxyBeanMethods = false)
    @EnableJdbcRepositories(
            considerNestedRepositories = true,
            includeFilters =
                    @Filter(
                            type = FilterType.ASSIGNABLE_TYPE,
                            classes = {Odds.class, Fars.class, Measures.class}))
    static class Repositories {}

    private void define(String... statements) {
        for (String statement : statements) {
            application.template().execute(statement);
        }
    }

    private void definePeople() {
        if (engine == TestEngine.POSTGRESQL) {
            define(
                    "CREATE TYPE mood AS ENUM ('sad', 'happy')",
                    "CREATE DOMAIN code AS char(5)",
                    "CREATE TABLE person (id %s, label text, mood mood, other mood, address inet, code code)"
                            .formatted(engine.identity()));
        } else {
            define(
                    "CREATE TABLE person (id %s, label text COLLATE NOCASE, mood text, other text, address text, code char(5))"
                            .formatted(engine.identity()));
        }
    }

    @Test
    void eachRoundFindsTheSame() {
        definePeople();
        Odds odds = application.bean(Odds.class);
        odds.save(new Odd(null, "Anna", "happy", Mood.sad, "10.0.0.1", "ab"));
        odds.saveAll(IntStream.range(0, 120)
                .mapToObj(i -> new Odd(null, "n" + i, "sad", i % 2 == 0 ? null : Mood.happy, null, "cd"))
                .toList());
        for (int round = 0; round < 4; round++) {
            assertThat(odds.findByLabel("Anna")).hasSize(1);
            assertThat(odds.findByMood("happy")).hasSize(1);
            assertThat(odds.findByMood("sad")).hasSize(120);
            assertThat(odds.findByOther(Mood.happy)).hasSize(60);
            assertThat(odds.findByOther(Mood.sad)).hasSize(1);
            assertThat(odds.findByAddress("10.0.0.1")).hasSize(1);
            assertThat(odds.findByCode("ab")).hasSize(1);
            assertThat(odds.findByCodeNot("ab")).hasSize(120);
        }
    }

    @Test
    void aLockIsTakenEachTime() {
        definePeople();
        Odds odds = application.bean(Odds.class);
        odds.save(new Odd(null, "Anna", "happy", Mood.sad, null, "ab"));
        application.statements();
        application.transaction().executeWithoutResult(status -> {
            for (int round = 0; round < 3; round++) {
                assertThat(odds.readByLabel("Anna")).isPresent();
            }
        });
        List<String> texts = application.statements().stream()
                .map(StatementEvent::sql)
                .distinct()
                .toList();
        assertThat(texts).hasSize(1);
        if (engine == TestEngine.POSTGRESQL) {
            assertThat(texts.get(0)).contains("FOR UPDATE");
        }
    }

    @Test
    void tablesOfOtherSchemasAndInPartsAreFilled() {
        if (engine == TestEngine.SQLITE) {
            return;
        }
        define(
                "CREATE SCHEMA far",
                "CREATE TABLE far.away (id bigint GENERATED ALWAYS AS IDENTITY, name text NOT NULL, PRIMARY KEY (id))"
                        + " PARTITION BY RANGE (id)",
                "CREATE TABLE far.low PARTITION OF far.away FOR VALUES FROM (MINVALUE) TO (100)",
                "CREATE TABLE far.high PARTITION OF far.away FOR VALUES FROM (100) TO (MAXVALUE)");
        Fars fars = application.bean(Fars.class);
        List<Far> saved = fars.saveAll(
                IntStream.range(0, 250).mapToObj(i -> new Far(null, "f" + i)).toList());
        assertThat(fars.findAll()).containsExactlyInAnyOrderElementsOf(saved);
        Far one = fars.save(new Far(null, "one"));
        assertThat(fars.findById(Objects.requireNonNull(one.id()))).contains(one);
    }

    private static final List<String> TEXTS = List.of(
            "",
            "\\N",
            "\\.",
            "a\tb",
            "line\nfeed\r\nreturn\r",
            "\\\\",
            "NULL",
            "\b\f\u000b\u001b",
            "é\u00a0\ud83c\udfd4",
            " x ");

    @Test
    void manyAtOnceAreAsOneByOne() {
        if (engine == TestEngine.SQLITE) {
            return;
        }
        define(
                "CREATE TABLE measure (id %s, number smallint, dbl double precision, flt real, dec numeric, day date, hour time, local timestamp, moment timestamptz, letter char(1), text text)"
                        .formatted(engine.identity()));
        List<Measure> all = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            all.add(new Measure(
                    null,
                    i - 70,
                    List.of(Double.NaN, -0.0, Double.POSITIVE_INFINITY, Double.MIN_VALUE, 1e300)
                            .get(i % 5),
                    List.of(Float.NaN, -0.0f, Float.NEGATIVE_INFINITY, Float.MIN_VALUE, 0.1f)
                            .get(i % 5),
                    List.of(new BigDecimal("1E+30"), new BigDecimal("-0.000"), new BigDecimal("1.2300"), BigDecimal.ONE)
                            .get(i % 4),
                    List.of(
                                    LocalDate.MAX,
                                    LocalDate.MIN,
                                    LocalDate.of(-43, 3, 15),
                                    LocalDate.of(0, 1, 1),
                                    LocalDate.of(12345, 6, 7))
                            .get(i % 5),
                    List.of(LocalTime.MAX, LocalTime.MIN, LocalTime.of(1, 2, 3, 999_999_500), LocalTime.NOON)
                            .get(i % 4),
                    List.of(
                                    LocalDateTime.MAX,
                                    LocalDateTime.MIN,
                                    LocalDateTime.of(-43, 3, 15, 1, 2),
                                    LocalDateTime.of(1, 1, 1, 0, 0))
                            .get(i % 4),
                    List.of(
                                    Instant.EPOCH,
                                    Instant.parse("-0043-03-15T01:02:03Z"),
                                    Instant.parse("+12345-01-01T00:00:00Z"),
                                    Instant.parse("1582-10-10T00:00:00.123456789Z"))
                            .get(i % 4),
                    i % 3 == 0 ? null : "ß\\\t ".charAt(i % 4),
                    TEXTS.get(i % TEXTS.size())));
        }
        Measures measures = application.bean(Measures.class);
        all.forEach(measures::save);
        String sql = "SELECT to_jsonb(m) - 'id' FROM measure m ORDER BY number";
        List<String> single = application.jdbc().sql(sql).query(String.class).list();
        measures.deleteAll();
        application.statements();
        measures.saveAll(all);
        assertThat(application.statements()).anyMatch(each -> each.sql().startsWith("COPY"));
        assertThat(application.jdbc().sql(sql).query(String.class).list()).isEqualTo(single);
    }

    @Test
    void whatFailsInASavepointDoesNotDoomTheRest() {
        define("CREATE TABLE measure (id %s, number smallint, dbl double precision, text text CHECK (text <> 'bad'))"
                .formatted(engine.identity()));
        application.transaction().executeWithoutResult(status -> {
            application.database().table("measure").insertAll(rows(60, "good"));
            assertThatThrownBy(() -> application
                            .transaction(TransactionDefinition.PROPAGATION_NESTED)
                            .executeWithoutResult(nested ->
                                    application.database().table("measure").insertAll(rows(70, "bad"))))
                    .isInstanceOf(DataAccessException.class);
            application.database().table("measure").insertAll(rows(80, "good"));
        });
        assertThat(application.database().table("measure").count()).isEqualTo(140);
    }

    @Test
    void whatIsLoadedIsStoppedWhenTheTransactionsTimeIsUp() throws Exception {
        if (engine == TestEngine.SQLITE) {
            return;
        }
        define(
                "CREATE SCHEMA far",
                "CREATE TABLE far.away (id %s, name text)".formatted(engine.identity()),
                "CREATE TABLE note (name text)");
        Fars fars = application.bean(Fars.class);
        List<Far> many =
                IntStream.range(0, 150).mapToObj(i -> new Far(null, "f" + i)).toList();
        List<Map<String, String>> rows =
                many.stream().map(each -> Map.of("name", each.name())).toList();
        fars.saveAll(many);
        TransactionTemplate limited = application.transaction();
        limited.setTimeout(1);
        for (Runnable loading : List.<Runnable>of(
                () -> fars.saveAll(many),
                () -> application.database().table("note").insertAll(rows.stream()))) {
            // Its lock ends long after the transaction has to.
            try (Connection other = application.foreignConnection();
                    Statement statement = other.createStatement()) {
                other.setAutoCommit(false);
                statement.execute("LOCK TABLE far.away, note IN EXCLUSIVE MODE");
                CompletableFuture<Void> release = CompletableFuture.runAsync(
                        () -> rollBack(other), CompletableFuture.delayedExecutor(4, TimeUnit.SECONDS));
                assertThatThrownBy(() -> limited.executeWithoutResult(status -> loading.run()))
                        .isInstanceOf(QueryTimeoutException.class);
                release.join();
            }
        }
        assertThat(fars.count()).isEqualTo(150);
    }

    private static void rollBack(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Map<String, Object>> rows(int count, String last) {
        return IntStream.range(0, count)
                .mapToObj(i -> Map.<String, Object>of("number", i, "text", i == count - 1 ? last : "good"))
                .toList();
    }

    @Test
    void triggersOfPartsKeepRowsAway() {
        if (engine == TestEngine.SQLITE) {
            return;
        }
        define(
                "CREATE TABLE away (id bigint NOT NULL, name text NOT NULL) PARTITION BY RANGE (id)",
                "CREATE TABLE low PARTITION OF away FOR VALUES FROM (MINVALUE) TO (100)",
                "CREATE TABLE high PARTITION OF away FOR VALUES FROM (100) TO (MAXVALUE)",
                "CREATE FUNCTION away() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
                "CREATE TRIGGER away BEFORE INSERT ON low FOR EACH ROW EXECUTE FUNCTION away()");
        assertThatThrownBy(() -> application
                        .database()
                        .table("away")
                        .insertAll(IntStream.range(1, 250).mapToObj(i -> Map.of("id", i, "name", "x"))))
                .hasMessageContaining("a trigger or a rule");
    }
}
