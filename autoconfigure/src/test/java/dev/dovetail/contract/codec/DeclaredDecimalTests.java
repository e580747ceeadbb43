package dev.dovetail.contract.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dovetail.contract.EngineContract;
import dev.dovetail.contract.SharedApplications;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.data.annotation.Id;
import org.springframework.data.jdbc.repository.config.EnableJdbcRepositories;
import org.springframework.data.jdbc.repository.query.Modifying;
import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.relational.core.mapping.Table;
import org.springframework.data.repository.ListCrudRepository;

/** Decimals in SQL that is written by hand mean the same on both engines, or are refused where they cannot. */
@EngineContract
class DeclaredDecimalTests {

    private static final SharedApplications applications = SharedApplications.withRepositories(Repositories.class);

    private final TestEngine engine;
    private final TestApplication application;
    private final Wares wares;

    DeclaredDecimalTests(TestEngine engine) {
        this.engine = engine;
        this.application = applications.on(engine);
        this.wares = application.bean(Wares.class);
    }

    @AfterAll
    static void stop() {
        applications.close();
    }

    @BeforeEach
    void createTable() {
        application.template().execute("DROP TABLE IF EXISTS ware");
        application.define("""
                CREATE TABLE ware (id ${identity}, name ${text}, price ${decimal_10_2}, rating ${double},
                    made ${timestamp}, code ${uuid}, sold ${boolean}) ${strict}""");
        wares.saveAll(List.of(ware("a", "9.50", 1.5), ware("b", "10.00", 2.5), ware("c", "100.25", 4.5)));
    }

    @Test
    void whenAParameterIsComparedWithADecimalThenByItsValue() {
        assertThat(wares.dearerThan(new BigDecimal("9.5")))
                .extracting(Ware::name)
                .containsExactly("b", "c");
        assertThat(wares.dearerThanWhole(10)).extracting(Ware::name).containsExactly("c");
        assertThat(wares.between(new BigDecimal("9.50"), new BigDecimal("10"))).hasSize(2);
        assertThat(wares.in(List.of(new BigDecimal("100.25"), new BigDecimal("9.5"))))
                .hasSize(2);
        assertThat(wares.ratedAbove(2.0)).extracting(Ware::name).containsExactly("b", "c");
    }

    @Test
    void whenADecimalIsSetByHandThenItsValueIsStored() {
        assertThat(wares.reprice(new BigDecimal("7.25"), "a")).isOne();
        wares.add("d", new BigDecimal("3"));

        assertThat(wares.findAll())
                .extracting(Ware::price)
                .containsExactlyInAnyOrder(
                        new BigDecimal("7.25"),
                        new BigDecimal("10.00"),
                        new BigDecimal("100.25"),
                        new BigDecimal("3.00"));
    }

    @Test
    void whenAResultIsNamedLikeTheColumnThenItIsReadAsItsValuesLie() {
        assertThat(wares.prices())
                .containsExactly(new BigDecimal("9.50"), new BigDecimal("10.00"), new BigDecimal("100.25"));
        assertThat(wares.total()).isEqualByComparingTo("119.75");
        assertThat(wares.dearest()).isEqualTo(100.25);
        assertThat(wares.perName())
                .containsExactly(
                        new Priced("a", new BigDecimal("9.50")),
                        new Priced("b", new BigDecimal("10.00")),
                        new Priced("c", new BigDecimal("100.25")));
        assertThat(wares.howMany()).isEqualTo(3);
        assertThat(wares.meanRating()).isEqualTo(8.5 / 3);
    }

    @Test
    void whenOtherTypesAreProjectedByHandThenTheyAreTheSame() {
        assertThat(wares.marks())
                .contains(new Mark(Instant.parse("2026-01-02T03:04:05.000006Z"), new UUID(1, 2), true));
    }

    // Declared difference: PostgreSQL computes with decimals, SQLite with what it keeps for them.
    @Test
    void whenItCannotBeToldWhatANumberMeansThenItIsRefusedOnSqlite() {
        if (engine == TestEngine.SQLITE) {
            assertThatThrownBy(wares::unnamedTotal)
                    .isInstanceOf(InvalidDataAccessApiUsageException.class)
                    .hasMessageContaining("price");
            assertThatThrownBy(() -> wares.doubled(new BigDecimal("2.50")))
                    .isInstanceOf(InvalidDataAccessApiUsageException.class)
                    .hasMessageContaining(":half")
                    .hasMessageNotContaining("2.5");
        } else {
            assertThat(wares.unnamedTotal()).isEqualByComparingTo("119.75");
            assertThat(wares.doubled(new BigDecimal("2.50"))).hasSize(3);
        }
    }

    private static Ware ware(String name, String price, double rating) {
        return new Ware(
                null,
                name,
                new BigDecimal(price),
                rating,
                Instant.parse("2026-01-02T03:04:05.000006Z"),
                new UUID(1, 2),
                true);
    }

    @Table("ware")
    record Ware(
            @Id @Nullable Long id,
            String name,
            BigDecimal price,
            @Nullable Double rating,
            @Nullable Instant made,
            @Nullable UUID code,
            @Nullable Boolean sold) {}

    record Priced(String name, BigDecimal price) {}

    record Mark(Instant made, UUID code, Boolean sold) {}

    interface Wares extends ListCrudRepository<Ware, Long> {

        @Query("SELECT * FROM ware WHERE price > :least ORDER BY name")
        List<Ware> dearerThan(BigDecimal least);

        @Query("SELECT * FROM ware w WHERE :least < w.price ORDER BY name")
        List<Ware> dearerThanWhole(int least);

        @Query("SELECT * FROM ware WHERE price BETWEEN :least AND :most")
        List<Ware> between(BigDecimal least, BigDecimal most);

        @Query("SELECT * FROM ware WHERE price IN (:prices)")
        List<Ware> in(List<BigDecimal> prices);

        @Query("SELECT * FROM ware WHERE rating > :rating AND price > 0 ORDER BY name")
        List<Ware> ratedAbove(double rating);

        @Modifying
        @Query("UPDATE ware SET price = :price WHERE name = :name")
        int reprice(BigDecimal price, String name);

        @Modifying
        @Query("INSERT INTO ware (name, price) VALUES (:name, :price)")
        int add(String name, BigDecimal price);

        @Query("SELECT price FROM ware ORDER BY price")
        List<BigDecimal> prices();

        @Query("SELECT sum(price) AS price FROM ware")
        BigDecimal total();

        @Query("SELECT max(price) AS price FROM ware")
        Double dearest();

        @Query("SELECT name, sum(price) AS price FROM ware GROUP BY name ORDER BY name")
        List<Priced> perName();

        @Query("SELECT count(price) FROM ware")
        long howMany();

        @Query("SELECT avg(rating) FROM ware WHERE price > 1")
        double meanRating();

        @Query("SELECT made, code, sold FROM ware")
        List<Mark> marks();

        @Query("SELECT sum(price) FROM ware")
        BigDecimal unnamedTotal();

        @Query("SELECT * FROM ware WHERE price > 2 * :half")
        List<Ware> doubled(BigDecimal half);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableJdbcRepositories(
            considerNestedRepositories = true,
            basePackageClasses = DeclaredDecimalTests.class,
            includeFilters = @ComponentScan.Filter(type = FilterType.ASSIGNABLE_TYPE, classes = Wares.class))
    static class Repositories {}
}
