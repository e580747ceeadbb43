package dev.dovetail.sample.repository;

import dev.dovetail.sample.domain.Assertion;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.ScrollPosition;
import org.springframework.data.domain.Sort;
import org.springframework.data.domain.Window;
import org.springframework.data.repository.ListCrudRepository;
import org.springframework.data.repository.PagingAndSortingRepository;

/** The assertions. */
public interface AssertionRepository
        extends ListCrudRepository<Assertion, UUID>, PagingAndSortingRepository<Assertion, UUID> {

    /** The next ones behind a position. */
    Window<Assertion> findAllBy(ScrollPosition position, Sort sort, Limit limit);

    /** What one person was awarded, the revoked ones too. */
    Page<Assertion> findByRecipient(String recipient, Pageable pageable);

    /** The next ones behind a position of what one person was awarded. */
    Window<Assertion> findByRecipient(String recipient, ScrollPosition position, Sort sort, Limit limit);
}
