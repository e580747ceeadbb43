package dev.dovetail.contract.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.contract.SharedApplications;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Sort;

/** Whatever is stored comes back, is found, and is ordered the same: generated rows, on both engines, and one against the other. */
class RoundTripPropertyTests {

    private static final SharedApplications applications =
            SharedApplications.withRepositories(Everythings.Repositories.class);

    @BeforeContainer
    static void createTables() {
        for (TestEngine engine : TestEngine.values()) {
            applications.on(engine).define(Everything.TABLE);
        }
    }

    @AfterContainer
    static void stop() {
        applications.close();
    }

    @Property(tries = 300)
    void whatIsSavedIsReadOnBothEngines(@ForAll("rows") Everything row) {
        for (TestEngine engine : TestEngine.values()) {
            EverythingRepository repository = repository(engine);
            long id = Objects.requireNonNull(repository.save(row).id());

            assertThat(repository.findById(id)).as("on %s", engine).contains(Rows.withId(row, id));
        }
    }

    @Property(tries = 60)
    void whatIsFoundAndInWhichOrderIsTheSameOnBothEngines(@ForAll("manyRows") List<Everything> rows) {
        assertThat(answers(TestEngine.SQLITE, rows)).isEqualTo(answers(TestEngine.POSTGRESQL, rows));
    }

    private static List<List<Integer>> answers(TestEngine engine, List<Everything> rows) {
        TestApplication application = applications.on(engine);
        application.template().execute("DELETE FROM everything");
        EverythingRepository repository = repository(engine);
        List<Everything> numbered = new ArrayList<>();
        for (int index = 0; index < rows.size(); index++) {
            numbered.add(Rows.withMedium(rows.get(index), index));
        }
        repository.saveAll(numbered);
        Everything first = rows.get(0);
        Sort tie = Sort.by("medium");
        return List.of(
                sorted(repository.findAll(Sort.by("money").and(tie))),
                sorted(repository.findAll(Sort.by("moment").and(tie))),
                sorted(repository.findAll(Sort.by("local").descending().and(tie))),
                sorted(repository.findAll(Sort.by("text").and(tie))),
                sorted(repository.findAll(Sort.by("day").and(tie))),
                sorted(repository.findAll(Sort.by("number").and(tie))),
                first.moment() == null ? List.of() : unordered(repository.findByMomentAfter(first.moment())),
                first.local() == null ? List.of() : unordered(repository.findByLocalLessThanEqual(first.local())),
                first.day() == null ? List.of() : unordered(repository.findByDayBefore(first.day())),
                first.exact() == null ? List.of() : unordered(repository.findByExact(first.exact())),
                first.price() == null
                        ? List.of()
                        : unordered(repository.findByPriceAmountGreaterThan(
                                first.price().amount())));
    }

    private static List<Integer> sorted(List<Everything> rows) {
        return rows.stream().map(row -> Objects.requireNonNull(row.medium())).toList();
    }

    private static List<Integer> unordered(List<Everything> rows) {
        return sorted(rows).stream().sorted(Comparator.naturalOrder()).toList();
    }

    private static EverythingRepository repository(TestEngine engine) {
        return applications.on(engine).bean(EverythingRepository.class);
    }

    @Provide
    Arbitrary<List<Everything>> manyRows() {
        return rows().list().ofMinSize(2).ofMaxSize(12);
    }

    @Provide
    Arbitrary<Everything> rows() {
        Arbitrary<Rows.Numbers> numbers = Combinators.combine(
                        Arbitraries.shorts().injectNull(0.1),
                        Arbitraries.integers().injectNull(0.1),
                        Arbitraries.longs().injectNull(0.1),
                        decimals(12, 2).injectNull(0.1),
                        decimals(38, 10).injectNull(0.1),
                        Arbitraries.doubles().injectNull(0.1),
                        Arbitraries.floats().injectNull(0.1))
                .as(Rows.Numbers::new);
        Arbitrary<Rows.Texts> texts = Combinators.combine(
                        texts().injectNull(0.1),
                        Arbitraries.chars()
                                .filter(letter -> letter != 0 && !Character.isSurrogate(letter))
                                .injectNull(0.1),
                        Arbitraries.create(UUID::randomUUID).injectNull(0.1),
                        Arbitraries.of(Everything.Color.class).injectNull(0.1),
                        Arbitraries.bytes().array(byte[].class).ofMaxSize(40).injectNull(0.1),
                        texts().list().ofMaxSize(3).injectNull(0.1),
                        documents().injectNull(0.1),
                        Arbitraries.maps(texts(), Arbitraries.integers())
                                .ofMaxSize(3)
                                .injectNull(0.1))
                .as(Rows.Texts::new);
        Arbitrary<Rows.Times> times = Combinators.combine(
                        moments(-4712, 294_246).injectNull(0.1),
                        moments(1, 9999)
                                .map(moment -> moment.atOffset(ZoneOffset.UTC))
                                .injectNull(0.1),
                        dateTimes().injectNull(0.1),
                        dateTimes().map(LocalDateTime::toLocalDate).injectNull(0.1),
                        dateTimes().map(LocalDateTime::toLocalTime).injectNull(0.1))
                .as(Rows.Times::new);
        Arbitrary<Everything.Price> prices =
                Combinators.combine(decimals(18, 4), texts()).as(Everything.Price::new);
        return Combinators.combine(
                        Arbitraries.of(true, false).injectNull(0.1), numbers, texts, times, prices.injectNull(0.2))
                .as(Rows::of);
    }

