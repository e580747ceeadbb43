package dev.dovetail.sample.repository;

import dev.dovetail.sample.domain.Badge;
import java.util.UUID;
import org.springframework.data.repository.ListCrudRepository;
import org.springframework.data.repository.PagingAndSortingRepository;

/** The badges. */
public interface BadgeRepository extends ListCrudRepository<Badge, UUID>, PagingAndSortingRepository<Badge, UUID> {}
