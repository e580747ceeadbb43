package dev.dovetail.contract.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import dev.dovetail.datasource.StatementEvent;
import dev.dovetail.schema.SchemaCatalog;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.dao.DataAccessException;
import org.springframework.data.annotation.Id;
import org.springframework.data.jdbc.repository.config.EnableJdbcRepositories;
import org.springframework.data.repository.ListCrudRepository;

/** Where SQLite takes a value for another, or a trigger looks on, columns are set as they would be without us. */
class SqliteKeptColumnTests {

    private final TestApplication application = TestApplication.withRepositories(TestEngine.SQLITE, Repositories.class);
    private final Doors doors = application.bean(Doors.class);

    record Door(@Id @Nullable Long id, Object code, String owner) {

        long key() {
            return Objects.requireNonNull(id);
        }
    }

    interface Doors extends ListCrudRepository<Door, Long> {}

    @Configuration(proxyBeanMethods = false)
    @EnableJdbcRepositories(
            considerNestedRepositories = true,
            includeFilters = @Filter(type = FilterType.ASSIGNABLE_TYPE, classes = Doors.class))
    static class Repositories {}

    @AfterEach
    void stop() {
        application.close();
    }

    private Door change(Object before, Object after) {
        Door saved = doors.save(new Door(null, before, "Ada"));
        application.statements();
        return doors.save(new Door(saved.id(), after, "Grace"));
    }

    private List<String> sent() {
        return application.statements().stream().map(StatementEvent::sql).toList();
    }

    private String stored(Door door) {
        return application
                .jdbc()
                .sql("SELECT typeof(code) || ' ' || quote(code) || ' ' || owner FROM door WHERE id = ?")
                .param(door.key())
                .query(String.class)
                .single();
    }

    @Test
    void lettersThatACollationTakesForTheSameAreStored() {
        application.define("CREATE TABLE door (id ${identity}, code TEXT COLLATE NOCASE UNIQUE, owner TEXT)");

        assertThat(stored(change("ada", "Ada"))).isEqualTo("text 'Ada' Grace");

        application.template().execute("DELETE FROM door");
        Door same = change("ada", "ada");
        assertThat(sent()).singleElement().asString().doesNotContain("SET \"code\"");
        assertThat(stored(same)).isEqualTo("text 'ada' Grace");
    }

    @Test
    void inAColumnOfNoTypeAWholeNumberIsAnotherThanAFraction() {
        application.define("CREATE TABLE door (id ${identity}, code UNIQUE, owner TEXT)");

        assertThat(stored(change(1.0, 1L))).isEqualTo("integer 1 Grace");
    }

    @Test
    void aColumnThatTheDatabaseComputesCannotBeSetWhateverItsValue() {
        application.define("CREATE TABLE door (id ${identity}, owner TEXT, code TEXT AS (upper(owner)) UNIQUE)");
        application.template().update("INSERT INTO door (id, owner) VALUES (1, 'Ada')");

        assertThatThrownBy(() -> doors.save(new Door(1L, "ADA", "Ada"))).isInstanceOf(DataAccessException.class);
    }

    private void defineDoors() {
        application.define("CREATE TABLE door (id ${identity}, code TEXT UNIQUE, owner TEXT)");
        application.define("CREATE TABLE told (code TEXT)");
    }

    private void trigger(String when, String what) {
        application.template().execute("CREATE TRIGGER watcher " + when + " BEGIN " + what + "; END");
    }

    private void assertToldOnce() {
        assertThat(application
                        .jdbc()
                        .sql("SELECT code FROM told")
                        .query(String.class)
                        .list())
                .containsExactly("a");
    }

    @Test
    void aTriggerOfTheColumnIsToldThatItIsSet() {
        defineDoors();
        trigger("AFTER UPDATE OF code ON Door", "INSERT INTO told VALUES (NEW.code)");

        change("a", "a");

        assertToldOnce();
    }

    @Test
    void whatATriggerDoesBeforehandIsOverwritten() {
        defineDoors();
        trigger("UPDATE ON door", "UPDATE door SET code = 'early' WHERE id = NEW.id");

        assertThat(stored(change("a", "a"))).isEqualTo("text 'a' Grace");
    }

    @Test
    void aTriggerThatIgnoresARowSeesItOnce() {
        defineDoors();
        trigger("BEFORE UPDATE ON door", "INSERT INTO told VALUES (NEW.code); SELECT RAISE(IGNORE)");

        Door door = change("a", "a");

        assertThat(stored(door)).endsWith("Ada");
        assertToldOnce();
    }

    @Test
    void aTriggerThatComesLaterIsToldOnceTheSchemaIsReadAnew() {
        defineDoors();
        Door door = change("a", "a");
        trigger("AFTER UPDATE OF code ON door", "INSERT INTO told VALUES (NEW.code)");

        application.bean(SchemaCatalog.class).refresh();
        doors.save(new Door(door.id(), "a", "Edith"));

        assertToldOnce();
    }

    @Test
    void whereAllColumnsHaveAnIndexAllAreSet() {
        application.define("CREATE TABLE door (id ${identity}, code TEXT, owner TEXT)");
        application.template().execute("CREATE INDEX door_both ON door (owner DESC, lower(code), code)");
        application.template().execute("CREATE INDEX door_part ON door (owner) WHERE code IS NOT NULL");

        Door door = change("a", "b");

        assertThat(sent()).hasSize(1);
        assertThat(stored(door)).isEqualTo("text 'b' Grace");
    }
}
