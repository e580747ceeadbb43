package dev.dovetail.contract.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dovetail.contract.EngineContract;
import dev.dovetail.contract.SharedApplications;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import dev.dovetail.transaction.TransactionOptions;
import dev.dovetail.transaction.UnitOfWork;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.Version;
import org.springframework.data.jdbc.repository.config.EnableJdbcRepositories;
import org.springframework.data.relational.core.mapping.MappedCollection;
import org.springframework.data.relational.core.mapping.Table;
import org.springframework.data.repository.ListCrudRepository;
import org.springframework.transaction.UnexpectedRollbackException;
import org.springframework.transaction.annotation.Propagation;

/** What a unit of work makes of entities, and what is left of that when it is rolled back (F93). */
@EngineContract
class UnitOfWorkStateTests {

    private static final SharedApplications applications = SharedApplications.withRepositories(Repositories.class);

    @Table("uow_account")
    static class Account {
        @Id
        private @Nullable Long id;

        @Version
        private @Nullable Integer version;

        @SuppressWarnings("UnusedVariable")
        private String owner;

        @MappedCollection(idColumn = "account")
        private Set<Card> cards = new HashSet<>();

        Account(String owner) {
            this.owner = owner;
        }
    }

    @Table("uow_card")
    static class Card {
        @Id
        private @Nullable Long id;

        @SuppressWarnings("UnusedVariable")
        private final String label;

        Card(String label) {
            this.label = label;
        }
    }

    @Table("uow_note")
    record Note(@Id @Nullable Long id, @Version @Nullable Integer version, String text) {}

    interface Accounts extends ListCrudRepository<Account, Long> {}

    interface Notes extends ListCrudRepository<Note, Long> {}

    @Configuration(proxyBeanMethods = false)
    @EnableJdbcRepositories(
            considerNestedRepositories = true,
            includeFilters =
                    @Filter(
                            type = FilterType.ASSIGNABLE_TYPE,
                            classes = {Accounts.class, Notes.class}))
    static class Repositories {}

    private final TestApplication application;

    UnitOfWorkStateTests(TestEngine engine) {
        this.application = applications.on(engine);
    }

    @AfterAll
    static void stop() {
        applications.close();
    }

    @BeforeEach
    void createTables() {
        application.define("""
                DROP TABLE IF EXISTS uow_card;
                DROP TABLE IF EXISTS uow_account;
                DROP TABLE IF EXISTS uow_note;
                CREATE TABLE uow_account (id ${identity}, version ${bigint} NOT NULL, owner ${text} NOT NULL UNIQUE);
                CREATE TABLE uow_card (id ${identity}, account ${bigint} NOT NULL REFERENCES uow_account,
                    label ${text} NOT NULL);
                CREATE TABLE uow_note (id ${identity}, version ${bigint} NOT NULL, text ${text} NOT NULL UNIQUE)
                """);
    }

    private void inUnit(Consumer<UnitOfWork> work) {
        try (UnitOfWork unit = application.database().unitOfWork()) {
            unit.begin();
            work.accept(unit);
            unit.commit();
        }
    }

    private Account stored(String owner) {
        return application.bean(Accounts.class).save(new Account(owner));
    }

    private static void assertNew(Account account) {
        assertThat(account.id).isNull();
        assertThat(account.version).isNull();
        assertThat(account.cards).extracting(card -> card.id).allMatch(Objects::isNull);
    }

    private List<String> owners() {
        return application
                .jdbc()
                .sql("SELECT owner FROM uow_account ORDER BY owner")
                .query(String.class)
                .list();
    }

    private List<String> notes() {
        return application
                .jdbc()
                .sql("SELECT text FROM uow_note ORDER BY text")
                .query(String.class)
                .list();
    }

    @Test
    void whatIsRolledBackIsNewAgainWithItsParts() {
        Account account = new Account("a");
        account.cards.add(new Card("x"));
        try (UnitOfWork unit = application.database().unitOfWork()) {
            unit.begin();
            unit.registerNew(account);
            unit.flush();
            assertThat(account.id).isNotNull();
            unit.rollback();
        }
        assertNew(account);

        inUnit(unit -> unit.registerNew(account));
        assertThat(account.version).isZero();
        assertThat(owners()).containsExactly("a");
    }

    @Test
    void closingPutsBackToo() {
        Account account = new Account("a");
        try (UnitOfWork unit = application.database().unitOfWork()) {
            unit.begin();
            unit.registerNew(account);
            unit.flush();
        }
        assertNew(account);
    }

