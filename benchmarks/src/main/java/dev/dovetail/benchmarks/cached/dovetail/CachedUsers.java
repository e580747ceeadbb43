package dev.dovetail.benchmarks.cached.dovetail;

import dev.dovetail.benchmarks.subject.UserRow;
import dev.dovetail.cache.Cached;
import java.util.Optional;
import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.repository.ListCrudRepository;
import org.springframework.data.repository.query.Param;

/** What is not said here to be cached is read from the database each time. */
public interface CachedUsers extends ListCrudRepository<UserRow, Long> {

    @Override
    @Cached
    Optional<UserRow> findById(Long id);

    /** A slow query: compares each of the first rows with all there are. */
    @Cached
    @Query("""
            SELECT count(*)
            FROM users a
            CROSS JOIN users b
            WHERE a.id <= :rows AND a.age + b.age > 100""")
    long countPairs(@Param("rows") long rows);
}
