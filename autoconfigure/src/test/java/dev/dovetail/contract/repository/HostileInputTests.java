package dev.dovetail.contract.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.data.relational.core.query.Criteria.where;
import static org.springframework.data.relational.core.query.Query.query;

import dev.dovetail.contract.EngineContract;
import dev.dovetail.contract.HostileTexts;
import dev.dovetail.contract.SharedApplications;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import dev.dovetail.engine.TableInfo;
import dev.dovetail.schema.SchemaCatalog;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.data.annotation.Id;
import org.springframework.data.domain.Example;
import org.springframework.data.domain.ExampleMatcher;
import org.springframework.data.domain.ExampleMatcher.StringMatcher;
import org.springframework.data.domain.Limit;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.ScrollPosition;
import org.springframework.data.domain.Sort;
import org.springframework.data.domain.Window;
import org.springframework.data.jdbc.core.JdbcAggregateOperations;
import org.springframework.data.jdbc.repository.config.EnableJdbcRepositories;
import org.springframework.data.jdbc.repository.query.Modifying;
import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.repository.ListCrudRepository;
import org.springframework.data.repository.ListPagingAndSortingRepository;
import org.springframework.data.repository.query.QueryByExampleExecutor;

/** Hostile sorts, positions, examples and values through repositories: an error or nothing found, and nothing changes. */
@EngineContract
class HostileInputTests {

    private static final SharedApplications applications = SharedApplications.withTables(Repositories.class, """
            CREATE TABLE victim (id ${identity}, name ${text}, created ${timestamp}, size ${integer}) ${strict};
            CREATE TABLE bystander (id ${identity}, name ${text}) ${strict};
            """);

    private final TestApplication application;
    private final Victims victims;
    private List<Victim> rows = List.of();
    private List<TableInfo> schema = List.of();

    HostileInputTests(TestEngine engine) {
        application = applications.on(engine);
        victims = application.bean(Victims.class);
    }

    @AfterAll
    static void stop() {
        applications.close();
    }

    @BeforeEach
    void remember() {
        victims.deleteAll();
        victims.saveAll(List.of(
                new Victim(null, "one", Instant.EPOCH, 1),
                new Victim(null, "two", null, 2),
                new Victim(null, null, null, null)));
        rows = victims.findAll();
        schema = application.bean(SchemaCatalog.class).refresh().tables();
    }

    @AfterEach
    void assertNothingChanged() {
        assertThat(victims.findAll()).isEqualTo(rows);
        assertThat(application.bean(SchemaCatalog.class).refresh().tables()).isEqualTo(schema);
    }

    @Test
    void whenSortsAreHostileThenTheyAreRefused() {
        List<Consumer<Sort>> uses = List.of(
                sort -> victims.findAll(sort),
                sort -> victims.findAll(PageRequest.of(0, 5, sort)),
                sort -> victims.findBySizeGreaterThan(0, sort),
                sort -> victims.findBy(
                        Example.of(new Victim(null, "one", null, null)),
                        found -> found.sortBy(sort).all()),
                sort -> application
                        .bean(JdbcAggregateOperations.class)
                        .findAll(query(where("size").greaterThan(0)).sort(sort), Victim.class));
        Set<String> accepted = new TreeSet<>();
        Set<String> errors = new TreeSet<>();
        for (String name : HostileTexts.all()) {
            for (Sort sort : sorts(name)) {
                for (Consumer<Sort> use : uses) {
                    try {
                        use.accept(sort);
                        accepted.add(name);
                    } catch (RuntimeException e) {
                        errors.add(e.getClass().getSimpleName());
                    }
                }
            }
        }
        // What each engine has in every table, and what differs from a property by white space only.
        assertThat(accepted).isSubsetOf("rowid", "oid", "ctid", "name\n");
        assertThat(errors).contains("UnknownNameException");
    }

