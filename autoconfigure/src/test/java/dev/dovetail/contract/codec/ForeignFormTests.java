package dev.dovetail.contract.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import dev.dovetail.repository.ColumnValueException;
import dev.dovetail.repository.StoredValueException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.data.annotation.Id;
import org.springframework.data.jdbc.repository.config.EnableJdbcRepositories;
import org.springframework.data.relational.core.mapping.Table;
import org.springframework.data.repository.ListCrudRepository;

/** Files that others made: each form in which values lie there is read, and one is written. SQLite alone has several. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ForeignFormTests {

    private TestApplication application;
    private Foreigners foreigners;

    @BeforeAll
    void start() {
        application = TestApplication.withRepositories(TestEngine.SQLITE, Repositories.class);
        foreigners = application.bean(Foreigners.class);
        application.template().execute("""
                CREATE TABLE foreigner (id INTEGER PRIMARY KEY, made DATETIME, zoned TIMESTAMP WITH TIME ZONE, day DATE,
                    flag BOOLEAN, price NUMERIC(10,2), loose DECIMAL, code VARCHAR(36), stamp TEXT)""");
    }

    @AfterAll
    void stop() {
        application.close();
    }

    @BeforeEach
    void empty() {
        application.template().execute("DELETE FROM foreigner");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            '2026-11-20 09:30:15'        | 2026-11-20T09:30:15
            '2026-11-20T09:30:15'        | 2026-11-20T09:30:15
            '2026-11-20 09:30'           | 2026-11-20T09:30
            '2026-11-20'                 | 2026-11-20T00:00
            '2026-11-20 09:30:15.123'    | 2026-11-20T09:30:15.123
            '2026-11-20T09:30:15.123456' | 2026-11-20T09:30:15.123456
            '2026-11-20T09:30:15Z'       | 2026-11-20T09:30:15
            '2026-11-20T09:30:15+05:45'  | 2026-11-20T03:45:15
            1795167015                   | 2026-11-20T09:30:15
            1795167015123                | 2026-11-20T09:30:15.123
            2461364.896006944            | 2026-11-20T09:30:15
            -1                           | 1969-12-31T23:59:59
            """)
    void whenATimeLiesInAnyFormThenItIsRead(String stored, LocalDateTime expected) {
        application.template().execute("INSERT INTO foreigner (id, made) VALUES (1, %s)".formatted(quoted(stored)));

        assertThat(foreigners.findById(1L).orElseThrow().made()).isEqualTo(expected);
    }

    private static String quoted(String stored) {
        return stored.matches("-?[\\d.]+") ? stored : "'" + stored + "'";
    }

    @ParameterizedTest
    @CsvSource({"0.99, 0.99", "1, 1.00", "10.5, 10.50", "'12.30', 12.30", "0.30000000000000004, 0.30", "-5, -5.00"})
    void whenADecimalLiesAsRealOrIntegerOrTextThenItHasTheDeclaredScale(String stored, BigDecimal expected) {
        application.template().execute("INSERT INTO foreigner (id, price) VALUES (1, " + stored + ")");

        assertThat(foreigners.findById(1L).orElseThrow().price()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"1, true", "0, false", "'''true''', true", "'''F''', false", "7, true"})
    void whenATruthLiesInAnyFormThenItIsRead(String stored, boolean expected) {
        application.template().execute("INSERT INTO foreigner (id, flag) VALUES (1, " + stored + ")");

        assertThat(foreigners.findById(1L).orElseThrow().flag()).isEqualTo(expected);
    }

    @Test
    void whenAnythingIsWrittenThenInTheFormOfSqlitesOwnFunctions() {
        foreigners.save(new Foreigner(
                null,
                LocalDateTime.parse("2026-11-20T09:30:15"),
                Instant.parse("2026-11-20T09:30:15.5Z"),
                LocalDate.parse("2026-11-20"),
                true,
                new BigDecimal("0.9"),
                new BigDecimal("1E+3"),
                new UUID(1, 2),
                Instant.parse("2026-11-20T09:30:15Z")));

        assertThat(application.template().queryForMap("""
                SELECT made, typeof(made) AS made_type, zoned, day, typeof(flag) AS flag, price, typeof(price) AS price_type,
                    loose, code, stamp, made = datetime('2026-11-20 09:30:15') AS same, day = date('2026-11-20') AS same_day
                FROM foreigner"""))
                .containsEntry("made", "2026-11-20 09:30:15")
                .containsEntry("made_type", "text")
                .containsEntry("zoned", "2026-11-20 09:30:15.500000")
                .containsEntry("day", "2026-11-20")
                .containsEntry("flag", "integer")
                .containsEntry("price", 0.9)
                .containsEntry("price_type", "real")
                .containsEntry("loose", 1000)
                .containsEntry("code", "00000000-0000-0001-0000-000000000002")
                .containsEntry("stamp", "2026-11-20 09:30:15")
                .containsEntry("same", 1)
                .containsEntry("same_day", 1);
        assertThat(foreigners.findByMade(LocalDateTime.parse("2026-11-20T09:30:15")))
                .hasSize(1);
        assertThat(foreigners.findAll().get(0).stamp()).isEqualTo(Instant.parse("2026-11-20T09:30:15Z"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"yesterday", "2026-13-01", ""})
    void whenATimeIsNoneThenTableColumnAndRowAreNamed(String stored) {
        application.template().update("INSERT INTO foreigner (id, made) VALUES (41, '" + stored + " ')");
        application.template().execute("INSERT INTO foreigner (id, made) VALUES (42, '2026-11-20')");

        assertThatThrownBy(() -> foreigners.findById(41L))
                .isInstanceOf(StoredValueException.class)
                .hasMessageContainingAll("made", "foreigner", "41")
                .hasMessageNotContaining("yesterday");
        assertThat(foreigners.findById(42L)).isPresent();
    }

    @Test
    void whenANumberHasMoreDigitsThanARealKeepsThenItIsRefused() {
        Foreigner precise =
                new Foreigner(null, null, null, null, null, null, new BigDecimal("12345678901234567.89"), null, null);

        assertThatThrownBy(() -> foreigners.save(precise))
                .isInstanceOf(ColumnValueException.class)
                .hasMessageContainingAll("loose", "foreigner")
                .hasMessageNotContaining("12345678901234567");
        assertThat(foreigners.count()).isZero();
    }

    @Test
    void whenASavedRowIsReadThenItIsEqual() {
        Foreigner saved = foreigners.save(new Foreigner(
                null,
                LocalDateTime.parse("0001-01-01T00:00:00.000001"),
                Instant.parse("1582-10-10T00:00:00Z"),
                LocalDate.parse("9999-12-31"),
                false,
                new BigDecimal("-1.25"),
                new BigDecimal("7"),
                new UUID(-1, -1),
                Instant.parse("1883-11-18T17:00:00.25Z")));

        assertThat(foreigners.findById(Objects.requireNonNull(saved.id()))).contains(saved);
    }

    @Table("foreigner")
    record Foreigner(
            @Id @Nullable Long id,
            @Nullable LocalDateTime made,
            @Nullable Instant zoned,
            @Nullable LocalDate day,
            @Nullable Boolean flag,
            @Nullable BigDecimal price,
            @Nullable BigDecimal loose,
            @Nullable UUID code,
            @Nullable Instant stamp) {}

    interface Foreigners extends ListCrudRepository<Foreigner, Long> {

        List<Foreigner> findByMade(LocalDateTime made);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableJdbcRepositories(
            considerNestedRepositories = true,
            basePackageClasses = ForeignFormTests.class,
            includeFilters = @ComponentScan.Filter(type = FilterType.ASSIGNABLE_TYPE, classes = Foreigners.class))
    static class Repositories {}
}
