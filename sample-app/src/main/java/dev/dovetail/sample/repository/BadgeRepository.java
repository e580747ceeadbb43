package dev.dovetail.sample.repository;

import dev.dovetail.cache.Cached;
import dev.dovetail.sample.domain.Badge;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.data.domain.ScrollPosition;
import org.springframework.data.domain.Sort;
import org.springframework.data.domain.Window;
import org.springframework.data.repository.ListCrudRepository;
import org.springframework.data.repository.PagingAndSortingRepository;

/** The badges. */
public interface BadgeRepository extends ListCrudRepository<Badge, UUID>, PagingAndSortingRepository<Badge, UUID> {

    /** Asked for by everybody who looks at what somebody holds, and changed hardly ever. */
    @Override
    @Cached(name = "badges")
    Optional<Badge> findById(UUID id);

    /** The next ones behind a position. */
    Window<Badge> findAllBy(ScrollPosition position, Sort sort, Limit limit);
}