    @Test
    void whenWindowsAreSortedByHostileNamesThenTheErrorListsTheProperties() {
        for (String name : HostileTexts.all()) {
            for (Sort sort : sorts(name)) {
                assertThatThrownBy(() -> victims.findAllBy(ScrollPosition.keyset(), sort, Limit.of(2)))
                        .as(name)
                        .isInstanceOf(InvalidDataAccessApiUsageException.class)
                        .hasMessageContaining("created, id, name, size")
                        .satisfies(HostileInputTests::assertShort);
            }
        }
    }

    // Spring's Sort itself refuses blank names.
    private static List<Sort> sorts(String name) {
        return name.isBlank()
                ? List.of()
                : List.of(Sort.by(name), Sort.by(Sort.Order.desc(name).ignoreCase()), Sort.by("name", name));
    }

    @Test
    void whenPositionsHaveHostileNamesThenTheyAreRefused() {
        Sort sort = Sort.by("created");
        for (String name : HostileTexts.all()) {
            for (Map<String, ?> keys : List.of(Map.of(name, 1), Map.of("id", 1, name, 1))) {
                assertThatThrownBy(() -> victims.findAllBy(ScrollPosition.forward(keys), sort, Limit.of(2)))
                        .as(name)
                        .isInstanceOf(InvalidDataAccessApiUsageException.class)
                        .satisfies(HostileInputTests::assertShort);
            }
        }
    }

    @Test
    void whenPositionsHaveKeysOfOtherTypesThenTheErrorNamesTheKey() {
        List<Object> wrong = List.of(
                "",
                "1; DROP TABLE victim",
                1.5e300,
                new byte[] {1},
                List.of(1),
                Map.of("a", 1),
                new Object(),
                Sort.unsorted());
        for (Object value : wrong) {
            assertRefusedKey(key("created", value));
            assertRefusedKey(key("size", value));
        }
        for (String value : HostileTexts.all()) {
            if (!value.equals("1")) {
                assertRefusedKey(key("created", value));
                assertRefusedKey(key("size", value));
            }
        }
    }

    private static Map<String, Object> key(String name, Object value) {
        return new HashMap<>(Map.of("id", 1L, name, value));
    }

    private void assertRefusedKey(Map<String, Object> keys) {
        String name = keys.containsKey("size") ? "size" : "created";
        for (ScrollPosition position : List.of(ScrollPosition.forward(keys), ScrollPosition.backward(keys))) {
            assertThatThrownBy(() -> victims.findAllBy(position, Sort.by(name), Limit.of(2)))
                    .as("%s", keys)
                    .isInstanceOf(DataAccessException.class)
                    .satisfies(HostileInputTests::assertShort)
                    .hasMessageContaining(name);
        }
    }

    @Test
    void whenTextKeysAreHostileThenTheyAreTexts() {
        for (String value : HostileTexts.all()) {
            refusedOr(value, () -> {
                Window<Victim> window = victims.findAllBy(
                        ScrollPosition.forward(Map.of("id", 1L, "name", value)), Sort.by("name"), Limit.of(5));
                assertThat(rows).containsAll(window.getContent());
            });
        }
    }

    @Test
    void whenValuesAreHostileThenNothingIsFoundByThem() {
        JdbcAggregateOperations operations = application.bean(JdbcAggregateOperations.class);
        for (String value : HostileTexts.all()) {
            refusedOr(value, () -> {
                assertThat(victims.findByName(value)).isEmpty();
                assertThat(victims.findByNameContaining(value + "x")).isEmpty();
                assertThat(victims.findByNameIn(Arrays.asList(value, value + "x")))
                        .isEmpty();
                assertThat(victims.named(value)).isEmpty();
                assertThat(victims.evaluated(value)).isEmpty();
                assertThat(victims.evaluatedOf(new Victim(null, value, null, null)))
                        .isEmpty();
                assertThat(victims.rename(value, "changed")).isZero();
                assertThat(operations.findAll(query(where("name").is(value)), Victim.class))
                        .isEmpty();
                assertThat(operations.findAll(query(where("name").in(value, value + "'")), Victim.class))
                        .isEmpty();
                assertThat(operations.findAll(query(where(Victim::name).like(value + "'")), Victim.class))
                        .isEmpty();
            });
        }
    }

