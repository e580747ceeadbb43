package dev.dovetail.contract.repository;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.data.domain.Limit;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.Slice;
import org.springframework.data.domain.Sort;
import org.springframework.data.repository.ListCrudRepository;
import org.springframework.data.repository.ListPagingAndSortingRepository;

/** Each keyword that Spring Data knows in the name of a method. */
interface People extends ListCrudRepository<Person, Long>, ListPagingAndSortingRepository<Person, Long> {

    List<Person> findByName(String name);

    List<Person> findByNickname(@org.jspecify.annotations.Nullable String nickname);

    List<Person> findByNameNot(String name);

    List<Person> findByNicknameIsNull();

    List<Person> findByNicknameIsNotNull();

    List<Person> findByAgeBetween(int from, int to);

    List<Person> findByAgeLessThan(int age);

    List<Person> findByAgeLessThanEqual(int age);

    List<Person> findByAgeGreaterThan(int age);

    List<Person> findByAgeGreaterThanEqual(int age);

    List<Person> findByBornBefore(LocalDate day);

    List<Person> findByJoinedAfter(Instant moment);

    List<Person> findByBornBetween(LocalDate from, LocalDate to);

    List<Person> findByNameLike(String pattern);

    List<Person> findByNameNotLike(String pattern);

    List<Person> findByNameStartingWith(String prefix);

    List<Person> findByNameEndingWith(String suffix);

    List<Person> findByNameContaining(String part);

    List<Person> findByNameNotContaining(String part);

    List<Person> findByNicknameContaining(String part);

    List<Person> findByNameIgnoreCase(String name);

    List<Person> findByNameNotIgnoreCase(String name);

    List<Person> findByNameLikeIgnoreCase(String pattern);

    List<Person> findByNameStartingWithIgnoreCase(String prefix);

    List<Person> findByNameNotContainingIgnoreCase(String part);

    List<Person> findByNameAndNicknameAllIgnoreCase(String name, String nickname);

    List<Person> findByAgeIn(Collection<Integer> ages);

    List<Person> findByAgeNotIn(Integer... ages);

    List<Person> findByCodeIn(List<UUID> codes);

    List<Person> findByRankIn(Collection<Person.Rank> ranks);

    List<Person> findByActiveTrue();

    List<Person> findByActiveFalse();

    List<Person> findByActiveIsTrueAndAgeGreaterThanOrNameOrderByNameDesc(int age, String name);

    List<Person> findByNameContainingAndNicknameContainingOrderByNicknameAsc(String part, String nickname);

    Optional<Person> findByCode(UUID code);

    Optional<Person> findByRank(Person.Rank rank);

    List<Person> findAllByOrderByNicknameAsc();

    List<Person> findAllByOrderByNicknameDesc();

    List<Person> findAllByOrderByActiveDescNicknameAscAgeDesc();

    Person findFirstByOrderByAgeAsc();

    List<Person> findTop2ByOrderByAgeDesc();

    List<Person> findDistinctByActive(boolean active);

    List<Person> findByActive(boolean active, Limit limit);

    List<Person> findByActive(boolean active, Sort sort);

    List<Person> findByActive(boolean active, Sort sort, Limit limit);

    Page<Person> findByAgeGreaterThan(int age, Pageable page);

    Slice<Person> findSliceByAgeGreaterThan(int age, Pageable page);

    Stream<Person> streamByActive(boolean active);

    long countByActive(boolean active);

    boolean existsByName(String name);

    int deleteByName(String name);

    long removeByActive(boolean active);

    void deleteByNicknameContaining(String part);
}
