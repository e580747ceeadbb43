package dev.dovetail.benchmarks.peer.jpa;

import dev.dovetail.benchmarks.subject.User;
import dev.dovetail.benchmarks.subject.UserRow;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A row as JPA has it: a class that can be changed. */
@Entity
@Table(name = "users")
class UserEntity implements User {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private @Nullable Long id;

    private String email = "";

    private String name = "";

    private int age;

    @Column(name = "created_at")
    private Instant createdAt = Instant.EPOCH;

    /** For Hibernate. */
    protected UserEntity() {}

    UserEntity(UserRow user) {
        id = user.id();
        email = user.email();
        name = user.name();
        age = user.age();
        createdAt = user.createdAt();
    }

    void growOlder() {
        age++;
    }

    @Override
    public @Nullable Long id() {
        return id;
    }

    @Override
    public String email() {
        return email;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int age() {
        return age;
    }

    @Override
    public Instant createdAt() {
        return createdAt;
    }
}
