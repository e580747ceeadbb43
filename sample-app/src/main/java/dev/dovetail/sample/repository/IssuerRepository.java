package dev.dovetail.sample.repository;

import dev.dovetail.sample.domain.Issuer;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.data.domain.ScrollPosition;
import org.springframework.data.domain.Sort;
import org.springframework.data.domain.Window;
import org.springframework.data.repository.ListCrudRepository;
import org.springframework.data.repository.PagingAndSortingRepository;

/** The issuers. */
public interface IssuerRepository extends ListCrudRepository<Issuer, UUID>, PagingAndSortingRepository<Issuer, UUID> {

    /** The next ones behind a position. */
    Window<Issuer> findAllBy(ScrollPosition position, Sort sort, Limit limit);
}
