package dev.dovetail.contract.repository;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.contract.EngineContract;
import dev.dovetail.contract.SharedApplications;
import dev.dovetail.contract.TestEngine;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.data.annotation.Id;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.Slice;
import org.springframework.data.domain.Sort;
import org.springframework.data.jdbc.core.convert.QueryMappingConfiguration;
import org.springframework.data.jdbc.repository.config.DefaultQueryMappingConfiguration;
import org.springframework.data.jdbc.repository.config.EnableJdbcRepositories;
import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.relational.core.mapping.Table;
import org.springframework.data.repository.ListCrudRepository;
import org.springframework.jdbc.core.RowMapper;

/** Entities as they come out of the statements that a repository declares, whatever these return. */
@EngineContract
class DeclaredEntityTests {

    private static final SharedApplications applications = SharedApplications.withTables(Repositories.class, """
            CREATE TABLE wheel (id ${identity}, size ${integer} NOT NULL, label ${text}) ${strict};
            CREATE TABLE cart (id ${identity}, label ${text}) ${strict};
            CREATE TABLE plank (id ${identity}, cart ${bigint} NOT NULL, label ${text}) ${strict};
            CREATE TABLE nail (id ${identity}, label ${text}) ${strict};
            """);

    private final Wheels wheels;
    private final Carts carts;
    private final Nails nails;

    DeclaredEntityTests(TestEngine engine) {
        this.wheels = applications.on(engine).bean(Wheels.class);
        this.carts = applications.on(engine).bean(Carts.class);
        this.nails = applications.on(engine).bean(Nails.class);
    }

    @Table("wheel")
    record Wheel(
            @Id @Nullable Long id,
            @Nullable Integer size,
            @Nullable String label) {}

    @Table("cart")
    record Cart(@Id @Nullable Long id, @Nullable String label, Set<Plank> planks) {}

    @Table("plank")
    record Plank(@Id @Nullable Long id, String label) {}

    @Table("nail")
    record Nail(@Id @Nullable Long id, String label) {}

    interface Labelled {

        String getLabel();
    }

    record Sized(int size, String label) {}

    interface Wheels extends ListCrudRepository<Wheel, Long> {

        @Query("SELECT label, size, id FROM wheel ORDER BY id")
        List<Wheel> inAnotherOrder();

        @Query("SELECT label, 'more' AS more, id, 1 AS one FROM wheel ORDER BY id")
        List<Wheel> withMoreAndLess();

        @Query("SELECT id AS \"ID\", size AS \"Size\", label AS \"LABEL\" FROM wheel ORDER BY id")
        List<Wheel> inOtherLetters();

        @Query("SELECT id, size * 10 AS size, 'no ' || label AS label FROM wheel ORDER BY id")
        List<Wheel> computed();

        @Query("SELECT a.id, a.size, a.label, b.id, b.size, b.label FROM wheel a, wheel b WHERE b.id > a.id")
        List<Wheel> joined();

        @Query("SELECT * FROM wheel ORDER BY id")
        Stream<Wheel> streamed();

        @Query("SELECT * FROM wheel WHERE label = :label")
        Optional<Wheel> one(String label);

        @Query("SELECT id, size, label FROM wheel ORDER BY id")
        <T> List<T> labels(Class<T> shape);

        @Query("SELECT label, size FROM wheel ORDER BY id")
        List<Sized> sizes();

        @Query(value = "SELECT * FROM wheel ORDER BY id", rowMapperClass = Named.class)
        List<Wheel> mapped();

        Slice<Wheel> findBySizeGreaterThan(int size, PageRequest page);

        List<Wheel> findByLabelIn(List<String> labels, Sort sort);

        List<Labelled> findBySizeLessThan(int size);
    }

    static final class Named implements RowMapper<Wheel> {

        @Override
        public Wheel mapRow(ResultSet rows, int row) throws SQLException {
            return new Wheel(rows.getLong("id"), row, "own");
        }
    }

    interface Carts extends ListCrudRepository<Cart, Long> {

        @Query("SELECT label, id FROM cart ORDER BY id")
        List<Cart> declared();

        @Query("SELECT id, label FROM plank ORDER BY id")
        List<Plank> planks();
    }

