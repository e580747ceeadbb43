package dev.dovetail.benchmarks.startup.plain;

import java.util.UUID;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.Slice;
import org.springframework.data.repository.ListCrudRepository;
import org.springframework.data.repository.PagingAndSortingRepository;

interface AssertionRepository extends ListCrudRepository<Assertion, UUID>, PagingAndSortingRepository<Assertion, UUID> {

    Slice<Assertion> findAllBy(Pageable page);

    Page<Assertion> findByRecipient(String recipient, Pageable page);
}
