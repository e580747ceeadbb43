package dev.dovetail.benchmarks.cached.cacheable;

import dev.dovetail.benchmarks.subject.UserRow;
import org.springframework.data.repository.ListCrudRepository;

interface StoredUsers extends ListCrudRepository<UserRow, Long> {}
