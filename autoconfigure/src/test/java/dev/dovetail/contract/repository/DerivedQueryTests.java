package dev.dovetail.contract.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dovetail.contract.EngineContract;
import dev.dovetail.contract.SharedApplications;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.dao.IncorrectResultSizeDataAccessException;
import org.springframework.data.domain.Limit;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.Slice;
import org.springframework.data.domain.Sort;
import org.springframework.data.domain.Sort.Order;
import org.springframework.data.jdbc.repository.config.EnableJdbcRepositories;

/** Queries from the names of methods: each keyword means the same on both engines. */
@EngineContract
class DerivedQueryTests {

    private static final SharedApplications applications =
            SharedApplications.withTables(Repositories.class, Person.TABLE);

    private final People people;

    DerivedQueryTests(TestEngine engine) {
        TestApplication application = applications.on(engine);
        this.people = application.bean(People.class);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableJdbcRepositories(includeFilters = @Filter(type = FilterType.ASSIGNABLE_TYPE, classes = People.class))
    static class Repositories {}

    @AfterAll
    static void stop() {
        applications.close();
    }

    @BeforeEach
    void fill() {
        people.deleteAll();
        people.saveAll(List.of(
                Person.of("alice", null, 30),
                Person.of("ALICE", "al\\ice", 25),
                Person.of("bob_1%", "Bobby", 41),
                Person.of("bobx1y", "bobby", 35),
                Person.of("Ünal", null, 50)));
    }

    @Test
    void whenAValueIsAskedForThenRowsWithThatValueAreFound() {
        assertThat(names(people.findByName("alice"))).containsExactly("alice");
        assertThat(names(people.findByName("Alice"))).isEmpty();
        assertThat(names(people.findByNameNot("alice"))).containsExactlyInAnyOrder("ALICE", "bob_1%", "bobx1y", "Ünal");
        assertThat(people.findByCode(new UUID(7, 41))).map(Person::name).contains("bob_1%");
        assertThat(names(people.findByNickname(null))).containsExactlyInAnyOrder("alice", "Ünal");
        assertThat(names(people.findByNicknameIsNull())).containsExactlyInAnyOrder("alice", "Ünal");
        assertThat(names(people.findByNicknameIsNotNull())).containsExactlyInAnyOrder("ALICE", "bob_1%", "bobx1y");
        assertThat(names(people.findByActiveTrue())).containsExactlyInAnyOrder("alice", "bob_1%", "bobx1y", "Ünal");
        assertThat(names(people.findByActiveFalse())).containsExactly("ALICE");
    }

    @Test
    void whenARangeIsAskedForThenItsEndsAreAsTheKeywordSays() {
        assertThat(ages(people.findByAgeBetween(30, 41))).containsExactlyInAnyOrder(30, 35, 41);
        assertThat(ages(people.findByAgeLessThan(30))).containsExactly(25);
        assertThat(ages(people.findByAgeLessThanEqual(30))).containsExactlyInAnyOrder(25, 30);
        assertThat(ages(people.findByAgeGreaterThan(41))).containsExactly(50);
        assertThat(ages(people.findByAgeGreaterThanEqual(41))).containsExactlyInAnyOrder(41, 50);
        assertThat(ages(people.findByBornBefore(LocalDate.of(1985, 1, 1)))).containsExactly(50);
        assertThat(ages(people.findByBornBetween(LocalDate.of(1985, 1, 1), LocalDate.of(1991, 1, 1))))
                .containsExactlyInAnyOrder(41, 35);
        assertThat(ages(people.findByJoinedAfter(Instant.EPOCH.plusSeconds(86400L * 41))))
                .containsExactly(50);
    }

    @Test
    void whenAPatternIsAskedForThenCaseCountsAndWildcardsInValuesDoNot() {
        assertThat(names(people.findByNameLike("%lic%"))).containsExactly("alice");
        assertThat(names(people.findByNameLike("bob_1_"))).containsExactlyInAnyOrder("bob_1%", "bobx1y");
        assertThat(names(people.findByNameLike("bob\\_1\\%"))).containsExactly("bob_1%");
        assertThat(names(people.findByNameNotLike("bob%"))).containsExactlyInAnyOrder("alice", "ALICE", "Ünal");
        assertThat(names(people.findByNameStartingWith("al"))).containsExactly("alice");
        assertThat(names(people.findByNameStartingWith("bob_"))).containsExactly("bob_1%");
        assertThat(names(people.findByNameEndingWith("1%"))).containsExactly("bob_1%");
        assertThat(names(people.findByNameEndingWith("ICE"))).containsExactly("ALICE");
        assertThat(names(people.findByNameContaining("_"))).containsExactly("bob_1%");
        assertThat(names(people.findByNameNotContaining("_")))
                .doesNotContain("bob_1%")
                .hasSize(4);
        assertThat(names(people.findByNicknameContaining("\\"))).containsExactly("ALICE");
        assertThat(names(people.findByNameContainingAndNicknameContainingOrderByNicknameAsc("1", "obb")))
                .containsExactly("bob_1%", "bobx1y");
    }

    @Test
    void whenCaseIsIgnoredThenLatinLettersAreTheSameInBoth() {
        assertThat(names(people.findByNameIgnoreCase("aLiCe"))).containsExactlyInAnyOrder("alice", "ALICE");
        assertThat(names(people.findByNameNotIgnoreCase("alice")))
                .containsExactlyInAnyOrder("bob_1%", "bobx1y", "Ünal");
        assertThat(names(people.findByNameLikeIgnoreCase("%LIC%"))).containsExactlyInAnyOrder("alice", "ALICE");
        assertThat(names(people.findByNameStartingWithIgnoreCase("BOB_"))).containsExactly("bob_1%");
        assertThat(names(people.findByNameNotContainingIgnoreCase("BOB")))
                .containsExactlyInAnyOrder("alice", "ALICE", "Ünal");
        assertThat(names(people.findByNameAndNicknameAllIgnoreCase("alicE", "AL\\ICE")))
                .containsExactly("ALICE");
    }

    // Portable text is compared by code points on both, and there only the letters of ASCII have a counterpart.
    @Test
    void whenCaseIsIgnoredThenOtherLettersStandForThemselves() {
        assertThat(names(people.findByNameIgnoreCase("Ünal"))).containsExactly("Ünal");
        assertThat(names(people.findByNameIgnoreCase("ÜNAL"))).containsExactly("Ünal");
        assertThat(names(people.findByNameIgnoreCase("ünal"))).isEmpty();
        assertThat(names(people.findByNameStartingWithIgnoreCase("Ün"))).containsExactly("Ünal");
    }

    @Test
    void whenSeveralValuesAreAskedForThenEachCounts() {
        assertThat(ages(people.findByAgeIn(List.of(25, 50, 99)))).containsExactlyInAnyOrder(25, 50);
        assertThat(people.findByAgeIn(List.of())).isEmpty();
        assertThat(ages(people.findByAgeNotIn(25, 50))).containsExactlyInAnyOrder(30, 35, 41);
        assertThat(ages(people.findByCodeIn(List.of(new UUID(7, 30), new UUID(7, 25)))))
                .containsExactlyInAnyOrder(30, 25);
        assertThat(ages(people.findByRankIn(List.of(Person.Rank.MASTER)))).containsExactlyInAnyOrder(41, 50);
    }

    @Test
    void whenConditionsAreCombinedThenAndBindsTighterThanOr() {
        assertThat(names(people.findByActiveIsTrueAndAgeGreaterThanOrNameOrderByNameDesc(40, "ALICE")))
                .containsExactly("Ünal", "bob_1%", "ALICE");
    }

    @Test
    void whenNullsAreOrderedThenTheyComeLastGoingUpAndFirstGoingDown() {
        assertThat(nicknames(people.findAllByOrderByNicknameAsc()))
                .containsExactly("Bobby", "al\\ice", "bobby", null, null);
        assertThat(nicknames(people.findAllByOrderByNicknameDesc()))
                .containsExactly(null, null, "bobby", "al\\ice", "Bobby");
        assertThat(nicknames(people.findAll(Sort.by("nickname"))))
                .containsExactly("Bobby", "al\\ice", "bobby", null, null);
        assertThat(nicknames(people.findAll(Sort.by("nickname").descending())))
                .containsExactly(null, null, "bobby", "al\\ice", "Bobby");
        assertThat(ages(people.findAllByOrderByActiveDescNicknameAscAgeDesc())).containsExactly(41, 35, 50, 30, 25);
        assertThat(nicknames(people.findByActive(true, Sort.by("nickname", "age"))))
                .containsExactly("Bobby", "bobby", null, null);
        assertThat(nicknames(people.findAll(PageRequest.of(1, 3, Sort.by("nickname", "age")))
                        .getContent()))
                .containsExactly(null, null);
    }

    @Test
    void whenThePlaceOfNullsIsSaidThenTheyAreThere() {
        assertThat(nicknames(people.findAll(Sort.by(Order.asc("nickname").nullsFirst()))))
                .containsExactly(null, null, "Bobby", "al\\ice", "bobby");
        assertThat(nicknames(people.findAll(Sort.by(Order.desc("nickname").nullsLast()))))
                .containsExactly("bobby", "al\\ice", "Bobby", null, null);
    }

    @Test
    void whenOnlySomeAreAskedForThenNoMoreAreFound() {
        assertThat(people.findFirstByOrderByAgeAsc().age()).isEqualTo(25);
        assertThat(ages(people.findTop2ByOrderByAgeDesc())).containsExactly(50, 41);
        assertThat(people.findDistinctByActive(true)).hasSize(4);
        assertThat(people.findByActive(true, Limit.of(3))).hasSize(3);
        assertThat(people.findByActive(true, Limit.unlimited())).hasSize(4);
        assertThat(ages(people.findByActive(true, Sort.by("age").descending(), Limit.of(2))))
                .containsExactly(50, 41);
        try (Stream<Person> active = people.streamByActive(true)) {
            assertThat(active.map(Person::age)).containsExactlyInAnyOrder(30, 41, 35, 50);
        }
    }

    @Test
    void whenAPageIsAskedForThenItKnowsTheOthers() {
        Page<Person> last = people.findByAgeGreaterThan(25, PageRequest.of(1, 3, Sort.by("age")));
        assertThat(ages(last.getContent())).containsExactly(50);
        assertThat(last.getTotalElements()).isEqualTo(4);
        assertThat(last.getTotalPages()).isEqualTo(2);
        assertThat(last.hasNext()).isFalse();

        Slice<Person> first = people.findSliceByAgeGreaterThan(25, PageRequest.of(0, 3, Sort.by("age")));
        assertThat(ages(first.getContent())).containsExactly(30, 35, 41);
        assertThat(first.hasNext()).isTrue();
        assertThat(people.findSliceByAgeGreaterThan(25, first.nextPageable()).hasNext())
                .isFalse();
        assertThat(people.findByAgeGreaterThan(25, PageRequest.of(9, 3))).isEmpty();
    }

    @Test
    void whenOneIsAskedForAndSeveralAreThereThenItIsAnError() {
        assertThatThrownBy(() -> people.findByRank(Person.Rank.NOVICE))
                .isInstanceOf(IncorrectResultSizeDataAccessException.class);
    }

    @Test
    void whenRowsAreCountedOrDeletedThenTheirNumberIsReturned() {
        assertThat(people.countByActive(true)).isEqualTo(4);
        assertThat(people.existsByName("alice")).isTrue();
        assertThat(people.existsByName("nobody")).isFalse();
        assertThat(people.deleteByName("ALICE")).isEqualTo(1);
        people.deleteByNicknameContaining("obb");
        assertThat(names(people.findAll())).containsExactlyInAnyOrder("alice", "Ünal");
        assertThat(people.removeByActive(true)).isEqualTo(2);
        assertThat(people.count()).isZero();
    }

    private static List<String> names(List<Person> found) {
        return found.stream().map(Person::name).toList();
    }

    private static List<Integer> ages(List<Person> found) {
        return found.stream().map(Person::age).toList();
    }

    private static List<String> nicknames(List<Person> found) {
        return found.stream().map(Person::nickname).collect(java.util.stream.Collectors.toList());
    }
}
