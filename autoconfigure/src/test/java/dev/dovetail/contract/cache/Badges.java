package dev.dovetail.contract.cache;

import dev.dovetail.cache.Cached;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.domain.Limit;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.Slice;
import org.springframework.data.jdbc.repository.query.Modifying;
import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.relational.core.sql.LockMode;
import org.springframework.data.relational.repository.Lock;
import org.springframework.data.repository.ListCrudRepository;
import org.springframework.data.repository.ListPagingAndSortingRepository;

/** What a badge registry reads. */
@Cached
interface Badges extends ListCrudRepository<Badges.Badge, Long>, ListPagingAndSortingRepository<Badges.Badge, Long> {

    /** A badge. */
    record Badge(@Id Long id, String name, int points) {}

    /** Only what it is called. */
    interface Named {
        Long getId();

        String getName();

        int getPoints();
    }

    Optional<Badge> findByName(String name);

    List<Badge> findByPointsGreaterThan(int points, Limit limit);

    List<Badge> findByNameIn(List<String> names);

    Page<Badge> findByPoints(int points, Pageable page);

    Slice<Named> findSliceByPointsOrderById(int points, Pageable page);

    @Query("SELECT name FROM badge WHERE points = :points ORDER BY name")
    List<String> names(int points);

    @Query("SELECT count(*) FROM badge WHERE points > :points")
    long numberAbove(int points);

    @Query("SELECT max(points) FROM badge WHERE points > :points")
    @Nullable
    Integer highestAbove(int points);

    @Cached(enabled = false)
    List<Badge> findByPointsOrderByName(int points);

    @Cached(ttl = "1s")
    Optional<Badge> findFirstByPoints(int points);

    @Lock(LockMode.PESSIMISTIC_WRITE)
    List<Badge> findAllByName(String name);

    Stream<Badge> findByIdGreaterThan(long id);

    @Modifying
    @Query("UPDATE badge SET points = :points WHERE id = :id")
    int award(long id, int points);

    @Cached
    default String summary(long id) {
        return findById(id).map(badge -> badge.name() + ":" + badge.points()).orElse("none");
    }
}
