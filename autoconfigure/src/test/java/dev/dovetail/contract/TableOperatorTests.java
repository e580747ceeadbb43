package dev.dovetail.contract;

import static dev.dovetail.repository.table.Condition.allOf;
import static dev.dovetail.repository.table.Condition.anyOf;
import static dev.dovetail.repository.table.Condition.column;
import static dev.dovetail.repository.table.Condition.not;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dovetail.repository.table.Condition;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.dao.TypeMismatchDataAccessException;

/** Each operator over the same twenty rows keeps the rows that Java's own comparison keeps. */
class TableOperatorTests extends TableContract {

    enum Grade {
        LOW,
        HIGH
    }

    record Person(
            long id,
            @Nullable String name,
            @Nullable Long age,
            @Nullable BigDecimal balance,
            @Nullable Boolean active,
            @Nullable LocalDate born,
            @Nullable Instant seen,
            @Nullable Double height,
            @Nullable String grade) {}

    private record Case(Condition condition, Predicate<Person> expected) {}

    private static final List<@Nullable String> NAMES = Arrays.asList(
            "ada", "Ada", "ADA", "adam", "äda", "Äda", "ÄDA", "ad%a", "ad_a", "ad\\a", "ad*a", "ad?a", "ad[a]", "😀da",
            "", " ada", "zoë", null, null, "ıda");

    private static final List<Person> PEOPLE = people();

    TableOperatorTests(TestEngine engine) {
        super(engine);
    }

    private static List<Person> people() {
        List<Person> people = new ArrayList<>();
        for (int i = 0; i < NAMES.size(); i++) {
            boolean none = i % 5 == 4;
            people.add(new Person(
                    i + 1,
                    NAMES.get(i),
                    none ? null : (i - 10) * 1_000_000_000_000L,
                    none ? null : new BigDecimal(i - 8).movePointLeft(2).setScale(2),
                    i % 3 == 2 ? null : Boolean.valueOf(i % 3 == 0),
                    none ? null : LocalDate.of(1600 + 40 * i, 2, 28),
                    none ? null : Instant.parse("1969-12-31T23:59:59.999990Z").plusNanos(i * 1000L),
                    none ? null : Double.valueOf((i - 3) / 7.0),
                    none ? null : (i % 2 == 0 ? "LOW" : "HIGH")));
        }
        return people;
    }

    @BeforeEach
    void insertPeople() {
        define(List.of("person"), """
                CREATE TABLE person (id ${bigint} PRIMARY KEY, name ${text}, age ${bigint}, balance ${decimal_12_2},
                    active ${boolean}, born ${date}, seen ${timestamp}, height ${double}, grade ${text}) ${strict}""");
        table("person").insertAll(PEOPLE);
    }

    private static <V> Predicate<Person> has(Function<Person, @Nullable V> property, Predicate<V> test) {
        return person -> {
            V value = property.apply(person);
            return value != null && test.test(value);
        };
    }

    private static String lower(String text) {
        StringBuilder lower = new StringBuilder();
        text.chars().forEach(each -> lower.append((char) (each >= 'A' && each <= 'Z' ? each + 32 : each)));
        return lower.toString();
    }

