package dev.dovetail.contract.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dovetail.contract.EngineContract;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import dev.dovetail.repository.StoredValueException;
import java.util.List;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.Version;
import org.springframework.data.jdbc.repository.config.EnableJdbcRepositories;
import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.relational.core.mapping.Column;
import org.springframework.data.relational.core.mapping.Table;
import org.springframework.data.repository.ListCrudRepository;

/** Single rows of tables that are not as most are, or do not stay as they are. */
@EngineContract
class OddTableTests {

    private final TestEngine engine;
    private final TestApplication application;

    OddTableTests(TestEngine engine) {
        this.engine = engine;
        this.application = TestApplication.withRepositories(engine, Repositories.class);
    }

    @AfterEach
    void stop() {
        application.close();
    }

    @Table("order by x")
    record Quoted(
            @Id @Nullable Long id,
            @Column("select ? :y") @Nullable String text) {}

    @Table("badge")
    record Badge(
            @Id @Nullable String id, String name, @Version int version) {}

    @Table("shelf")
    record Shelf(@Id @Nullable Long id, String name) {

        long key() {
            return Objects.requireNonNull(id);
        }
    }

    enum Hue {
        RED
    }

    @Table("tint")
    record Tint(@Id @Nullable Long id, Hue hue) {}

    interface Tints extends ListCrudRepository<Tint, Long> {

        @Query("SELECT hue, id FROM tint")
        List<Tint> declared();

        List<Tint> findByIdGreaterThan(long id);
    }

    interface QuotedRows extends ListCrudRepository<Quoted, Long> {}

    interface Badges extends ListCrudRepository<Badge, String> {}

    interface Shelves extends ListCrudRepository<Shelf, Long> {}

    @Configuration(proxyBeanMethods = false)
    @EnableJdbcRepositories(
            considerNestedRepositories = true,
            includeFilters =
                    @Filter(
                            type = FilterType.ASSIGNABLE_TYPE,
                            classes = {QuotedRows.class, Badges.class, Shelves.class, Tints.class}))
    static class Repositories {}

    private Shelves shelves() {
        return application.bean(Shelves.class);
    }

    private void define(String... statements) {
        for (String statement : statements) {
            application.template().execute(statement);
        }
    }

    @Test
    void whenNamesNeedQuotesThenTheyHaveThem() {
        define("CREATE TABLE \"order by x\" (id %s, \"select ? :y\" text)".formatted(engine.identity()));
        QuotedRows rows = application.bean(QuotedRows.class);

        Quoted saved = rows.save(new Quoted(null, "a"));
        long id = Objects.requireNonNull(saved.id());
        rows.save(new Quoted(id, "b"));

        assertThat(rows.findById(id)).contains(new Quoted(id, "b"));
        assertThat(rows.count()).isOne();
        rows.delete(saved);
        assertThat(rows.existsById(id)).isFalse();
    }

    @Test
    void whenTheDatabaseMakesTheIdThenItIsReturned() {
        String random = engine == TestEngine.SQLITE ? "lower(hex(randomblob(8)))" : "md5(random()::text)";
        define("CREATE TABLE badge (id varchar(40) DEFAULT (%s) PRIMARY KEY, name text, version integer)"
                .formatted(random));
        Badges badges = application.bean(Badges.class);

        Badge saved = badges.save(new Badge(null, "a", 0));

        assertThat(saved.id()).isNotBlank();
        assertThat(badges.findById(Objects.requireNonNull(saved.id()))).contains(saved);
        Badge again = badges.save(new Badge(saved.id(), "b", saved.version()));
        assertThat(again.version()).isEqualTo(saved.version() + 1);
    }

    @Test
    void whenATriggerKeepsTheRowAwayThenItIsSaid() {
        define("CREATE TABLE shelf (id %s, name text)".formatted(engine.identity()));
        if (engine == TestEngine.SQLITE) {
            define("CREATE TRIGGER away BEFORE INSERT ON shelf BEGIN SELECT RAISE(IGNORE); END");
        } else {
            define(
                    "CREATE FUNCTION away() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
                    "CREATE TRIGGER away BEFORE INSERT ON shelf FOR EACH ROW EXECUTE FUNCTION away()");
        }
        assertThatThrownBy(() -> shelves().save(new Shelf(null, "a"))).isInstanceOf(DataAccessException.class);
        assertThat(shelves().count()).isZero();
    }

    @Test
    void whenARowIsGoneThenUpdatingAndDeletingItChangesNothing() {
        define("CREATE TABLE shelf (id %s, name text)".formatted(engine.identity()));

        shelves().save(new Shelf(7L, "a"));
        assertThat(shelves().count()).isZero();
        shelves().deleteById(7L);
        assertThat(shelves().findById(7L)).isEmpty();
    }

