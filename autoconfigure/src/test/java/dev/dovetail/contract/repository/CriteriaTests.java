package dev.dovetail.contract.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.data.relational.core.query.Criteria.where;
import static org.springframework.data.relational.core.query.Query.query;

import dev.dovetail.contract.EngineContract;
import dev.dovetail.contract.SharedApplications;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.annotation.Id;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.Sort;
import org.springframework.data.jdbc.core.JdbcAggregateTemplate;
import org.springframework.data.jdbc.repository.config.EnableJdbcRepositories;
import org.springframework.data.relational.core.query.CriteriaDefinition;

/** Conditions built in Java, with references to properties, and the template that runs them. */
@EngineContract
class CriteriaTests {

    private static final SharedApplications applications =
            SharedApplications.withTables(Repositories.class, Person.TABLE + """
            CREATE TABLE stock (sku ${text} PRIMARY KEY, amount ${integer} NOT NULL, remark ${text}) ${strict};
            """);

    private final TestApplication application;
    private final JdbcAggregateTemplate template;

    CriteriaTests(TestEngine engine) {
        this.application = applications.on(engine);
        this.template = application.bean(JdbcAggregateTemplate.class);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableJdbcRepositories(includeFilters = @Filter(type = FilterType.ASSIGNABLE_TYPE, classes = People.class))
    static class Repositories {}

    record Stock(@Id String sku, int amount, @Nullable String remark) {}

    @AfterAll
    static void stop() {
        applications.close();
    }

    @BeforeEach
    void fill() {
        template.deleteAll(Person.class);
        template.deleteAll(Stock.class);
        template.insertAll(
                List.of(Person.of("alice", null, 25), Person.of("Bob", "bobby", 35), Person.of("cid_x", "sid", 45)));
    }

    @Test
    void whenAPropertyIsReferredToThenItsColumnIsMeant() {
        assertThat(names(where(Person::age).greaterThan(30))).containsExactly("Bob", "cid_x");
        assertThat(names(where(Person::born).is(LocalDate.of(1991, 1, 1)))).containsExactly("Bob");
        assertThat(names(where(Person::code).in(new UUID(7, 25), new UUID(7, 45))))
                .containsExactly("alice", "cid_x");
        assertThat(names(where(Person::rank).is(Person.Rank.MASTER))).containsExactly("cid_x");
    }

    @Test
    void whenConditionsAreComparedThenEachOperatorCounts() {
        assertThat(names(where("age").not(35))).containsExactly("alice", "cid_x");
        assertThat(names(where("age").between(25, 35))).containsExactly("alice", "Bob");
        assertThat(names(where("age").notBetween(25, 35))).containsExactly("cid_x");
        assertThat(names(where("age").lessThanOrEquals(35))).containsExactly("alice", "Bob");
        assertThat(names(where("age").greaterThanOrEquals(35))).containsExactly("Bob", "cid_x");
        assertThat(names(where("age").notIn(List.of(25, 35)))).containsExactly("cid_x");
        assertThat(names(where("nickname").isNull())).containsExactly("alice");
        assertThat(names(where("nickname").isNotNull())).containsExactly("Bob", "cid_x");
        assertThat(names(where("active").isTrue())).containsExactly("Bob", "cid_x");
        assertThat(names(where("active").isFalse())).containsExactly("alice");
        assertThat(names(where("name").like("%b%"))).containsExactly("Bob");
        assertThat(names(where("name").like("b%"))).isEmpty();
        assertThat(names(where("name").like("cid\\_%"))).containsExactly("cid_x");
        assertThat(names(where("name").notLike("%b"))).containsExactly("alice", "cid_x");
        assertThat(names(where("name").is("bOB").ignoreCase(true))).containsExactly("Bob");
        assertThat(names(where("name").like("BO%").ignoreCase(true))).containsExactly("Bob");
    }

    @Test
    void whenConditionsAreNestedThenTheyAreBracketed() {
        assertThat(names(where("age").is(25).or("age").is(45).and("active").isTrue()))
                .containsExactly("alice", "cid_x");
        assertThat(names(where("active")
                        .isTrue()
                        .and(where("age").is(25).or("age").is(45))))
                .containsExactly("cid_x");
        assertThat(names(where("name").is("' OR 1=1 --"))).isEmpty();
    }

    @Test
    void whenAQueryIsLimitedThenNoMoreIsRead() {
        var active = where("active").isTrue();
        assertThat(template.findAll(
                        query(active).sort(Sort.by("age").descending()).limit(1), Person.class))
                .extracting(Person::age)
                .containsExactly(45);
        assertThat(template.findAll(query(active).sort(Sort.by("age")).offset(1), Person.class))
                .extracting(Person::age)
                .containsExactly(45);
        assertThat(template.findOne(query(where("name").is("Bob")), Person.class))
                .isPresent();
        assertThat(template.count(query(active), Person.class)).isEqualTo(2);
        assertThat(template.exists(query(where("name").is("nobody")), Person.class))
                .isFalse();
        assertThat(template.findAll(query(active).with(PageRequest.of(1, 1, Sort.by("age"))), Person.class))
                .extracting(Person::age)
                .containsExactly(45);
        try (Stream<Person> all = template.streamAll(Person.class, Sort.by("nickname"))) {
            assertThat(all.map(Person::name)).containsExactly("Bob", "cid_x", "alice");
        }
    }

    @Test
    void whenInsertedTwiceThenTheSecondIsADuplicateUnlessItIsAnUpsert() {
        template.insert(new Stock("a", 1, "first"));
        assertThatThrownBy(() -> template.insert(new Stock("a", 2, null))).isInstanceOf(DuplicateKeyException.class);
        template.update(new Stock("a", 3, "third"));
        assertThat(template.findById("a", Stock.class)).isEqualTo(new Stock("a", 3, "third"));

        template.upsert(new Stock("a", 4, null));
        template.upsert(new Stock("b", 5, "fifth"));
        assertThat(template.findAll(Stock.class, Sort.by("sku")))
                .containsExactly(new Stock("a", 4, null), new Stock("b", 5, "fifth"));
        template.updateAll(List.of(new Stock("a", 6, null), new Stock("b", 7, null)));
        template.deleteAll(List.of(new Stock("a", 6, null)));
        template.deleteAllById(List.of("nosuch"), Stock.class);
        assertThat(template.findAll(Stock.class)).containsExactly(new Stock("b", 7, null));
    }

    @Test
    void whenManyUpsertOneKeyAtOnceThenThereIsOneRow() throws Exception {
        ExecutorService workers = Executors.newFixedThreadPool(8);
        try {
            List<Future<Stock>> upserts = IntStream.range(0, 80)
                    .mapToObj(i -> workers.submit(() -> template.upsert(new Stock("one", i, null))))
                    .toList();
            for (Future<Stock> upsert : upserts) {
                upsert.get();
            }
        } finally {
            workers.shutdownNow();
        }
        assertThat(template.count(Stock.class)).isEqualTo(1);
    }

    @Test
    void whenATableIsGoneThenFindingIsAnErrorAndNotEmpty() {
        application.template().execute("DROP TABLE stock");
        try {
            assertThatThrownBy(() -> template.findAll(Stock.class))
                    .isInstanceOf(org.springframework.dao.DataAccessException.class);
        } finally {
            application.define(
                    "CREATE TABLE stock (sku ${text} PRIMARY KEY, amount ${integer} NOT NULL, remark ${text}) ${strict}");
        }
    }

    private List<String> names(CriteriaDefinition criteria) {
        return template.findAll(query(criteria).sort(Sort.by("age")), Person.class).stream()
                .map(Person::name)
                .toList();
    }
}
