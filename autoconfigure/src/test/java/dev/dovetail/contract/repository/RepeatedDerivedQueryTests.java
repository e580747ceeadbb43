package dev.dovetail.contract.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dovetail.contract.EngineContract;
import dev.dovetail.contract.SharedApplications;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.IncorrectResultSizeDataAccessException;
import org.springframework.data.annotation.Id;
import org.springframework.data.jdbc.core.mapping.AggregateReference;
import org.springframework.data.jdbc.repository.config.EnableJdbcRepositories;
import org.springframework.data.relational.core.mapping.Table;
import org.springframework.data.repository.ListCrudRepository;
import org.springframework.transaction.support.TransactionTemplate;

/** Queries from the names of methods find the same when they are called again, with whatever arguments. */
@EngineContract
class RepeatedDerivedQueryTests {

    private static final SharedApplications applications = SharedApplications.withTables(Repositories.class, """
            CREATE TABLE gauge (
                id ${identity}, name ${text} NOT NULL, low ${integer} NOT NULL, high ${integer} NOT NULL, at ${timestamp},
                price ${decimal_10_2}, kind ${text}, parent ${bigint}
            ) ${strict}
            """);

    private final TestApplication application;
    private final Gauges gauges;

    RepeatedDerivedQueryTests(TestEngine engine) {
        this.application = applications.on(engine);
        this.gauges = application.bean(Gauges.class);
    }

    enum Kind {
        WARM,
        COLD
    }

    @Table("gauge")
    record Gauge(
            @Id @Nullable Long id,
            String name,
            int low,
            int high,
            @Nullable Instant at,
            @Nullable BigDecimal price,
            @Nullable Kind kind,
            @Nullable AggregateReference<Gauge, Long> parent) {

        static Gauge of(int number) {
            return new Gauge(
                    null,
                    "gauge " + number,
                    number,
                    2 * number,
                    Instant.EPOCH.plusSeconds(number),
                    BigDecimal.valueOf(100L * number + 5, 2),
                    number % 2 == 0 ? Kind.WARM : Kind.COLD,
                    AggregateReference.to((long) number));
        }
    }

    interface Gauges extends ListCrudRepository<Gauge, Long> {

        Optional<Gauge> findByName(@Nullable String name);

        @Nullable
        Gauge findByPrice(BigDecimal price);

        List<Gauge> readByPriceGreaterThan(BigDecimal price);

        List<Gauge> queryByPriceGreaterThan(BigDecimal price);

        List<Gauge> readByAtBefore(Instant moment);

        List<Gauge> queryByAtBefore(Instant moment);

        List<Gauge> readByNameNot(String name);

        List<Gauge> queryByNameNot(String name);

        List<Gauge> readByLowLessThan(Number low);

        List<Gauge> queryByLowLessThan(Number low);

        Optional<Gauge> findByParent(AggregateReference<Gauge, Long> parent);

        List<Gauge> findByKindOrderByLow(@Nullable Kind kind);

        Set<Gauge> findByLowAndHigh(int low, int high);

        List<Gauge> findByHighOrLowOrderByLow(int high, int low);

        List<Gauge> findByLowBetweenOrderByLow(int from, int to);

        List<Gauge> findFirst2ByAtAfterOrderByLow(Instant moment);

        Optional<Gauge> findFirstByLowGreaterThanOrderByLowDesc(int low);

        Optional<Gauge> findByLowLessThan(int low);

        List<Gauge> findByNameNotAndLowGreaterThanEqual(Optional<String> name, int low);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableJdbcRepositories(
            considerNestedRepositories = true,
            includeFilters = @Filter(type = FilterType.ASSIGNABLE_TYPE, classes = Gauges.class))
    static class Repositories {}

    @AfterAll
    static void stop() {
        applications.close();
    }

    @BeforeEach
    void fill() {
        gauges.deleteAll();
        gauges.saveAll(IntStream.range(0, 10).mapToObj(Gauge::of).toList());
    }

    private static List<Integer> lows(Iterable<Gauge> found) {
        List<Integer> lows = new ArrayList<>();
        found.forEach(gauge -> lows.add(gauge.low()));
        return lows;
    }

    @Test
    void eachCallFindsWhatItsOwnArgumentsAskFor() {
        for (int number = 0; number < 10; number++) {
            Gauge expected = Gauge.of(number);
            assertThat(gauges.findByName("gauge " + number).orElseThrow())
                    .usingRecursiveComparison()
                    .ignoringFields("id")
                    .isEqualTo(expected);
            assertThat(gauges.findByName("no gauge " + number)).isEmpty();
            assertThat(gauges.findByPrice(BigDecimal.valueOf(100L * number + 5, 2)))
                    .extracting(Gauge::low)
                    .isEqualTo(number);
            assertThat(gauges.findByParent(AggregateReference.to((long) number))
                            .orElseThrow()
                            .low())
                    .isEqualTo(number);
            assertThat(lows(gauges.findByLowAndHigh(number, 2 * number))).containsExactly(number);
            assertThat(lows(gauges.findByLowBetweenOrderByLow(number, number + 1)))
                    .containsExactlyElementsOf(number == 9 ? List.of(9) : List.of(number, number + 1));
        }
    }

