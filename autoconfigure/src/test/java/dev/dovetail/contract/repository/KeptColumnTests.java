package dev.dovetail.contract.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dovetail.contract.EngineContract;
import dev.dovetail.contract.SharedApplications;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import dev.dovetail.datasource.StatementEvent;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.Version;
import org.springframework.data.jdbc.core.JdbcAggregateTemplate;
import org.springframework.data.jdbc.repository.config.EnableJdbcRepositories;
import org.springframework.data.repository.ListCrudRepository;

/** Saving leaves alone the indexes of columns that do not change, and stores what does. */
@EngineContract
class KeptColumnTests {

    private static final SharedApplications applications = SharedApplications.withTables(Repositories.class, """
            CREATE TABLE locker (id ${identity}, code ${text} UNIQUE, owner ${text}) ${strict};
            CREATE TABLE vault (id ${identity}, code ${text} UNIQUE, owner ${text}, version ${bigint}) ${strict};
            CREATE TABLE shared_key (id ${bigint}, code ${text}, owner ${text}) ${strict};
            CREATE INDEX shared_key_code ON shared_key (code);
            CREATE TABLE tag (id ${identity}, code ${text} UNIQUE) ${strict};
            """);

    private final TestEngine engine;
    private final TestApplication application;
    private final Lockers lockers;
    private final Vaults vaults;

    KeptColumnTests(TestEngine engine) {
        this.engine = engine;
        this.application = applications.on(engine);
        this.lockers = application.bean(Lockers.class);
        this.vaults = application.bean(Vaults.class);
    }

    record Locker(
            @Id @Nullable Long id,
            @Nullable String code,
            @Nullable String owner) {

        long key() {
            return Objects.requireNonNull(id);
        }

        Locker of(@Nullable String newOwner) {
            return new Locker(id, code, newOwner);
        }

        Locker coded(@Nullable String newCode) {
            return new Locker(id, newCode, owner);
        }
    }

    record Vault(
            @Id @Nullable Long id,
            @Nullable String code,
            @Nullable String owner,
            @Version long version) {}

    record SharedKey(@Id Long id, String code, String owner) {}

    record Tag(@Id @Nullable Long id, String code) {}

    interface Lockers extends ListCrudRepository<Locker, Long> {}

    interface Vaults extends ListCrudRepository<Vault, Long> {}

    interface SharedKeys extends ListCrudRepository<SharedKey, Long> {}

    interface Tags extends ListCrudRepository<Tag, Long> {}

    @Configuration(proxyBeanMethods = false)
    @EnableJdbcRepositories(
            considerNestedRepositories = true,
            includeFilters =
                    @Filter(
                            type = FilterType.ASSIGNABLE_TYPE,
                            classes = {Lockers.class, Vaults.class, SharedKeys.class, Tags.class}))
    static class Repositories {}

    @AfterAll
    static void stop() {
        applications.close();
    }

    @BeforeEach
    void empty() {
        for (String table : List.of("locker", "vault", "shared_key", "tag")) {
            application.jdbc().sql("DELETE FROM " + table).update();
        }
        lockers.count();
        application.statements();
    }

    private List<String> sent() {
        return application.statements().stream().map(StatementEvent::sql).toList();
    }

    private Locker saved(@Nullable String code, @Nullable String owner) {
        Locker saved = lockers.save(new Locker(null, code, owner));
        application.statements();
        return saved;
    }

    @Test
    void whatIsNotChangedIsNotWritten() {
        Locker locker = saved("a", "Ada");
        lockers.save(locker.of("Grace"));

        assertThat(sent())
                .containsExactly(
                        engine == TestEngine.SQLITE
                                ? "UPDATE \"locker\" SET \"owner\" = ? WHERE \"id\" = ? AND \"code\" COLLATE BINARY IS ?"
                                : "UPDATE \"locker\" SET \"code\" = ?, \"owner\" = ? WHERE \"id\" = ?");
        assertThat(lockers.findById(locker.key())).contains(locker.of("Grace"));
    }

