package dev.dovetail.contract.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dovetail.contract.EngineContract;
import dev.dovetail.contract.SharedApplications;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.IncorrectResultSizeDataAccessException;
import org.springframework.data.jdbc.repository.config.EnableJdbcRepositories;
import org.springframework.data.jdbc.repository.query.Modifying;
import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.repository.ListCrudRepository;
import org.springframework.data.repository.query.Param;
import org.springframework.jdbc.core.ResultSetExtractor;
import org.springframework.jdbc.core.RowMapper;

/** Queries in SQL of one's own, in words that both engines know. */
@EngineContract
class AnnotatedQueryTests {

    private static final SharedApplications applications =
            SharedApplications.withTables(Repositories.class, Person.TABLE);

    private final TestApplication application;
    private final Members members;

    AnnotatedQueryTests(TestEngine engine) {
        this.application = applications.on(engine);
        this.members = application.bean(Members.class);
    }

    interface Members extends ListCrudRepository<Person, Long> {

        @Query("SELECT * FROM person WHERE name = :name")
        Optional<Person> byName(@Param("name") String name);

        @Query("SELECT * FROM person WHERE age > :age ORDER BY age")
        List<Person> olderThan(int age);

        @Query("SELECT * FROM person WHERE age IN (:ages) ORDER BY age")
        List<Person> ofAges(List<Integer> ages);

        @Query("SELECT * FROM person WHERE code IN (:codes) ORDER BY age")
        List<Person> ofCodes(List<UUID> codes);

        @Query("SELECT * FROM person WHERE nickname IS NOT DISTINCT FROM :nickname ORDER BY age")
        List<Person> ofNickname(@Nullable String nickname);

        @Query("SELECT * FROM person WHERE rank = :rank AND joined < :before AND code <> :not ORDER BY age")
        List<Person> ofRank(Person.Rank rank, Instant before, UUID not);

        @Query("SELECT * FROM person WHERE name = :#{#sample.name} OR age = :#{#sample.age + 1} ORDER BY age")
        List<Person> like(Person sample);

        @Query("SELECT * FROM person WHERE name = :#{@greeting}")
        List<Person> byBean();

        @Query("SELECT * FROM person ORDER BY age")
        Stream<Person> stream();

        @Query("SELECT name FROM person WHERE name LIKE :start || '%' ORDER BY age")
        List<String> namesFrom(String start);

        @Query("SELECT count(*) FROM person WHERE active = :active")
        long countActive(boolean active);

        @Query("SELECT max(age) FROM person WHERE age < :below")
        @Nullable
        Integer oldestBelow(int below);

        @Query("SELECT count(*) > 0 FROM person WHERE name = :name")
        boolean knows(String name);

        @Query("SELECT code FROM person WHERE name = :name")
        UUID codeOf(String name);

        @Query("SELECT joined FROM person WHERE name = :name")
        Instant joinedOf(String name);

        @Query("SELECT rank FROM person WHERE name = :name")
        Person.Rank rankOf(String name);

        @Query("SELECT name FROM person WHERE name = :name")
        Optional<String> nameIfThere(String name);

        @Query(value = "SELECT name, age FROM person ORDER BY age", rowMapperRef = "greetings")
        List<String> greetings();

        @Query(value = "SELECT name, age FROM person", resultSetExtractorRef = "agesByName")
        Map<String, Integer> agesByName();

        @Query(value = "SELECT name, age FROM person ORDER BY age", rowMapperClass = Greetings.class)
        List<String> greetingsByClass();

        @Query(name = "Person.youngest")
        Optional<Person> youngest();

        List<Person> oldestFirst();

        @Modifying
        @Query("UPDATE person SET nickname = :nickname WHERE active = :active")
        int rename(@Nullable String nickname, boolean active);

        @Modifying
        @Query("DELETE FROM person WHERE age < :age")
        long dropYounger(int age);

        @Modifying
        @Query("DELETE FROM person WHERE name = :name")
        boolean drop(String name);

        @Modifying
        @Query("UPDATE person SET name = :to WHERE name = :from")
        void call(String from, @Nullable String to);

        @Modifying
        @Query("""
                INSERT INTO person (name, nickname, age, active, born, joined, code, rank)
                SELECT :name, nickname, age + 1, active, born, joined, :code, :rank FROM person WHERE name = :of""")
        int copy(String name, UUID code, Person.Rank rank, String of);
    }

    static final class Greetings implements RowMapper<String> {

