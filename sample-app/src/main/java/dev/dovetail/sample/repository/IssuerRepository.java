package dev.dovetail.sample.repository;

import dev.dovetail.sample.domain.Issuer;
import java.util.UUID;
import org.springframework.data.repository.ListCrudRepository;
import org.springframework.data.repository.PagingAndSortingRepository;

/** The issuers. */
public interface IssuerRepository extends ListCrudRepository<Issuer, UUID>, PagingAndSortingRepository<Issuer, UUID> {}
