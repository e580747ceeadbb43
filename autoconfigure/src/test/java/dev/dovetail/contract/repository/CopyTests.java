package dev.dovetail.contract.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.data.annotation.Id;
import org.springframework.data.jdbc.core.JdbcAggregateOperations;
import org.springframework.data.jdbc.repository.config.EnableJdbcRepositories;
import org.springframework.data.relational.core.mapping.Table;
import org.springframework.data.repository.ListCrudRepository;
import org.springframework.transaction.support.TransactionTemplate;

/** What PostgreSQL stores when many rows come at once, which go by COPY. */
class CopyTests {

    private final TestApplication application =
            TestApplication.withRepositories(TestEngine.POSTGRESQL, Repositories.class);

    @AfterEach
    void stop() {
        application.close();
    }

    @Table(schema = "far", name = "away")
    record Far(@Id @Nullable Long id, String name) {}

    @Table("away")
    record Away(@Id @Nullable Long id, String name) {}

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

    interface Fars extends ListCrudRepository<Far, Long> {}

    interface Aways extends ListCrudRepository<Away, Long> {}

    interface Measures extends ListCrudRepository<Measure, Long> {}

    @Configuration(proxyBeanMethods = false)
    @EnableJdbcRepositories(
            considerNestedRepositories = true,
            includeFilters =
                    @Filter(
                            type = FilterType.ASSIGNABLE_TYPE,
                            classes = {Fars.class, Aways.class, Measures.class}))
    static class Repositories {}

    private void define(String... statements) {
        for (String statement : statements) {
            application.template().execute(statement);
        }
    }

    @Test
    void tablesOfOtherSchemasAndInPartsAreFilled() {
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
        define(
                "CREATE TABLE measure (id %s, number smallint, dbl double precision, flt real, dec numeric, day date, hour time, local timestamp, moment timestamptz, letter char(1), text text)"
                        .formatted(TestEngine.POSTGRESQL.identity()));
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
    void whatIsLoadedIsStoppedWhenTheTransactionsTimeIsUp() throws Exception {
        define(
                "CREATE TABLE away (id %s, name text)".formatted(TestEngine.POSTGRESQL.identity()),
                "CREATE TABLE note (name text)");
        Aways aways = application.bean(Aways.class);
        List<Away> many =
                IntStream.range(0, 150).mapToObj(i -> new Away(null, "f" + i)).toList();
        List<Map<String, String>> rows =
                many.stream().map(each -> Map.of("name", each.name())).toList();
        application.statements();
        aways.saveAll(many);
        assertThat(application.statements()).anyMatch(each -> each.sql().startsWith("COPY"));
        TransactionTemplate limited = application.transaction();
        limited.setTimeout(1);
        for (Runnable loading : List.<Runnable>of(
                () -> aways.saveAll(many),
                () -> application.database().table("note").insertAll(rows.stream()))) {
            // Its lock ends long after the transaction has to.
            try (Connection other = application.foreignConnection();
                    Statement statement = other.createStatement()) {
                other.setAutoCommit(false);
                statement.execute("LOCK TABLE away, note IN EXCLUSIVE MODE");
                CompletableFuture<Void> stopped = new CompletableFuture<>();
                CompletableFuture<Void> release =
                        stopped.completeOnTimeout(null, 4, TimeUnit.SECONDS).thenRun(() -> rollBack(other));
                assertThatThrownBy(() -> limited.executeWithoutResult(status -> loading.run()))
                        .isInstanceOf(QueryTimeoutException.class);
                stopped.complete(null);
                release.join();
            }
        }
        assertThat(aways.count()).isEqualTo(150);
    }

    private static void rollBack(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void triggersOfPartsKeepRowsAway() {
        define(
                "CREATE TABLE away (id bigint NOT NULL, name text NOT NULL) PARTITION BY RANGE (id)",
                "CREATE TABLE low PARTITION OF away FOR VALUES FROM (MINVALUE) TO (100)",
                "CREATE TABLE high PARTITION OF away FOR VALUES FROM (100) TO (MAXVALUE)",
                "CREATE FUNCTION away() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
                "CREATE TRIGGER away BEFORE INSERT ON low FOR EACH ROW EXECUTE FUNCTION away()",
                "CREATE TRIGGER away BEFORE INSERT ON high FOR EACH ROW EXECUTE FUNCTION away()");
        assertThatThrownBy(() -> application
                        .database()
                        .table("away")
                        .insertAll(IntStream.range(0, 150).mapToObj(i -> Map.of("id", i, "name", "x"))))
                .hasMessageContaining("a trigger or a rule");
        JdbcAggregateOperations operations = application.bean(JdbcAggregateOperations.class);
        assertThatThrownBy(() -> operations.insertAll(away(1, 150))).hasMessageContaining("a trigger or a rule");
        assertThatThrownBy(() -> operations.insertAll(away(1, 20))).hasMessageContaining("a trigger or a rule");
        assertThat(operations.count(Away.class)).isZero();
    }

    private static List<Away> away(long first, int count) {
        return LongStream.range(first, first + count)
                .mapToObj(id -> new Away(id, "x"))
                .toList();
    }
}
