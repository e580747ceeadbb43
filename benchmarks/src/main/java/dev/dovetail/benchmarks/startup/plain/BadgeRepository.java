package dev.dovetail.benchmarks.startup.plain;

import java.util.UUID;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.Slice;
import org.springframework.data.repository.ListCrudRepository;
import org.springframework.data.repository.PagingAndSortingRepository;

interface BadgeRepository extends ListCrudRepository<Badge, UUID>, PagingAndSortingRepository<Badge, UUID> {

    Slice<Badge> findAllBy(Pageable page);
}