    @Test
    void whenExamplesAreHostileThenNothingIsFoundByThem() {
        for (String value : HostileTexts.all()) {
            Victim probe = new Victim(null, value + "'", null, null);
            refusedOr(value, () -> {
                for (StringMatcher matcher : List.of(
                        StringMatcher.EXACT, StringMatcher.STARTING, StringMatcher.ENDING, StringMatcher.CONTAINING)) {
                    ExampleMatcher matching = ExampleMatcher.matching().withStringMatcher(matcher);
                    assertThat(victims.findAll(Example.of(probe, matching))).isEmpty();
                    assertThat(victims.findAll(Example.of(probe, matching.withIgnoreCase())))
                            .isEmpty();
                }
            });
        }
    }

    @Test
    void whenCriteriaNameHostileColumnsThenTheyAreRefused() {
        JdbcAggregateOperations operations = application.bean(JdbcAggregateOperations.class);
        Set<String> accepted = new TreeSet<>();
        Set<String> errors = new TreeSet<>();
        for (String name : HostileTexts.all()) {
            try {
                assertThat(operations.findAll(query(where(name).is("x")), Victim.class))
                        .isEmpty();
                accepted.add(name);
            } catch (RuntimeException e) {
                errors.add(e.getClass().getSimpleName());
            }
        }
        assertThat(accepted).isSubsetOf("rowid", "oid", "ctid");
        // That of a blank name is Spring's; a text is no system column's value.
        assertThat(errors)
                .isSubsetOf(
                        "UnknownNameException",
                        "BadSqlGrammarException",
                        "IllegalArgumentException",
                        "InvalidDataAccessApiUsageException");
    }

    // Texts that are none in Unicode, and zeros, cannot be stored by both engines.
    private static void refusedOr(String value, Runnable use) {
        boolean storable = value.indexOf('\0') < 0 && !value.contains("\uD800");
        try {
            use.run();
        } catch (RuntimeException e) {
            assertThat(storable).as("%s: %s", value, e).isFalse();
            assertShort(e);
        }
    }

    private static void assertShort(Throwable error) {
        assertThat(String.valueOf(error.getMessage()).length()).isLessThan(2000);
    }

    record Victim(
            @Id @Nullable Long id,
            @Nullable String name,
            @Nullable Instant created,
            @Nullable Integer size) {}

    interface Victims
            extends ListCrudRepository<Victim, Long>,
                    ListPagingAndSortingRepository<Victim, Long>,
                    QueryByExampleExecutor<Victim> {

        List<Victim> findByName(String name);

        List<Victim> findByNameContaining(String part);

        List<Victim> findByNameIn(List<String> names);

        List<Victim> findBySizeGreaterThan(int size, Sort sort);

        Window<Victim> findAllBy(ScrollPosition position, Sort sort, Limit limit);

        @Query("SELECT * FROM victim WHERE name = :name")
        List<Victim> named(String name);

        @Query("SELECT * FROM victim WHERE name = :#{#name} OR name = :#{#name + 'x'}")
        List<Victim> evaluated(String name);

        @Query("SELECT * FROM victim WHERE name = :#{#victim.name()}")
        List<Victim> evaluatedOf(Victim victim);

        @Modifying
        @Query("UPDATE victim SET name = :#{#to} WHERE name = :#{#from}")
        int rename(String from, String to);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableJdbcRepositories(
            considerNestedRepositories = true,
            includeFilters = @Filter(type = FilterType.ASSIGNABLE_TYPE, classes = Victims.class))
    static class Repositories {}
}