    @Test
    void argumentsKeepTheirPlacesWhereTheFirstOnesWereAlike() {
        assertThat(lows(gauges.findByLowAndHigh(0, 0))).containsExactly(0);
        assertThat(gauges.findByLowAndHigh(6, 3)).isEmpty();
        assertThat(lows(gauges.findByLowAndHigh(3, 6))).containsExactly(3);
        assertThat(lows(gauges.findByHighOrLowOrderByLow(4, 4))).containsExactly(2, 4);
        assertThat(lows(gauges.findByHighOrLowOrderByLow(8, 1))).containsExactly(1, 4);
        assertThat(lows(gauges.findByHighOrLowOrderByLow(1, 8))).containsExactly(8);
        assertThat(lows(gauges.findByLowBetweenOrderByLow(5, 5))).containsExactly(5);
        assertThat(lows(gauges.findByLowBetweenOrderByLow(7, 9))).containsExactly(7, 8, 9);
        assertThat(gauges.findByLowBetweenOrderByLow(9, 7)).isEmpty();
    }

    @Test
    void nullAmongTheArgumentsAsksForNull() {
        gauges.save(new Gauge(null, "none", 10, 20, null, null, null, null));
        for (int round = 0; round < 3; round++) {
            assertThat(lows(gauges.findByKindOrderByLow(Kind.COLD))).containsExactly(1, 3, 5, 7, 9);
            assertThat(lows(gauges.findByKindOrderByLow(null))).containsExactly(10);
            assertThat(lows(gauges.findByKindOrderByLow(Kind.WARM))).containsExactly(0, 2, 4, 6, 8);
            assertThat(gauges.findByName(null)).isEmpty();
        }
    }

    @Test
    void limitsAndOrdersOfTheNameStay() {
        for (int number = 0; number < 5; number++) {
            assertThat(lows(gauges.findFirst2ByAtAfterOrderByLow(Instant.EPOCH.plusSeconds(number))))
                    .containsExactly(number + 1, number + 2);
            assertThat(gauges.findFirstByLowGreaterThanOrderByLowDesc(number))
                    .map(Gauge::low)
                    .contains(9);
        }
    }

    @Test
    void oneResultIsAskedForAndSeveralAreThere() {
        for (int round = 0; round < 3; round++) {
            assertThat(gauges.findByLowLessThan(0)).isEmpty();
            assertThat(gauges.findByLowLessThan(1)).map(Gauge::low).contains(0);
            assertThatThrownBy(() -> gauges.findByLowLessThan(3))
                    .isInstanceOfSatisfying(IncorrectResultSizeDataAccessException.class, e -> {
                        assertThat(e.getExpectedSize()).isOne();
                        assertThat(e.getActualSize()).isEqualTo(3);
                    });
        }
    }

    @Test
    void whatOnlySpringDataCanConvertIsLeftToIt() {
        for (int round = 0; round < 3; round++) {
            assertThat(lows(gauges.findByNameNotAndLowGreaterThanEqual(Optional.of("gauge 9"), 8)))
                    .containsExactly(8);
        }
    }

    // Each query by the name of "read" has been rendered before it is asked for what is odd, the others have not.
    @Test
    void whatIsOddIsAnsweredAsByAQueryThatIsRendered() {
        gauges.readByPriceGreaterThan(BigDecimal.ONE);
        for (BigDecimal price : List.of(
                new BigDecimal("1.055"),
                new BigDecimal("1E+30"),
                new BigDecimal("-1E-9"),
                new BigDecimal("1.050000"))) {
            assertThat(outcome(() -> gauges.readByPriceGreaterThan(price)))
                    .isEqualTo(outcome(() -> gauges.queryByPriceGreaterThan(price)));
        }
        gauges.readByAtBefore(Instant.EPOCH);
        for (Instant moment : List.of(
                Instant.MAX,
                Instant.MIN,
                Instant.EPOCH.plusSeconds(3).plusNanos(1),
                Instant.EPOCH.plusSeconds(4).minusNanos(1))) {
            assertThat(outcome(() -> gauges.readByAtBefore(moment)))
                    .isEqualTo(outcome(() -> gauges.queryByAtBefore(moment)));
        }
        gauges.readByNameNot("a");
        for (String name : List.of("a\0b", "\ud800", "", "x".repeat(100_000))) {
            assertThat(outcome(() -> gauges.readByNameNot(name))).isEqualTo(outcome(() -> gauges.queryByNameNot(name)));
        }
        gauges.readByLowLessThan(5);
        for (Number low : List.<Number>of(Long.MAX_VALUE, 2.5, 3.0f, new BigDecimal("4.0"), Double.NaN, (byte) 1)) {
            assertThat(outcome(() -> gauges.readByLowLessThan(low)))
                    .isEqualTo(outcome(() -> gauges.queryByLowLessThan(low)));
        }
    }

    private static String outcome(Supplier<List<Gauge>> query) {
        try {
            return lows(query.get()).toString();
        } catch (DataIntegrityViolationException e) {
            return "refused";
        } catch (RuntimeException e) {
            return e.toString();
        }
    }

    @Test
    void insideATransactionItsOwnChangesAreSeen() {
        assertThat(gauges.findByName("gauge 1")).isPresent();
        assertThat(gauges.findByName("gauge 2")).isPresent();
        new TransactionTemplate(application.bean(org.springframework.transaction.PlatformTransactionManager.class))
                .executeWithoutResult(status -> {
                    gauges.save(Gauge.of(77));
                    assertThat(gauges.findByName("gauge 77")).isPresent();
                    status.setRollbackOnly();
                });
        assertThat(gauges.findByName("gauge 77")).isEmpty();
    }

    @Test
    void manyThreadsAtOnceFindTheirOwn() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Boolean>> calls = new ArrayList<>();
            for (int call = 0; call < 400; call++) {
                int number = call % 10;
                calls.add(
                        () -> gauges.findByName("gauge " + number).orElseThrow().low() == number
                                && lows(gauges.findByLowAndHigh(number, 2 * number))
                                        .equals(List.of(number)));
            }
            for (Future<Boolean> each : threads.invokeAll(calls)) {
                assertThat(each.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