    @Test
    void whatTheCommitCouldNotStoreIsNewAgain() {
        Account account = new Account("a");
        assertThatThrownBy(() -> inUnit(unit -> {
                    unit.registerNew(account);
                    unit.flush();
                    unit.registerNew(new Account("a"));
                }))
                .isInstanceOf(DuplicateKeyException.class);
        assertNew(account);
    }

    @Test
    void aCommitThatFailsPutsBackToo() {
        application.define("""
                CREATE TABLE uow_debt (account ${bigint} REFERENCES uow_account DEFERRABLE INITIALLY DEFERRED)
                """);
        Account account = new Account("a");
        assertThatThrownBy(() -> inUnit(unit -> {
                    application.template().update("INSERT INTO uow_debt VALUES (4711)");
                    unit.registerNew(account);
                }))
                .isInstanceOf(DataIntegrityViolationException.class);
        application.define("DROP TABLE uow_debt");
        assertNew(account);
        assertThat(owners()).isEmpty();
    }

    @Test
    void aCommitThatBecameARollbackPutsBackToo() {
        Account account = new Account("a");
        inUnit(unit -> {
            unit.transaction().setRollbackOnly();
            unit.registerNew(account);
        });
        assertNew(account);
    }

    @Test
    void theRollbackOfATransactionThatWasJoinedPutsBackToo() {
        Account account = new Account("a");
        application.transaction().executeWithoutResult(outer -> {
            inUnit(unit -> unit.registerNew(account));
            assertThat(account.id).isNotNull();
            outer.setRollbackOnly();
        });
        assertNew(account);
    }

    @Test
    void aVersionIsThatBeforeTheUnitAgain() {
        Account account = stored("a");
        Account taken = stored("b");
        account.owner = "c";
        taken.owner = "c";
        assertThatThrownBy(() -> inUnit(unit -> {
                    unit.registerDirty(account);
                    unit.registerDirty(taken);
                }))
                .isInstanceOf(DuplicateKeyException.class);
        assertThat(account.version).isZero();

        inUnit(unit -> unit.registerDirty(account));
        assertThat(account.version).isEqualTo(1);
        assertThat(owners()).containsExactly("b", "c");
    }

    @Test
    void whoChangedItBeforeIsNotOverwritten() {
        Account account = stored("a");
        application.template().update("UPDATE uow_account SET version = 1, owner = 'other'");
        Account another = new Account("another");

        assertThatThrownBy(() -> inUnit(unit -> {
                    unit.registerDirty(account);
                    unit.registerNew(another);
                }))
                .isInstanceOf(OptimisticLockingFailureException.class);
        assertThat(account.version).isZero();
        assertNew(another);
        assertThatThrownBy(() -> inUnit(unit -> unit.registerRemoved(account)))
                .isInstanceOf(OptimisticLockingFailureException.class);
        assertThat(owners()).containsExactly("other");
    }

    @Test
    void afterAFlushThatFailedAllThatRemainsIsToRollBack() {
        Account account = new Account("a");
        try (UnitOfWork unit = application.database().unitOfWork()) {
            unit.begin();
            unit.registerNew(account);
            unit.registerNew(new Account("a"));
            assertThatThrownBy(unit::flush).isInstanceOf(DuplicateKeyException.class);
            assertThatThrownBy(unit::flush).isInstanceOf(UnexpectedRollbackException.class);
            assertThatThrownBy(unit::commit)
                    .isInstanceOf(UnexpectedRollbackException.class)
                    .hasCauseInstanceOf(DuplicateKeyException.class);
            assertThat(unit.isActive()).isFalse();
            assertThat(unit.stored(account)).isSameAs(account);
        }
        assertNew(account);
        assertThat(owners()).isEmpty();
    }

    @Test
    void generatedIdsAreKnownAfterAFlush() {
        inUnit(unit -> {
            Note note = new Note(null, null, "first");
            unit.registerNew(note);
            unit.flush();
            Long id = unit.stored(note).id();
            assertThat(id).isNotNull();
            unit.registerNew(new Note(null, null, "behind " + id));
        });
        assertThat(notes()).hasSize(2);
    }

