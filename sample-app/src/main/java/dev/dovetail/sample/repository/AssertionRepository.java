package dev.dovetail.sample.repository;

import dev.dovetail.sample.domain.Assertion;
import java.util.UUID;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.repository.ListCrudRepository;
import org.springframework.data.repository.PagingAndSortingRepository;

/** The assertions. */
public interface AssertionRepository
        extends ListCrudRepository<Assertion, UUID>, PagingAndSortingRepository<Assertion, UUID> {

    /** What one person was awarded, the revoked ones too. */
    Page<Assertion> findByRecipient(String recipient, Pageable pageable);
}