        @Override
        public String mapRow(java.sql.ResultSet row, int number) throws java.sql.SQLException {
            return row.getString("name") + " is " + row.getInt("age");
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableJdbcRepositories(
            considerNestedRepositories = true,
            includeFilters = @Filter(type = FilterType.ASSIGNABLE_TYPE, classes = Members.class))
    static class Repositories {

        @Bean
        String greeting() {
            return "bob";
        }

        @Bean
        RowMapper<String> greetings() {
            return new Greetings();
        }

        @Bean
        ResultSetExtractor<Map<String, Integer>> agesByName() {
            return rows -> {
                Map<String, Integer> ages = new java.util.TreeMap<>();
                while (rows.next()) {
                    ages.put(rows.getString(1), rows.getInt(2));
                }
                return ages;
            };
        }
    }

    @AfterAll
    static void stop() {
        applications.close();
    }

    @BeforeEach
    void fill() {
        members.deleteAll();
        members.saveAll(
                List.of(Person.of("alice", null, 25), Person.of("bob", "bobby", 35), Person.of("cid", "sid", 45)));
    }

    @Test
    void whenParametersAreNamedThenTheirValuesAreBound() {
        assertThat(members.byName("bob")).map(Person::age).contains(35);
        assertThat(members.byName("' OR 1=1 --")).isEmpty();
        assertThat(names(members.olderThan(30))).containsExactly("bob", "cid");
        assertThat(names(members.ofAges(List.of(25, 45, 99)))).containsExactly("alice", "cid");
        assertThat(names(members.ofCodes(List.of(new UUID(7, 35), new UUID(7, 99)))))
                .containsExactly("bob");
        assertThat(names(members.ofNickname("sid"))).containsExactly("cid");
        assertThat(names(members.ofNickname(null))).containsExactly("alice");
    }

    @Test
    void whenParametersAreOfTheirOwnTypesThenTheyAreBoundAsTheyLieInTheColumns() {
        assertThat(names(members.ofRank(Person.Rank.NOVICE, Instant.EPOCH.plusSeconds(86400L * 35), new UUID(7, 1))))
                .containsExactly("alice");
        assertThat(names(members.ofRank(Person.Rank.NOVICE, Instant.now(), new UUID(7, 25))))
                .containsExactly("bob");
    }

    @Test
    void whenAnExpressionIsAskedForThenItsValueIsBound() {
        assertThat(names(members.like(Person.of("alice", null, 44)))).containsExactly("alice", "cid");
        assertThat(names(members.byBean())).containsExactly("bob");
    }

    @Test
    void whenOneColumnIsReadThenItHasTheTypeOfTheMethod() {
        assertThat(members.namesFrom("b")).containsExactly("bob");
        assertThat(members.namesFrom("B")).isEmpty();
        assertThat(members.countActive(true)).isEqualTo(2);
        assertThat(members.oldestBelow(40)).isEqualTo(35);
        assertThat(members.oldestBelow(1)).isNull();
        assertThat(members.knows("bob")).isTrue();
        assertThat(members.knows("eve")).isFalse();
        assertThat(members.codeOf("bob")).isEqualTo(new UUID(7, 35));
        assertThat(members.joinedOf("bob")).isEqualTo(Instant.EPOCH.plusSeconds(86400L * 35));
        assertThat(members.rankOf("cid")).isEqualTo(Person.Rank.MASTER);
        assertThat(members.nameIfThere("cid")).contains("cid");
        assertThat(members.nameIfThere("eve")).isEmpty();
    }

    @Test
    void whenAMapperIsNamedThenItReads() {
        assertThat(members.greetings()).containsExactly("alice is 25", "bob is 35", "cid is 45");
        assertThat(members.greetingsByClass()).containsExactly("alice is 25", "bob is 35", "cid is 45");
        assertThat(members.agesByName())
                .containsExactly(Map.entry("alice", 25), Map.entry("bob", 35), Map.entry("cid", 45));
    }

    @Test
    void whenAQueryIsInThePropertiesThenItIsFoundByItsName() {
        assertThat(members.youngest()).map(Person::name).contains("alice");
        assertThat(names(members.oldestFirst())).containsExactly("cid", "bob", "alice");
    }

    @Test
    void whenRowsAreChangedThenTheirNumberIsReturned() {
        assertThat(members.rename("x", true)).isEqualTo(2);
        assertThat(members.rename(null, true)).isEqualTo(2);
        assertThat(members.byName("bob").orElseThrow().nickname()).isNull();
        members.call("bob", "robert");
        assertThat(members.byName("robert")).isPresent();
        assertThat(members.copy("twin", new UUID(8, 8), Person.Rank.MASTER, "robert"))
                .isEqualTo(1);
        assertThat(members.byName("twin")).map(Person::age).contains(36);
        assertThat(members.byName("twin")).map(Person::rank).contains(Person.Rank.MASTER);
        assertThat(members.drop("nobody")).isFalse();
        assertThat(members.drop("robert")).isTrue();
        assertThat(members.dropYounger(40)).isEqualTo(2L);
        assertThat(members.findAll()).extracting(Person::name).containsExactly("cid");
    }

    @Test
    void whenAStreamIsClosedThenItsConnectionIsGivenBack() {
        application.transaction().executeWithoutResult(status -> {
            try (Stream<Person> all = members.stream()) {
                assertThat(all.limit(2).map(Person::name)).containsExactly("alice", "bob");
            }
        });
        for (int i = 0; i < 30; i++) {
            try (Stream<Person> all = members.stream()) {
                assertThat(all.findFirst()).isPresent();
            }
        }
        assertThat(application.dataSource().pools())
                .allSatisfy(pool -> assertThat(pool.active()).isZero());
    }

    @Test
    void whenSomethingIsWrongThenItIsTheSameError() {
        assertThatThrownBy(() -> members.call("bob", null)).isInstanceOf(DataIntegrityViolationException.class);
        members.save(Person.of("bob", null, 60));
        assertThatThrownBy(() -> members.byName("bob")).isInstanceOf(IncorrectResultSizeDataAccessException.class);
    }

    private static List<String> names(List<Person> found) {
        return found.stream().map(Person::name).toList();
    }
}
