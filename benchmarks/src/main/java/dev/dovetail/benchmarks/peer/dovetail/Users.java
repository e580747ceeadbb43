package dev.dovetail.benchmarks.peer.dovetail;

import dev.dovetail.benchmarks.subject.UserRow;
import java.util.Optional;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.ScrollPosition;
import org.springframework.data.domain.Slice;
import org.springframework.data.domain.Window;
import org.springframework.data.repository.ListCrudRepository;

interface Users extends ListCrudRepository<UserRow, Long> {

    Optional<UserRow> findByEmail(String email);

    Slice<UserRow> findAllBy(Pageable page);

    Window<UserRow> findFirst20ByOrderById(ScrollPosition position);
}
