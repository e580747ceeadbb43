package dev.dovetail.contract.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dovetail.cache.Cached;
import dev.dovetail.contract.EngineContract;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.PersistenceCreator;
import org.springframework.data.annotation.Transient;
import org.springframework.data.annotation.Version;
import org.springframework.data.domain.Persistable;
import org.springframework.data.jdbc.repository.config.EnableJdbcRepositories;
import org.springframework.data.jdbc.repository.query.Modifying;
import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.repository.ListCrudRepository;

/** What is read by its id, whatever the id is and however its row is changed. */
@EngineContract
class IdTests {

    private final TestEngine engine;

    IdTests(TestEngine engine) {
        this.engine = engine;
    }

    record Coded(
            @Id String id,
            String name,
            @Version int version,
            @Transient boolean isNew) implements Persistable<String> {
        @PersistenceCreator
        Coded(String id, String name, int version) {
            this(id, name, version, false);
        }

        @Override
        public String getId() {
            return id;
        }
    }

    @Cached
    interface Codes extends ListCrudRepository<Coded, String> {
        @Modifying
        @Query("UPDATE coded SET name = :name WHERE id = :id")
        int rename(String id, String name);
    }

    record Numbered(
            @Id @Nullable Long id,
            String name,
            @Version @Nullable Integer version) {}

    @Cached
    interface Numbers extends ListCrudRepository<Numbered, Long> {
        @Modifying
        @Query("DELETE FROM numbered WHERE name = :name")
        int drop(String name);

        @Modifying
        @Query("UPDATE numbered SET name = name || :suffix")
        int soft(String suffix);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableJdbcRepositories(
            considerNestedRepositories = true,
            excludeFilters = @Filter(type = FilterType.REGEX, pattern = ".*(?<!IdTests.(Codes|Numbers))"))
    static class Repositories {}

    private void with(Consumer<TestApplication> work) {
        try (TestApplication application = TestApplication.withRepositories(engine, Repositories.class)) {
            String code = engine == TestEngine.SQLITE ? "TEXT COLLATE NOCASE" : "varchar(20) COLLATE nocase";
            if (engine == TestEngine.POSTGRESQL) {
                application
                        .template()
                        .execute(
                                "CREATE COLLATION nocase (provider = icu, locale = 'und-u-ks-level2', deterministic = false)");
            }
            application.define(
                    "CREATE TABLE numbered (id ${identity}, name ${text} NOT NULL, version ${integer} NOT NULL) ${strict};"
                            + "CREATE TABLE coded (id " + code
                            + " PRIMARY KEY, name ${text} NOT NULL, version ${integer} NOT NULL) ${strict}");
            work.accept(application);
        }
    }

    @Test
    void idsThatAreEqualToTheDatabaseOnly() {
        with(application -> {
            Codes codes = application.bean(Codes.class);
            codes.save(new Coded("abc", "one", 0, true));
            assertThat(codes.findById("ABC")).map(Coded::name).contains("one");
            assertThat(codes.findById("abc")).map(Coded::name).contains("one");
            assertThat(codes.existsById("aBc")).isTrue();
            codes.save(
                    new Coded("Abc", "two", codes.findById("abc").orElseThrow().version(), false));
            assertThat(codes.findById("ABC")).map(Coded::name).contains("two");
            codes.rename("aBC", "three");
            assertThat(codes.findById("ABC")).map(Coded::name).contains("three");
            codes.deleteById("ABc");
            assertThat(codes.findById("ABC")).isEmpty();
            assertThat(codes.existsById("aBc")).isFalse();
            codes.save(new Coded("ABC", "four", 0, true));
            assertThat(codes.existsById("aBc")).isTrue();
        });
    }

    @Test
    void everyChangeByIdIsSeenById() {
        with(application -> {
            Numbers numbers = application.bean(Numbers.class);
            Numbered first = numbers.save(new Numbered(null, "a", null));
            Numbered second = numbers.save(new Numbered(null, "b", null));
            long one = Objects.requireNonNull(first.id());
            long gone = Objects.requireNonNull(second.id());
            Runnable read = () -> {
                numbers.findById(one);
                numbers.findById(gone);
                numbers.existsById(gone);
                numbers.findById(999L);
                numbers.existsById(999L);
            };
            Runnable exact = () -> {
                for (int i = 0; i < 2; i++) {
                    for (long id : new long[] {one, gone, 999}) {
                        Optional<String> stored = application
                                .jdbc()
                                .sql("SELECT name FROM numbered WHERE id = ?")
                                .param(id)
                                .query(String.class)
                                .optional();
                        assertThat(numbers.findById(id).map(Numbered::name)).isEqualTo(stored);
                        assertThat(numbers.existsById(id)).isEqualTo(stored.isPresent());
                    }
                }
                read.run();
            };
            read.run();
            Numbered changed = numbers.save(new Numbered(first.id(), "c", first.version()));
            exact.run();
            assertThatThrownBy(() -> numbers.save(new Numbered(first.id(), "d", first.version())))
                    .isInstanceOf(OptimisticLockingFailureException.class);
            exact.run();
            assertThatThrownBy(() -> numbers.delete(first)).isInstanceOf(OptimisticLockingFailureException.class);
            exact.run();
            numbers.soft("x");
            exact.run();
            numbers.saveAll(List.of(new Numbered(first.id(), "e", changed.version())));
            exact.run();
            numbers.deleteAllById(List.of(gone));
            exact.run();
            application
                    .jdbc()
                    .sql("INSERT INTO numbered (id, name, version) VALUES (999, 'y', 0)")
                    .update();
            exact.run();
            application
                    .jdbc()
                    .sql("UPDATE numbered SET id = ? WHERE id = 999")
                    .param(gone)
                    .update();
            exact.run();
            numbers.drop("y");
            exact.run();
            numbers.deleteAll();
            exact.run();
        });
    }
}