    @Test
    void whenAViewTakesItsWritesByTriggersThenRowsAreSaved() {
        define("CREATE TABLE board (id %s, name text)".formatted(engine.identity()));
        define("CREATE VIEW shelf AS SELECT id, name FROM board");
        if (engine == TestEngine.SQLITE) {
            define("""
                    CREATE TRIGGER put INSTEAD OF UPDATE ON shelf
                    BEGIN UPDATE board SET name = NEW.name WHERE id = OLD.id; END""");
        }
        define("INSERT INTO board (name) VALUES ('a')");
        Shelf first = shelves().findAll().get(0);

        assertThat(shelves().findById(first.key())).contains(first);
        assertThat(shelves().existsById(first.key())).isTrue();
        assertThat(shelves().count()).isOne();
        if (engine == TestEngine.POSTGRESQL) {
            Shelf second = shelves().save(new Shelf(null, "b"));
            shelves().save(new Shelf(second.id(), "c"));
            assertThat(shelves().findById(second.key())).map(Shelf::name).contains("c");
            shelves().delete(second);
            assertThat(shelves().count()).isOne();
        }
    }

    @Test
    void whenTheTableComesChangesAndGoesThenEachUseSeesItAsItIs() {
        assertThatThrownBy(() -> shelves().count()).isInstanceOf(DataAccessException.class);
        assertThatThrownBy(() -> shelves().findById(1L)).isInstanceOf(DataAccessException.class);

        define("CREATE TABLE shelf (id %s, name text)".formatted(engine.identity()));
        Shelf saved = shelves().save(new Shelf(null, "a"));
        define("ALTER TABLE shelf ADD COLUMN more text NOT NULL DEFAULT 'x'");
        assertThat(shelves().findById(saved.key())).contains(saved);

        define("DROP TABLE shelf", "CREATE TABLE shelf (name varchar(10) UNIQUE, id %s)".formatted(engine.identity()));
        Shelf other = shelves().save(new Shelf(null, "b"));
        assertThat(shelves().findById(other.key())).contains(other);
        assertThatThrownBy(() -> shelves().save(new Shelf(null, "b")))
                .isInstanceOf(DataIntegrityViolationException.class);

        define("DROP TABLE shelf");
        assertThatThrownBy(() -> shelves().findById(1L)).isInstanceOf(DataAccessException.class);
    }

    @Test
    void whenTheTableIsMadeInATransactionThatIsRolledBackThenItIsForgotten() {
        application.transaction().executeWithoutResult(status -> {
            define("CREATE TABLE shelf (id %s, name text)".formatted(engine.identity()));
            Shelf saved = shelves().save(new Shelf(null, "a"));
            assertThat(shelves().findById(saved.key())).contains(saved);
            status.setRollbackOnly();
        });
        assertThatThrownBy(() -> shelves().count()).isInstanceOf(DataAccessException.class);

        define("CREATE TABLE shelf (name text NOT NULL, id %s)".formatted(engine.identity()));
        Shelf saved = shelves().save(new Shelf(null, "b"));
        assertThat(shelves().findById(saved.key())).contains(saved);
    }

    @Test
    void whenAConstraintIsDeferredThenItIsSaidWhereTheStatementEnds() {
        define(
                "CREATE TABLE wall (id bigint PRIMARY KEY)",
                "CREATE TABLE shelf (id %s, name text, wall bigint DEFAULT 7 REFERENCES wall DEFERRABLE INITIALLY DEFERRED)"
                        .formatted(engine.identity()));

        assertThatThrownBy(() -> shelves().save(new Shelf(null, "a")))
                .isInstanceOf(DataIntegrityViolationException.class);

        assertThat(shelves().count()).isZero();
    }

    @Test
    void whenATextIsNoConstantThenItIsSaidWithoutTheText() {
        define("CREATE TABLE tint (id %s, hue text)".formatted(engine.identity()));
        define("INSERT INTO tint (hue) VALUES ('secret')");
        Tints tints = application.bean(Tints.class);

        for (ThrowingCallable reading : List.<ThrowingCallable>of(
                tints::findAll, () -> tints.findById(1L), tints::declared, () -> tints.findByIdGreaterThan(0))) {
            assertThatThrownBy(reading)
                    .isInstanceOf(StoredValueException.class)
                    .hasMessageContaining("\"hue\"")
                    .hasMessageContaining("constants of Hue")
                    .hasMessageNotContaining("secret");
        }
    }
}
