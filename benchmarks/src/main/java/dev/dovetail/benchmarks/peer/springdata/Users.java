package dev.dovetail.benchmarks.peer.springdata;

import dev.dovetail.benchmarks.subject.UserRow;
import java.util.Optional;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.Slice;
import org.springframework.data.repository.ListCrudRepository;

/** What Spring Data JDBC has by itself; for want of keyset windows the condition is part of the name. */
interface Users extends ListCrudRepository<UserRow, Long> {

    Optional<UserRow> findByEmail(String email);

    Slice<UserRow> findAllBy(Pageable page);

    Slice<UserRow> findByIdGreaterThanOrderById(Long after, Pageable page);
}
