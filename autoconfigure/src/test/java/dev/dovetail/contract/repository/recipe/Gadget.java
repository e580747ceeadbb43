package dev.dovetail.contract.repository.recipe;

import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.relational.core.mapping.Table;

// The annotation is there only because Spring Data JPA is on the class path of these tests, too.
@Table
public record Gadget(@Id @Nullable Long id, String name) {}
