package dev.dovetail.contract.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dovetail.contract.EngineContract;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import dev.dovetail.datasource.StatementEvent;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.dao.DataAccessException;
import org.springframework.data.annotation.Id;
import org.springframework.data.jdbc.repository.config.EnableJdbcRepositories;
import org.springframework.data.relational.core.mapping.Table;
import org.springframework.data.relational.core.sql.LockMode;
import org.springframework.data.relational.repository.Lock;
import org.springframework.data.repository.ListCrudRepository;
import org.springframework.transaction.TransactionDefinition;

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

    @Configuration(proxyBeanMethods = false)
    @EnableJdbcRepositories(
            considerNestedRepositories = true,
            includeFilters = @Filter(type = FilterType.ASSIGNABLE_TYPE, classes = Odds.class))
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

    private static List<Map<String, Object>> rows(int count, String last) {
        return IntStream.range(0, count)
                .mapToObj(i -> Map.<String, Object>of("number", i, "text", i == count - 1 ? last : "good"))
                .toList();
    }
}
