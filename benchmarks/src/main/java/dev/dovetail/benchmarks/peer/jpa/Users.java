package dev.dovetail.benchmarks.peer.jpa;

import java.util.Optional;
import org.springframework.data.domain.KeysetScrollPosition;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.Slice;
import org.springframework.data.domain.Window;
import org.springframework.data.jpa.repository.JpaRepository;

interface Users extends JpaRepository<UserEntity, Long> {

    Optional<UserEntity> findByEmail(String email);

    Slice<UserEntity> findAllBy(Pageable page);

    Window<UserEntity> findFirst20ByOrderById(KeysetScrollPosition position);
}
