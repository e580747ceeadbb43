package dev.dovetail.contract.repository;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.contract.EngineContract;
import dev.dovetail.contract.SharedApplications;
import dev.dovetail.contract.TestEngine;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.data.annotation.Id;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.Slice;
import org.springframework.data.domain.Sort;
import org.springframework.data.jdbc.repository.config.EnableJdbcRepositories;
import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.relational.core.mapping.Embedded;
import org.springframework.data.relational.core.mapping.Embedded.OnEmpty;
import org.springframework.data.relational.core.mapping.Table;
import org.springframework.data.repository.ListCrudRepository;

/** Parts of rows, in the shape the caller wants. */
@EngineContract
class ProjectionTests {

    private static final SharedApplications applications =
            SharedApplications.withTables(Repositories.class, Person.TABLE + """
            CREATE TABLE customer (id ${identity}, name ${text} NOT NULL, home_city ${text}, home_zip ${text}) ${strict};
            """);

    private final Sailors sailors;
    private final Customers customers;

    ProjectionTests(TestEngine engine) {
        this.sailors = applications.on(engine).bean(Sailors.class);
        this.customers = applications.on(engine).bean(Customers.class);
    }

    /** Without primitive types: of what a projection leaves out, a closed one reads nothing. */
    @Table("person")
    record Sailor(
            @Id @Nullable Long id,
            @Nullable String name,
            @Nullable String nickname,
            @Nullable Integer age,
            @Nullable Boolean active,
            @Nullable LocalDate born,
            @Nullable Instant joined,
            @Nullable UUID code,
            Person.@Nullable Rank rank) {

        static Sailor of(String name, @Nullable String nickname, int age) {
            Person person = Person.of(name, nickname, age);
            return new Sailor(
                    null,
                    name,
                    nickname,
                    age,
                    person.active(),
                    person.born(),
                    person.joined(),
                    person.code(),
                    person.rank());
        }
    }

    interface Named {
        String getName();

        int getAge();
    }

    interface Typed {
        UUID getCode();

        Instant getJoined();

        Person.Rank getRank();

        boolean isActive();

        @Nullable
        String getNickname();
    }

    interface Greeted {
        @Value("#{target.name + ' (' + target.age + ')'}")
        String getGreeting();

        default String shout() {
            return getGreeting() + "!";
        }
    }

    record NameOnly(String name) {}

    record Passport(String name, UUID code, Person.Rank rank) {}

    static final class Badge {

        private final String name;
        private final boolean active;

        Badge(String name, boolean active) {
            this.name = name;
            this.active = active;
        }
    }

    record Address(String city, String zip) {}

    record Customer(
            @Id @Nullable Long id,
            String name,

            @Embedded(onEmpty = OnEmpty.USE_NULL, prefix = "home_") @Nullable
            Address home) {}

    interface Located {
        String getName();

        Town getHome();

        interface Town {
            String getCity();
        }
    }

    interface Sailors extends ListCrudRepository<Sailor, Long> {

        List<Named> findByAgeGreaterThanOrderByAge(int age);

        Optional<Typed> findByName(String name);

        List<Greeted> findByActiveOrderByAge(boolean active);

        List<NameOnly> findNamesByActiveOrderByAge(boolean active);

        List<Passport> findPassportsByActiveOrderByAge(boolean active);

        Optional<Badge> findBadgeByName(String name);

        <T> List<T> findByRankOrderByAge(Person.Rank rank, Class<T> shape);

        Page<NameOnly> findByAgeLessThan(int age, Pageable page);

        Slice<Named> findSliceByAgeLessThan(int age, Pageable page);

        Stream<NameOnly> streamByAgeLessThanOrderByAge(int age);

        @Query("SELECT name, code, rank FROM person ORDER BY age")
        List<Passport> passports();

        @Query("SELECT * FROM person ORDER BY age")
        <T> List<T> all(Class<T> shape);
    }

    interface Customers extends ListCrudRepository<Customer, Long> {

