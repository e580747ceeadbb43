package dev.dovetail.contract.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.contract.EngineContract;
import dev.dovetail.contract.SharedApplications;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import dev.dovetail.schema.SchemaCatalog;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.context.annotation.Import;
import org.springframework.core.convert.converter.Converter;
import org.springframework.data.annotation.Id;
import org.springframework.data.convert.ReadingConverter;
import org.springframework.data.convert.WritingConverter;
import org.springframework.data.domain.ScrollPosition;
import org.springframework.data.domain.Sort;
import org.springframework.data.domain.Window;
import org.springframework.data.jdbc.repository.config.EnableJdbcRepositories;
import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.relational.core.mapping.Table;
import org.springframework.data.repository.ListCrudRepository;

/** Properties whose type is not the first that comes to mind for their column, and JdbcClient beside the repositories. */
@EngineContract
class MixedTypeTests {

    private static final SharedApplications applications = SharedApplications.withRepositories(Repositories.class);
    private static final Instant MOMENT = Instant.parse("2026-11-20T00:00:00Z");

    private final TestApplication application;
    private final Things things;

    MixedTypeTests(TestEngine engine) {
        this.application = applications.on(engine);
        this.things = application.bean(Things.class);
    }

    @AfterAll
    static void stop() {
        applications.close();
    }

    @BeforeEach
    void createTable() {
        application.template().execute("DROP TABLE IF EXISTS thing");
        application.define("""
                CREATE TABLE thing (id ${identity}, price ${decimal_12_2}, flag ${integer}, made_on ${timestamp},
                    legacy ${datetime}, made ${timestamp}, code ${uuid}, rank ${integer} NOT NULL) ${strict}""");
    }

    @Test
    void whenTheApplicationConvertsNumbersThenItGetsTheDecimal() {
        Thing saved = things.save(thing(1));

        assertThat(things.findById(Objects.requireNonNull(saved.id()))).contains(saved);
    }

    @Test
    void whenQueriesByHandReturnOtherTypesOfTimeThenTheyAreInUtc() {
        things.save(thing(1));

        assertThat(things.madeOn()).isEqualTo(LocalDate.parse("2026-11-20"));
        assertThat(things.made()).isEqualTo(MOMENT);
    }

    @Test
    void whenJdbcClientBindsAndReadsMomentsAndUuidsThenTheyAreTheSame() {
        UUID code = new UUID(3, 4);
        application
                .jdbc()
                .sql("INSERT INTO thing (made, code, rank) VALUES (?, ?, ?)")
                .params(MOMENT, code, 7)
                .update();

        assertThat(application
                        .jdbc()
                        .sql("SELECT made, code FROM thing WHERE made = :made AND code = :code")
                        .param("made", MOMENT)
                        .param("code", code)
                        .query(Stamp.class)
                        .single())
                .isEqualTo(new Stamp(MOMENT, code));
        assertThat(things.findAll()).extracting(Thing::made).containsExactly(MOMENT);
    }

    @Test
    void whenAColumnBecomesNullableThenWindowsLoseNoRow() {
        things.saveAll(List.of(thing(1), thing(2), thing(3)));
        assertThat(visited()).isEqualTo(3);

        application.template().execute("DROP TABLE thing");
        application.define("""
                CREATE TABLE thing (id ${identity}, price ${decimal_12_2}, flag ${integer}, made_on ${timestamp},
                    legacy ${datetime}, made ${timestamp}, code ${uuid}, rank ${integer}) ${strict}""");
        application.bean(SchemaCatalog.class).refresh();
        things.saveAll(List.of(thing(1), thing(null), thing(2), thing(null)));

        assertThat(visited()).isEqualTo(4);
    }

    private int visited() {
        int visited = 0;
        ScrollPosition position = ScrollPosition.keyset();
        Window<Thing> window;
        do {
            window = things.findFirst2By(position, Sort.by("rank"));
            visited += window.size();
            position = window.positionAt(Math.max(0, window.size() - 1));
        } while (window.hasNext());
        return visited;
    }

    private static Thing thing(@Nullable Integer rank) {
        return new Thing(
                null,
                new Money(new BigDecimal("5.25")),
                true,
                LocalDate.parse("2026-11-20"),
                Date.from(MOMENT),
                MOMENT,
                new UUID(1, 2),
                rank);
    }

    @Table("thing")
    record Thing(
            @Id @Nullable Long id,
            @Nullable Money price,
            @Nullable Boolean flag,
            @Nullable LocalDate madeOn,
            @Nullable Date legacy,
            @Nullable Instant made,
            @Nullable UUID code,
            @Nullable Integer rank) {}

    record Money(BigDecimal amount) {}

    record Stamp(Instant made, UUID code) {}

    interface Things extends ListCrudRepository<Thing, Long> {

        Window<Thing> findFirst2By(ScrollPosition position, Sort sort);

        @Query("SELECT made_on FROM thing")
        LocalDate madeOn();

        @Query("SELECT made FROM thing")
        Instant made();
    }

    @WritingConverter
    static final class MoneyToDecimal implements Converter<Money, BigDecimal> {

        @Override
        public BigDecimal convert(Money money) {
            return money.amount();
        }
    }

    @ReadingConverter
    static final class NumberToMoney implements Converter<Number, Money> {

        @Override
        public Money convert(Number number) {
            return new Money(new BigDecimal(number.toString()));
        }
    }

    @Configuration(proxyBeanMethods = false)
    @Import({MoneyToDecimal.class, NumberToMoney.class})
    @EnableJdbcRepositories(
            considerNestedRepositories = true,
            basePackageClasses = MixedTypeTests.class,
            includeFilters = @ComponentScan.Filter(type = FilterType.ASSIGNABLE_TYPE, classes = Things.class))
    static class Repositories {}
}
