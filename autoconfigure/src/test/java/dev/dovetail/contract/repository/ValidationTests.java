package dev.dovetail.contract.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.dovetail.contract.EngineContract;
import dev.dovetail.contract.SharedApplications;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import dev.dovetail.engine.DatabaseEngine;
import dev.dovetail.engine.DatabaseError;
import dev.dovetail.engine.ErrorCode;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Valid;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.data.annotation.Id;
import org.springframework.data.jdbc.core.JdbcAggregateTemplate;
import org.springframework.data.jdbc.repository.config.EnableJdbcRepositories;
import org.springframework.data.repository.ListCrudRepository;

/** What is not valid is refused: by the repository before any statement, by the database whoever writes. */
@EngineContract
class ValidationTests {

    private static final SharedApplications applications = SharedApplications.withTables(Repositories.class, """
            CREATE TABLE member (
              id ${identity}, email ${text} NOT NULL CONSTRAINT member_email CHECK (email LIKE '%@%'),
              age ${integer} NOT NULL CONSTRAINT member_age CHECK (age >= 0)
            ) ${strict};
            CREATE TABLE pet (member ${bigint} NOT NULL REFERENCES member (id), name ${text} NOT NULL) ${strict};
            """);

    private final TestApplication application;
    private final Members members;

    ValidationTests(TestEngine engine) {
        this.application = applications.on(engine);
        this.members = application.bean(Members.class);
    }

    record Member(
            @Id @Nullable Long id,
            @NotBlank @Email @Nullable String email,
            @Min(0) int age,
            @Valid @Size(max = 2) Set<Pet> pets) {}

    record Pet(@NotBlank String name) {}

    interface Members extends ListCrudRepository<Member, Long> {}

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration(ValidationAutoConfiguration.class)
    @EnableJdbcRepositories(
            considerNestedRepositories = true,
            includeFilters = @Filter(type = FilterType.ASSIGNABLE_TYPE, classes = Members.class))
    static class Repositories {}

    @AfterAll
    static void stop() {
        applications.close();
    }

    @BeforeEach
    void empty() {
        members.deleteAll();
    }

    private static Member valid() {
        return new Member(null, "ann@example.org", 30, Set.of(new Pet("rex")));
    }

    @Test
    void whenItIsValidThenItIsSaved() {
        assertThat(members.save(valid()).id()).isNotNull();
        assertThat(members.count()).isEqualTo(1);
    }

    @Test
    void whenAPropertyIsNotValidThenTheErrorNamesItAndNoStatementIsRun() {
        application.statements();

        ConstraintViolationException error = catchThrowableOfType(
                ConstraintViolationException.class,
                () -> members.save(new Member(null, "s3cret", -1, Set.of(new Pet(" ")))));

        assertThat(error.getConstraintViolations())
                .extracting(violation -> violation.getPropertyPath().toString())
                .containsExactlyInAnyOrder("email", "age", "pets[].name");
        assertThat(error)
                .hasMessageContaining("Member")
                .hasMessageContaining("email")
                .hasMessageNotContaining("s3cret");
        assertThat(application.statements())
                .noneMatch(statement -> statement.sql().startsWith("INSERT"));
    }

    @Test
    void whenAnUpdateIsNotValidThenTheOldRowStays() {
        Member saved = members.save(valid());
        Member broken = new Member(saved.id(), "", 30, Set.of());

        assertThatThrownBy(() -> members.save(broken)).isInstanceOf(ConstraintViolationException.class);
        assertThatThrownBy(() -> application.bean(JdbcAggregateTemplate.class).update(broken))
                .isInstanceOf(ConstraintViolationException.class);

        assertThat(members.findAll()).containsExactly(saved);
    }

    @Test
    void whenOneOfManyIsNotValidThenNoneIsSaved() {
        assertThatThrownBy(() -> members.saveAll(List.of(valid(), new Member(null, null, 1, Set.of()))))
                .isInstanceOf(ConstraintViolationException.class);
        assertThat(members.count()).isZero();
    }

    @Test
    void whenTheDatabaseRefusesThenTheErrorNamesTheConstraintOrTheColumn() {
        assertThat(refused("INSERT INTO member (email, age) VALUES ('nobody', 1)"))
                .extracting(DatabaseError::code, DatabaseError::constraint)
                .containsExactly(ErrorCode.CHECK_VIOLATION, "member_email");
        assertThat(refused("INSERT INTO member (email, age) VALUES ('a@b', -1)"))
                .extracting(DatabaseError::code, DatabaseError::constraint)
                .containsExactly(ErrorCode.CHECK_VIOLATION, "member_age");
        assertThat(refused("INSERT INTO member (email, age) VALUES (NULL, 1)"))
                .extracting(DatabaseError::code, DatabaseError::table, DatabaseError::columns)
                .containsExactly(ErrorCode.NOT_NULL_VIOLATION, "member", List.of("email"));
    }

    private DatabaseError refused(String sql) {
        DataIntegrityViolationException error = catchThrowableOfType(
                DataIntegrityViolationException.class,
                () -> application.jdbc().sql(sql).update());
        return application.bean(DatabaseEngine.class).classify((SQLException) Objects.requireNonNull(error.getCause()));
    }

    @Test
    void whenThereIsAValidatorThenItIsTheApplicationsOwn() {
        assertThat(application.bean(Validator.class)).isNotNull();
        try (var factory = Validation.buildDefaultValidatorFactory()) {
            assertThat(factory.getValidator().validate(new Pet(" "))).hasSize(1);
        }
    }
}
