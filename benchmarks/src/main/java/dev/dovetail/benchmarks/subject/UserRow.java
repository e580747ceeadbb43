package dev.dovetail.benchmarks.subject;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.relational.core.mapping.Table;

/** A row as everybody but JPA has it: a record. The annotations are Spring Data's and mean nothing to the others. */
@Table("users")
public record UserRow(@Id @Nullable Long id, String email, String name, int age, Instant createdAt) implements User {

    /** The same with the id the database gave it. */
    public UserRow withId(long newId) {
        return new UserRow(newId, email, name, age, createdAt);
    }

    /** The same, one year older. */
    public UserRow older() {
        return new UserRow(id, email, name, age + 1, createdAt);
    }

    /** What another way to the database read, as a record. */
    public static UserRow of(User user) {
        return new UserRow(user.id(), user.email(), user.name(), user.age(), user.createdAt());
    }
}
