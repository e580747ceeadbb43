package dev.dovetail.benchmarks.startup.plain;

import java.util.UUID;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.Slice;
import org.springframework.data.repository.ListCrudRepository;
import org.springframework.data.repository.PagingAndSortingRepository;

interface IssuerRepository extends ListCrudRepository<Issuer, UUID>, PagingAndSortingRepository<Issuer, UUID> {

    Slice<Issuer> findAllBy(Pageable page);
}