    private static Arbitrary<BigDecimal> decimals(int precision, int scale) {
        BigInteger limit = BigInteger.TEN.pow(precision).subtract(BigInteger.ONE);
        return Arbitraries.bigIntegers()
                .between(limit.negate(), limit)
                .map(unscaled -> new BigDecimal(unscaled, scale));
    }

    private static Arbitrary<String> texts() {
        return Arbitraries.strings().all().ofMaxLength(30).map(RoundTripPropertyTests::storable);
    }

    private static String storable(String text) {
        StringBuilder storable = new StringBuilder();
        text.codePoints()
                .filter(point -> point != 0 && !(point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE))
                .forEach(storable::appendCodePoint);
        return storable.toString();
    }

    private static Arbitrary<Everything.Document> documents() {
        return Combinators.combine(texts(), Arbitraries.integers().list().ofMaxSize(3))
                .as((title, pages) -> new Everything.Document(title, pages, null));
    }

    private static Arbitrary<Instant> moments(int firstYear, int lastYear) {
        long first = Instant.parse(year(firstYear)).getEpochSecond();
        long last = Instant.parse(year(lastYear)).getEpochSecond();
        return Combinators.combine(
                        Arbitraries.longs().between(first, last),
                        Arbitraries.integers().between(0, 999_999))
                .as((second, micros) -> Instant.ofEpochSecond(second).plus(micros, ChronoUnit.MICROS));
    }

    private static String year(int year) {
        return (year > 9999 ? "+" + year : year < 0 ? "%05d".formatted(year) : "%04d".formatted(year))
                + "-01-01T00:00:00Z";
    }

    private static Arbitrary<LocalDateTime> dateTimes() {
        return moments(0, 9999).map(moment -> LocalDateTime.ofInstant(moment, ZoneOffset.UTC));
    }

    /** Rows put together from fewer parts than a row has properties. */
    static final class Rows {

        private Rows() {}

        record Numbers(
                Short small,
                Integer medium,
                Long large,
                BigDecimal money,
                BigDecimal exact,
                Double number,
                Float narrow) {}

        @SuppressWarnings("ArrayRecordComponent")
        record Texts(
                String text,
                Character letter,
                UUID uuid,
                Everything.Color color,
                byte[] bytes,
                List<String> words,
                Everything.Document document,
                Map<String, Integer> counts) {}

        record Times(Instant moment, OffsetDateTime zoned, LocalDateTime local, LocalDate day, LocalTime hour) {}

        static Everything of(Boolean truth, Numbers numbers, Texts texts, Times times, Everything.Price price) {
            return new Everything(
                    null,
                    truth,
                    numbers.small,
                    numbers.medium,
                    numbers.large,
                    numbers.money,
                    numbers.exact,
                    numbers.number,
                    numbers.narrow,
                    texts.text,
                    texts.letter,
                    texts.uuid,
                    texts.color,
                    times.moment,
                    times.zoned,
                    times.local,
                    times.day,
                    times.hour,
                    texts.bytes,
                    texts.words,
                    texts.document,
                    texts.counts,
                    price);
        }

        static Everything withId(Everything row, long id) {
            return copy(row, id, row.medium());
        }

        static Everything withMedium(Everything row, int medium) {
            return copy(row, null, medium);
        }

        private static Everything copy(Everything row, @Nullable Long id, @Nullable Integer medium) {
            return new Everything(
                    id,
                    row.truth(),
                    row.small(),
                    medium,
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
}
