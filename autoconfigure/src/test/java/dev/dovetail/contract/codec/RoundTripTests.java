package dev.dovetail.contract.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dovetail.contract.EngineContract;
import dev.dovetail.contract.SharedApplications;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.data.domain.Sort;

/** Every type comes back as it was stored, and means the same in conditions, on both engines. */
@EngineContract
class RoundTripTests {

    private static final SharedApplications applications =
            SharedApplications.withRepositories(Everythings.Repositories.class);

    private final TestEngine engine;
    private final TestApplication application;
    private final EverythingRepository repository;

    RoundTripTests(TestEngine engine) {
        this.engine = engine;
        this.application = applications.on(engine);
        this.repository = application.bean(EverythingRepository.class);
    }

    @AfterAll
    static void stop() {
        applications.close();
    }

    @BeforeEach
    void createTable() {
        application.template().execute("DROP TABLE IF EXISTS everything");
        application.define(Everything.TABLE);
    }

    @Test
    void whenRowsAtTheEdgesAreSavedThenTheyComeBackEqual() {
        for (Everything row : Everythings.extremes()) {
            Everything saved = repository.save(row);

            assertThat(repository.findById(Objects.requireNonNull(saved.id()))).contains(saved);
        }
        assertThat(repository.findAll()).hasSize(4);
    }

    @Test
    void whenARowIsUpdatedToNothingThenEveryColumnIsNull() {
        Everything saved = repository.save(Everythings.typical());
        Everything nothing = withId(Everything.empty(), Objects.requireNonNull(saved.id()));

        repository.save(nothing);

        assertThat(repository.findById(saved.id())).contains(nothing);
        Map<String, Object> row = application.template().queryForMap("SELECT * FROM everything");
        row.remove("id");
        assertThat(row.values()).containsOnlyNulls();
    }

    @Test
    void whenDecimalsAreComparedThenByTheirValue() {
        save(money("9.50"), money("10.00"), money("-3.00"), money("100.00"));

        assertThat(repository.findByMoneyBetween(new BigDecimal("9.5"), new BigDecimal("10"), Sort.by("money")))
                .extracting(Everything::money)
                .containsExactly(new BigDecimal("9.50"), new BigDecimal("10.00"));
        assertThat(repository.findByMoneyIn(List.of(new BigDecimal("1E+2"), new BigDecimal("-3"))))
                .hasSize(2);
        assertThat(repository.findAll(Sort.by("money").descending()))
                .extracting(Everything::money)
                .map(BigDecimal::toPlainString)
                .containsExactly("100.00", "10.00", "9.50", "-3.00");
    }

    @Test
    void whenADecimalBeyond18DigitsIsLookedForThenItIsFoundByItsValue() {
        save(Everythings.typical(), Everythings.largest());

        assertThat(repository.findByExact(new BigDecimal("12345678901234567890.012345678900")))
                .hasSize(1);
    }

    // Declared difference: SQLite keeps so many digits as text, which has no order of numbers.
    @Test
    void whenADecimalBeyond18DigitsIsSortedThenItIsRefusedOnSqlite() {
        save(Everythings.typical(), Everythings.largest());

        if (engine == TestEngine.SQLITE) {
            assertThatThrownBy(() -> repository.findAll(Sort.by("exact")))
                    .isInstanceOf(InvalidDataAccessApiUsageException.class)
                    .hasMessageContainingAll("exact", "everything");
            assertThatThrownBy(() -> repository.findByExactLessThan(BigDecimal.ONE))
                    .isInstanceOf(InvalidDataAccessApiUsageException.class);
        } else {
            assertThat(repository.findAll(Sort.by("exact"))).hasSize(2);
            assertThat(repository.findByExactLessThan(BigDecimal.ONE)).isEmpty();
        }
    }

    @Test
    void whenAnEmbeddedDecimalIsComparedThenByItsValue() {
        save(Everythings.typical(), Everythings.smallest(), Everythings.largest());

        assertThat(repository.findByPriceAmountGreaterThan(BigDecimal.ZERO)).hasSize(2);
    }

    @Test
    void whenMomentsAndDatesAreComparedThenByTime() {
        save(Everythings.extremes().toArray(Everything[]::new));
        Instant moment = Objects.requireNonNull(Everythings.typical().moment());

        assertThat(repository.findByMomentAfter(moment)).hasSize(1);
        assertThat(repository.findByMomentAfter(moment.minus(Duration.ofNanos(1_000))))
                .hasSize(2);
        assertThat(repository.findByLocalLessThanEqual(LocalDateTime.parse("2026-03-29T02:30:00")))
                .hasSize(2);
        assertThat(repository.findByDayBefore(LocalDate.parse("2024-02-29"))).hasSize(1);
    }

    @Test
    void whenAMomentHasNanosecondsThenTheyAreCutOff() {
        Instant nanos = Instant.parse("2026-11-20T09:30:15.123456789Z");

        Everything saved = repository.save(moment(nanos));

        assertThat(repository
                        .findById(Objects.requireNonNull(saved.id()))
                        .orElseThrow()
                        .moment())
                .isEqualTo(Instant.parse("2026-11-20T09:30:15.123456Z"));
    }

    @Test
    void whenParametersOfAQueryByHandAreMomentsUuidsAndEnumsThenTheyMatch() {
        Everything typical = Everythings.typical();
        save(typical, Everythings.smallest());
        Instant moment = Objects.requireNonNull(typical.moment());
        UUID uuid = Objects.requireNonNull(typical.uuid());

        assertThat(repository.since(moment)).hasSize(1);
        assertThat(repository.like(uuid, Everything.Color.IVORY)).hasSize(1);
        assertThat(repository.secondBefore(moment.minusSeconds(1))).hasSize(1);
        assertThat(repository.latest()).isEqualTo(moment);
        assertThat(repository.uuids()).containsExactly(uuid, new UUID(0, 0));
    }

    @Test
    void whenUuidsEnumsAndTruthsAreLookedForThenTheyAreFound() {
        save(Everythings.extremes().toArray(Everything[]::new));

        assertThat(repository.findByUuid(new UUID(-1, -1))).hasSize(1);
        assertThat(repository.findByColorIn(List.of(Everything.Color.RED, Everything.Color.GREEN)))
                .hasSize(2);
        assertThat(repository.findByTruthTrue()).hasSize(2);
    }

    private void save(Everything... rows) {
        repository.saveAll(List.of(rows));
    }

    private static Everything money(String amount) {
        return new Everything(
                null,
                null,
                null,
                null,
                null,
                new BigDecimal(amount),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    private static Everything moment(Instant moment) {
        return new Everything(
                null, null, null, null, null, null, null, null, null, null, null, null, null, moment, null, null, null,
                null, null, null, null, null, null);
    }

    private static Everything withId(Everything row, long id) {
        return new Everything(
                id,
                row.truth(),
                row.small(),
                row.medium(),
                row.large(),
                row.money(),
                row.exact(),
                row.number(),
                row.narrow(),
                row.text(),
                row.letter(),
                row.uuid(),
                row.color(),
                row.moment(),
                row.zoned(),
                row.local(),
                row.day(),
                row.hour(),
                row.bytes(),
                row.words(),
                row.document(),
                row.counts(),
                row.price());
    }
}