    @Test
    void whatIsChangedIsWritten() {
        Locker locker = saved("a", "Ada");
        for (String code : new @Nullable String[] {"A", "b", null, "", "c"}) {
            lockers.save(locker.coded(code).of(code));
            assertThat(lockers.findById(locker.key()))
                    .contains(locker.coded(code).of(code));
            lockers.save(locker.coded(code).of("same code"));
            assertThat(lockers.findById(locker.key()))
                    .contains(locker.coded(code).of("same code"));
        }
    }

    @Test
    void aCodeThatAnotherHasIsRefusedAndNothingIsStored() {
        saved("a", "Ada");
        Locker other = saved("b", "Grace");

        assertThatThrownBy(() -> lockers.save(other.coded("a").of("nobody")))
                .isInstanceOf(DataIntegrityViolationException.class);

        assertThat(lockers.findById(other.key())).contains(other);
    }

    @Test
    void aRowThatIsNotThereIsToldAsBefore() {
        JdbcAggregateTemplate template = application.bean(JdbcAggregateTemplate.class);
        Locker nobody = new Locker(-7L, "a", "Ada");

        assertThat(template.update(nobody)).isEqualTo(nobody);

        assertThat(lockers.findAll()).isEmpty();
    }

    @Test
    void aVersionThatIsNotCurrentIsRefusedWhetherOrNotTheCodeChanges() {
        Vault first = vaults.save(new Vault(null, "a", "Ada", 0));
        Vault second = vaults.save(new Vault(first.id(), "a", "Grace", first.version()));
        Vault third = vaults.save(new Vault(first.id(), "b", "Edith", second.version()));

        assertThat(third.version()).isEqualTo(first.version() + 2);
        assertThat(vaults.findAll()).containsExactly(third);
        for (String code : List.of("a", "b")) {
            assertThatThrownBy(() -> vaults.save(new Vault(first.id(), code, "stale", first.version())))
                    .isInstanceOf(OptimisticLockingFailureException.class);
        }
        assertThat(vaults.findAll()).containsExactly(third);
    }

    @Test
    void ofRowsWithOneIdAllAreChanged() {
        application
                .jdbc()
                .sql("INSERT INTO shared_key (id, code, owner) VALUES (1, 'a', 'x'), (1, 'b', 'x')")
                .update();

        application.bean(SharedKeys.class).save(new SharedKey(1L, "a", "changed"));

        assertThat(application
                        .jdbc()
                        .sql("SELECT code FROM shared_key WHERE owner = 'changed'")
                        .query(String.class)
                        .list())
                .containsExactly("a", "a");
    }

    @Test
    void anEntityOfNothingElseIsWrittenAsAWhole() {
        Tags tags = application.bean(Tags.class);
        Tag tag = tags.save(new Tag(null, "a"));
        application.statements();

        tags.save(new Tag(tag.id(), "b"));

        assertThat(sent()).containsExactly("UPDATE \"tag\" SET \"code\" = ? WHERE \"id\" = ?");
    }

    @Test
    void manyRowsSavedTogetherKeepWhatEachHas() {
        List<Locker> stored = lockers.saveAll(
                List.of(new Locker(null, "a", "Ada"), new Locker(null, null, "Grace"), new Locker(null, "c", null)));
        List<Locker> changed = List.of(
                stored.get(0).of(null),
                stored.get(1).coded("b"),
                stored.get(2).coded(null).of("Edith"));

        assertThat(lockers.saveAll(changed)).isEqualTo(changed);

        assertThat(lockers.findAll()).containsExactlyInAnyOrderElementsOf(changed);
    }

    @Test
    void whoChangesTheCodeEachTimePaysForNoSecondStatementAndLaterItIsKeptAgain() {
        Vault vault = vaults.save(new Vault(null, "0", "Ada", 0));
        for (int i = 1; i <= 200; i++) {
            vault = vaults.save(new Vault(vault.id(), "code " + i, "Ada", vault.version()));
            if (i == 100) {
                application.statements();
            }
        }
        assertThat(sent()).hasSizeBetween(100, 102);
        for (int i = 1; i <= 100; i++) {
            vault = vaults.save(new Vault(vault.id(), vault.code(), "Ada " + i, vault.version()));
        }
        List<String> sent = sent();

        assertThat(sent).hasSize(100);
        assertThat(sent.get(99).contains("SET \"code\"")).isEqualTo(engine == TestEngine.POSTGRESQL);
        assertThat(vaults.findAll()).containsExactly(vault);
    }
}