    private static List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        for (String name : NAMES.stream().filter(Objects::nonNull).toList()) {
            cases.addAll(textCases(name));
        }
        cases.addAll(otherCases());
        cases.addAll(groups());
        return cases;
    }

    private static List<Case> textCases(String text) {
        return List.of(
                new Case(column("name").is(text), has(Person::name, text::equals)),
                new Case(column("name").isNot(text), has(Person::name, name -> !name.equals(text))),
                new Case(column("name").lt(text), has(Person::name, name -> codePoints(name, text) < 0)),
                new Case(column("name").le(text), has(Person::name, name -> codePoints(name, text) <= 0)),
                new Case(column("name").gt(text), has(Person::name, name -> codePoints(name, text) > 0)),
                new Case(column("name").ge(text), has(Person::name, name -> codePoints(name, text) >= 0)),
                new Case(column("name").contains(text), has(Person::name, name -> name.contains(text))),
                new Case(column("name").startsWith(text), has(Person::name, name -> name.startsWith(text))),
                new Case(column("name").endsWith(text), has(Person::name, name -> name.endsWith(text))),
                new Case(
                        column("name").ignoreCase().is(text),
                        has(Person::name, name -> lower(name).equals(lower(text)))),
                new Case(
                        column("name").ignoreCase().isNot(text),
                        has(Person::name, name -> !lower(name).equals(lower(text)))),
                new Case(
                        column("name").ignoreCase().contains(text),
                        has(Person::name, name -> lower(name).contains(lower(text)))),
                new Case(
                        column("name").ignoreCase().gt(text),
                        has(Person::name, name -> codePoints(lower(name), lower(text)) > 0)),
                new Case(
                        column("name").ignoreCase().in(text, "ZOË"),
                        has(
                                Person::name,
                                name -> lower(name).equals(lower(text))
                                        || lower(name).equals("zoË"))));
    }

    private static int codePoints(String one, String other) {
        return Arrays.compare(one.codePoints().toArray(), other.codePoints().toArray());
    }

    private static List<Case> otherCases() {
        BigDecimal cents = new BigDecimal("0.01");
        LocalDate day = LocalDate.of(2000, 2, 28);
        Instant moment = Instant.parse("1970-01-01T00:00:00Z");
        return List.of(
                new Case(column("name").like("a_a"), has(Person::name, name -> name.matches("a.a"))),
                new Case(column("name").like("%d\\_%"), has(Person::name, name -> name.contains("d_"))),
                new Case(column("name").like("ad\\\\a"), has(Person::name, "ad\\a"::equals)),
                new Case(column("name").like("_da"), has(Person::name, name -> name.matches("(?s).da"))),
                new Case(
                        column("name").ignoreCase().like("_DA"),
                        has(Person::name, name -> lower(name).matches("(?s).da"))),
                new Case(column("name").isNull(), person -> person.name() == null),
                new Case(column("name").isNotNull(), person -> person.name() != null),
                new Case(column("age").is(-1_000_000_000_000L), has(Person::age, age -> age == -1_000_000_000_000L)),
                new Case(
                        column("age").between(-3_000_000_000_000L, 0),
                        has(Person::age, age -> age >= -3_000_000_000_000L && age <= 0)),
                new Case(column("age").in(List.of()), person -> false),
                new Case(column("age").notIn(List.of()), person -> true),
                new Case(
                        column("age").in(0, 1_000_000_000_000L),
                        has(Person::age, age -> age == 0 || age == 1_000_000_000_000L)),
                new Case(
                        column("age").notIn(0, 1_000_000_000_000L),
                        has(Person::age, age -> age != 0 && age != 1_000_000_000_000L)),
                new Case(column("balance").gt(cents), has(Person::balance, balance -> balance.compareTo(cents) > 0)),
                new Case(
                        column("balance").is(new BigDecimal("0.1")),
                        has(Person::balance, balance -> balance.compareTo(new BigDecimal("0.1")) == 0)),
                new Case(column("balance").lt(0), has(Person::balance, balance -> balance.signum() < 0)),
                new Case(column("active").is(true), has(Person::active, active -> active)),
                new Case(column("active").isNot(true), has(Person::active, active -> !active)),
                new Case(column("born").ge(day), has(Person::born, born -> !born.isBefore(day))),
                new Case(column("seen").lt(moment), has(Person::seen, seen -> seen.isBefore(moment))),
                new Case(column("seen").is(moment), has(Person::seen, moment::equals)),
                new Case(column("height").le(1 / 7.0), has(Person::height, height -> height <= 1 / 7.0)),
                new Case(column("grade").is(Grade.HIGH), has(Person::grade, "HIGH"::equals)),
                new Case(column("GRADE").in(List.of(Grade.values())), person -> person.grade() != null));
    }

    private static List<Case> groups() {
        Condition ada = column("name").is("ada");
        Condition young = column("age").lt(0);
        Predicate<Person> isAda = has(Person::name, "ada"::equals);
        Predicate<Person> isYoung = has(Person::age, age -> age < 0);
        return List.of(
                new Case(ada.or(young), isAda.or(isYoung)),
                new Case(ada.and(young), isAda.and(isYoung)),
                new Case(not(ada), has(Person::name, name -> !name.equals("ada"))),
                new Case(not(column("name").isNull()), person -> person.name() != null),
                new Case(not(column("age").in()), person -> true),
                new Case(
                        allOf(anyOf(ada, column("active").is(true)), not(young)),
                        isAda.or(has(Person::active, active -> active)).and(has(Person::age, age -> age >= 0))),
                new Case(
                        anyOf(allOf(ada, young), column("id").is(20)),
                        isAda.and(isYoung).or(person -> person.id() == 20)),
                new Case(anyOf(column("id").in(), column("id").is(3)), person -> person.id() == 3));
    }

    @Test
    void whenRowsAreComparedThenTheyAreThoseThatJavaKeeps() {
        List<Case> cases = cases();
        for (int i = 0; i < cases.size(); i++) {
            Case each = cases.get(i);
            List<Long> expected =
                    PEOPLE.stream().filter(each.expected()).map(Person::id).toList();
            assertThat(ids(table("person").where(each.condition()).orderBy("id").list()))
                    .as("case %d: %s", i, executed())
                    .isEqualTo(expected);
            assertThat(table("person").where(each.condition()).count()).isEqualTo(expected.size());
            assertThat(table("person").where(each.condition()).exists()).isEqualTo(!expected.isEmpty());
        }
        assertThat(cases).hasSizeGreaterThan(250);
    }

    @Test
    void whenConditionsFollowEachOtherThenAllHold() {
        assertThat(ids(table("person")
                        .where("name")
                        .startsWith("ad")
                        .where(column("age").is(0).or(column("age").lt(-9_000_000_000_000L)))
                        .list()))
                .containsExactly(1L, 11L);
    }

    // What a caller without a null checker can do.
    @Test
    @SuppressWarnings("NullAway")
    void whenComparedWithNullThenItIsRefused() {
        String none = null;
        for (Runnable comparison : Stream.<Runnable>of(
                        () -> column("name").is(none),
                        () -> column("name").in("a", null),
                        () -> column("name").notIn(Arrays.asList("a", null)),
                        () -> column("name").contains(none),
                        () -> column("name").between(1, none))
                .toList()) {
            assertThatThrownBy(comparison::run)
                    .isInstanceOf(InvalidDataAccessApiUsageException.class)
                    .hasMessageContaining("\"name\"")
                    .hasMessageContaining("isNull()");
        }
    }

    @Test
    void whenAValueHasAnotherTypeThenTheErrorNamesTheColumnAndNotTheValue() {
        for (Runnable comparison : Stream.<Runnable>of(
                        () -> table("person").where("age").is("secret"),
                        () -> table("person").where("age").is(17.25),
                        () -> table("person").where("name").is(4711),
                        () -> table("person").where("active").is(1),
                        () -> table("person").where("born").is("secret"),
                        () -> table("person").where("seen").is(LocalTime.NOON),
                        () -> table("person").where("balance").is(new BigDecimal("4711.123")))
                .toList()) {
            assertThatThrownBy(comparison::run)
                    .isInstanceOf(TypeMismatchDataAccessException.class)
                    .hasMessageContaining("of table \"person\"")
                    .hasMessageContaining("column \"")
                    .hasMessageNotContainingAny("secret", "4711", "17.25");
        }
    }

    @Test
    void whenAPatternIsAskedOfNumbersOrEndsInABackslashThenItIsRefused() {
        assertThatThrownBy(() -> table("person").where("age").contains("1"))
                .isInstanceOf(InvalidDataAccessApiUsageException.class)
                .hasMessageContaining("\"age\"");
        assertThatThrownBy(() -> table("person").where("name").like("a\\"))
                .isInstanceOf(InvalidDataAccessApiUsageException.class)
                .hasMessageContaining("backslash");
        assertThatThrownBy(() -> table("person").where("age").ignoreCase().is(1))
                .isInstanceOf(InvalidDataAccessApiUsageException.class)
                .hasMessageContaining("case");
    }

    @Test
    void whenOrderedThenNullsAreLastAscendingAndFirstDescendingAndTextIsByCodePoints() {
        List<@Nullable String> ascending = NAMES.stream()
                .sorted((one, other) -> one == null || other == null
                        ? Boolean.compare(one == null, other == null)
                        : codePoints(one, other))
                .toList();
        List<@Nullable String> descending = new ArrayList<>(ascending);
        java.util.Collections.reverse(descending);

        assertThat(values(table("person").orderBy("name").list(), "name")).isEqualTo(ascending);
        assertThat(values(
                        table("person")
                                .orderBy("name", org.springframework.data.domain.Sort.Direction.DESC)
                                .list(),
                        "name"))
                .isEqualTo(descending);
    }
}