    interface Nails extends ListCrudRepository<Nail, Long> {

        @Query("SELECT * FROM nail")
        List<Nail> declared();

        List<Nail> findByLabel(String label);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableJdbcRepositories(
            considerNestedRepositories = true,
            includeFilters =
                    @Filter(
                            type = FilterType.ASSIGNABLE_TYPE,
                            classes = {Wheels.class, Carts.class, Nails.class}))
    static class Repositories {

        @Bean
        QueryMappingConfiguration queryMapping() {
            return new DefaultQueryMappingConfiguration()
                    .registerRowMapper(Nail.class, (rows, row) -> new Nail(rows.getLong("id"), "mapped"));
        }
    }

    @AfterAll
    static void stop() {
        applications.close();
    }

    @BeforeEach
    void fill() {
        wheels.deleteAll();
        carts.deleteAll();
        nails.deleteAll();
        wheels.saveAll(List.of(new Wheel(null, 1, "a"), new Wheel(null, 2, "b")));
    }

    private static List<String> texts(List<Wheel> found) {
        assertThat(found).allSatisfy(wheel -> assertThat(wheel.id()).isNotNull());
        return found.stream().map(wheel -> wheel.size() + wheel.label()).toList();
    }

    @Test
    void whenColumnsComeInAnyOrderAndSpellingThenTheyAreFound() {
        assertThat(texts(wheels.inAnotherOrder())).containsExactly("1a", "2b");
        assertThat(texts(wheels.withMoreAndLess())).containsExactly("nulla", "nullb");
        assertThat(texts(wheels.inOtherLetters())).containsExactly("1a", "2b");
        assertThat(texts(wheels.computed())).containsExactly("10no a", "20no b");
        // Of two of a name the first counts, as in Spring Data.
        assertThat(texts(wheels.joined())).containsExactly("1a");
    }

    @Test
    void whateverTheMethodReturnsTheRowsAreThere() {
        try (Stream<Wheel> streamed = wheels.streamed()) {
            assertThat(texts(streamed.toList())).containsExactly("1a", "2b");
        }
        assertThat(wheels.one("b")).map(Wheel::size).contains(2);
        assertThat(wheels.one("c")).isEmpty();
        assertThat(wheels.labels(Labelled.class)).extracting(Labelled::getLabel).containsExactly("a", "b");
        assertThat(wheels.sizes()).containsExactly(new Sized(1, "a"), new Sized(2, "b"));
        Slice<Wheel> slice = wheels.findBySizeGreaterThan(0, PageRequest.of(0, 1, Sort.by("size")));
        assertThat(texts(slice.getContent())).containsExactly("1a");
        assertThat(slice.hasNext()).isTrue();
        assertThat(texts(wheels.findByLabelIn(List.of("a", "b"), Sort.by("size").descending())))
                .containsExactly("2b", "1a");
        assertThat(wheels.findBySizeLessThan(2)).extracting(Labelled::getLabel).containsExactly("a");
    }

    @Test
    void whenTheUserHasAMapperThenItMaps() {
        assertThat(texts(wheels.mapped())).containsExactly("0own", "1own");
        Nail saved = nails.save(new Nail(null, "saved"));
        assertThat(nails.declared()).extracting(Nail::label).containsExactly("mapped");
        assertThat(nails.findByLabel("saved")).extracting(Nail::label).containsExactly("mapped");
        assertThat(nails.findAll()).extracting(Nail::label).containsExactly("mapped");
        assertThat(nails.findById(Objects.requireNonNull(saved.id())))
                .map(Nail::label)
                .contains("mapped");
    }

    @Test
    void whenEntitiesHaveChildrenThenTheyAreReadBesideThoseWithout() {
        carts.save(new Cart(null, "x", Set.of(new Plank(null, "p"), new Plank(null, "q"))));
        carts.save(new Cart(null, "y", Set.of()));

        assertThat(carts.declared())
                .extracting(cart -> cart.label() + cart.planks().size())
                .containsExactly("x2", "y0");
        assertThat(carts.planks()).extracting(Plank::label).containsExactlyInAnyOrder("p", "q");
    }
}