    @Test
    void whatAnImmutableEntityBecameIsMeantAfterAFlush() {
        Note dirty = new Note(null, null, "dirty");
        Note removed = new Note(null, null, "removed");
        inUnit(unit -> {
            unit.registerNew(dirty);
            unit.registerNew(removed);
            unit.flush();
            unit.registerDirty(dirty);
            unit.registerRemoved(removed);
            unit.flush();
            assertThat(unit.stored(dirty).version()).isEqualTo(1);
            unit.registerDirty(unit.stored(dirty));
            unit.flush();
            assertThat(unit.stored(dirty).version()).isEqualTo(2);
        });
        assertThat(notes()).containsExactly("dirty");
    }

    @Test
    void afterARollbackNothingIsKnownOfWhatWasStored() {
        Note note = new Note(null, null, "note");
        try (UnitOfWork unit = application.database().unitOfWork()) {
            unit.begin();
            unit.registerNew(note);
            unit.flush();
            unit.rollback();
            assertThat(unit.stored(note)).isSameAs(note);
            unit.begin();
            unit.registerNew(note);
            unit.commit();
            assertThat(unit.stored(note).id()).isNotNull();
        }
        assertThat(notes()).containsExactly("note");
    }

    @Test
    void whatIsRemovedAndThenDirtyOrNewIsUpdated() {
        Account dirty = stored("a");
        Account again = stored("b");
        dirty.owner = "c";
        again.owner = "d";
        inUnit(unit -> {
            unit.registerRemoved(dirty);
            unit.registerDirty(dirty);
            unit.registerRemoved(again);
            unit.registerNew(again);
        });
        assertThat(owners()).containsExactly("c", "d");
        assertThat(List.of(dirty.version, again.version)).containsOnly(1);
    }

    @Test
    void theLastWordDecidesWhetherThereIsARow() {
        Account removed = stored("a");
        Account fresh = new Account("b");
        inUnit(unit -> {
            unit.registerDirty(removed);
            unit.registerRemoved(removed);
            unit.registerNew(fresh);
            unit.registerRemoved(fresh);
            unit.registerDirty(fresh);
        });
        assertThat(owners()).containsExactly("b");
        inUnit(unit -> {
            unit.registerRemoved(fresh);
            unit.flush();
            unit.registerNew(fresh);
            unit.flush();
            unit.registerNew(fresh);
        });
        assertThat(owners()).containsExactly("b");
    }

    @Test
    void aValueThatIsToBecomeFreeIsFreeAfterAFlush() {
        Account old = stored("a");
        inUnit(unit -> {
            unit.registerRemoved(old);
            unit.flush();
            unit.registerNew(new Account("a"));
        });
        assertThat(owners()).containsExactly("a");
    }

    @Test
    void whatANestedTransactionTookBackIsStoredWithTheCommit() {
        Account before = new Account("a");
        Account within = new Account("b");
        inUnit(unit -> {
            unit.registerNew(before);
            unit.flush();
            assertThatThrownBy(() -> application
                            .database()
                            .inTransaction(
                                    TransactionOptions.defaults().withPropagation(Propagation.NESTED), nested -> {
                                        unit.registerNew(within);
                                        unit.flush();
                                        throw new IllegalArgumentException("taken back");
                                    }))
                    .hasMessage("taken back");
            assertNew(within);
            assertThat(before.version).isZero();
        });
        assertThat(owners()).containsExactly("a", "b");
        assertThat(within.version).isZero();
    }

    @Test
    void theUnitOfANestedTransactionThatFailedIsForgotten() {
        Account account = new Account("a");
        application.transaction().executeWithoutResult(outer -> {
            assertThatThrownBy(() -> application
                            .database()
                            .inTransaction(
                                    TransactionOptions.defaults().withPropagation(Propagation.NESTED), nested -> {
                                        inUnit(unit -> unit.registerNew(account));
                                        throw new IllegalArgumentException("taken back");
                                    }))
                    .hasMessage("taken back");
            assertNew(account);
        });
        assertNew(account);
        assertThat(owners()).isEmpty();
    }

    @Test
    void aUnitEndsWithTheTransactionThatItJoined() {
        try (UnitOfWork unit = application.database().unitOfWork()) {
            application.transaction().executeWithoutResult(outer -> {
                unit.begin();
                unit.registerNew(new Account("a"));
            });
            assertThat(unit.isActive()).isFalse();
            assertThatIllegalStateException().isThrownBy(unit::commit).withMessage("No active transaction");
        }
        assertThat(owners()).isEmpty();
    }
}