        Optional<Located> findByName(String name);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableJdbcRepositories(
            considerNestedRepositories = true,
            includeFilters =
                    @Filter(
                            type = FilterType.ASSIGNABLE_TYPE,
                            classes = {Sailors.class, Customers.class}))
    static class Repositories {}

    @AfterAll
    static void stop() {
        applications.close();
    }

    @BeforeEach
    void fill() {
        sailors.deleteAll();
        customers.deleteAll();
        sailors.saveAll(
                List.of(Sailor.of("alice", null, 25), Sailor.of("bob", "bobby", 35), Sailor.of("cid", "sid", 45)));
        customers.save(new Customer(null, "dora", new Address("Bern", "3000")));
    }

    @Test
    void whenAnInterfaceIsAskedForThenItsGettersAnswer() {
        assertThat(sailors.findByAgeGreaterThanOrderByAge(30))
                .extracting(Named::getName)
                .containsExactly("bob", "cid");
        Typed bob = sailors.findByName("bob").orElseThrow();
        assertThat(bob.getCode()).isEqualTo(new UUID(7, 35));
        assertThat(bob.getJoined()).isEqualTo(Instant.EPOCH.plusSeconds(86400L * 35));
        assertThat(bob.getRank()).isEqualTo(Person.Rank.NOVICE);
        assertThat(bob.isActive()).isTrue();
        assertThat(sailors.findByName("alice").orElseThrow().getNickname()).isNull();
        assertThat(sailors.findByActiveOrderByAge(true))
                .extracting(Greeted::shout)
                .containsExactly("bob (35)!", "cid (45)!");
    }

    @Test
    void whenAClassIsAskedForThenItIsMade() {
        assertThat(sailors.findNamesByActiveOrderByAge(true)).containsExactly(new NameOnly("bob"), new NameOnly("cid"));
        assertThat(sailors.findPassportsByActiveOrderByAge(false))
                .containsExactly(new Passport("alice", new UUID(7, 25), Person.Rank.NOVICE));
        assertThat(sailors.findBadgeByName("bob"))
                .hasValueSatisfying(
                        badge -> assertThat(badge.name + badge.active).isEqualTo("bobtrue"));
        assertThat(sailors.passports()).hasSize(3).contains(new Passport("cid", new UUID(7, 45), Person.Rank.MASTER));
    }

    @Test
    void whenTheShapeIsAParameterThenTheResultHasIt() {
        assertThat(sailors.findByRankOrderByAge(Person.Rank.NOVICE, NameOnly.class))
                .containsExactly(new NameOnly("alice"), new NameOnly("bob"));
        assertThat(sailors.findByRankOrderByAge(Person.Rank.NOVICE, Named.class))
                .extracting(Named::getAge)
                .containsExactly(25, 35);
        assertThat(sailors.findByRankOrderByAge(Person.Rank.MASTER, Sailor.class))
                .extracting(Sailor::name)
                .containsExactly("cid");
        assertThat(sailors.all(Passport.class)).hasSize(3);
        assertThat(sailors.all(Named.class)).extracting(Named::getName).containsExactly("alice", "bob", "cid");
    }

    @Test
    void whenPagesAndStreamsAreAskedForThenTheirPartsHaveTheShape() {
        Page<NameOnly> page = sailors.findByAgeLessThan(40, PageRequest.of(1, 1, Sort.by("age")));
        assertThat(page.getContent()).containsExactly(new NameOnly("bob"));
        assertThat(page.getTotalElements()).isEqualTo(2);
        assertThat(sailors.findSliceByAgeLessThan(40, PageRequest.of(0, 1, Sort.by("age")))
                        .hasNext())
                .isTrue();
        try (Stream<NameOnly> names = sailors.streamByAgeLessThanOrderByAge(40)) {
            assertThat(names).containsExactly(new NameOnly("alice"), new NameOnly("bob"));
        }
    }

    @Test
    void whenAPartIsProjectedTooThenItHasItsShape() {
        assertThat(customers.findByName("dora"))
                .hasValueSatisfying(dora -> assertThat(dora.getHome().getCity()).isEqualTo("Bern"));
    }
}
