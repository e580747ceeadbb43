package dev.dovetail.contract.repository;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.Sort;
import org.springframework.data.jdbc.repository.query.Modifying;
import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.relational.core.sql.LockMode;
import org.springframework.data.relational.repository.Lock;
import org.springframework.data.repository.ListCrudRepository;

/**
 * What Spring Data JDBC 4.1 can generate. It leaves out what contains {@code NotContaining}, and what it generates for an order
 * of several properties does not compile.
 */
public interface Pioneers extends ListCrudRepository<Person, Long> {

    List<Person> findByName(String name);

    List<Person> findByNameLike(String pattern);

    List<Person> findByNameStartingWith(String prefix);

    List<Person> findByNameContaining(String part);

    List<Person> findByNameIgnoreCase(String name);

    List<Person> findByAgeIn(Collection<Integer> ages);

    List<Person> findByRankIn(Collection<Person.Rank> ranks);

    List<Person> findAllByOrderByNicknameAsc();

    List<Person> findByActive(boolean active, Sort sort, Limit limit);

    Page<Person> findByAgeGreaterThan(int age, Pageable page);

    @Lock(LockMode.PESSIMISTIC_WRITE)
    List<Person> findByAge(int age);

    long countByActive(boolean active);

    boolean existsByName(String name);

    int deleteByName(String name);

    @Query("SELECT * FROM person WHERE rank = :rank ORDER BY age")
    List<Person> ofRank(Person.Rank rank);

    @Modifying
    @Query("UPDATE person SET nickname = :nickname WHERE age = :age")
    int rename(@Nullable String nickname, int age);
}
