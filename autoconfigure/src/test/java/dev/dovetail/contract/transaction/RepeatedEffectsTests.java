package dev.dovetail.contract.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dovetail.contract.EngineContract;
import dev.dovetail.contract.SharedApplications;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import dev.dovetail.transaction.TransactionOptions;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.Version;
import org.springframework.data.jdbc.repository.config.EnableJdbcRepositories;
import org.springframework.data.relational.core.mapping.Table;
import org.springframework.data.repository.ListCrudRepository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** What a unit has done that stays is not done a second time, and what it did to entities does not stay (F91, F97). */
@EngineContract
class RepeatedEffectsTests {

    private static final SharedApplications applications = SharedApplications.withRepositories(
            Repositories.class,
            "dovetail.sqlite.busy-timeout=100ms",
            "dovetail.postgresql.lock-timeout=100ms",
            "dovetail.transaction.contention-delay=1ms");

    @Table("account")
    static class Account {
        @Id
        private @Nullable Long id;

        @Version
        private long version;

        private String owner;

        Account(String owner) {
            this.owner = owner;
        }
    }

    interface Accounts extends ListCrudRepository<Account, Long> {}

    @Configuration(proxyBeanMethods = false)
    @EnableJdbcRepositories(
            considerNestedRepositories = true,
            includeFilters = @Filter(type = FilterType.ASSIGNABLE_TYPE, classes = Accounts.class))
    static class Repositories {

        @Bean
        LockedTable lockedTable() {
            return new LockedTable();
        }
    }

    private final TestEngine engine;
    private final TestApplication application;
    private final LockedTable locked;
    private final Accounts accounts;
    private final AtomicInteger attempts = new AtomicInteger();

    RepeatedEffectsTests(TestEngine engine) {
        this.engine = engine;
        this.application = applications.on(engine);
        this.locked = application.bean(LockedTable.class);
        this.accounts = application.bean(Accounts.class);
    }

    @AfterAll
    static void stop() {
        applications.close();
    }

    @BeforeEach
    void createTables() {
        locked.forget();
        application.define("""
                DROP TABLE IF EXISTS account;
                DROP TABLE IF EXISTS part;
                CREATE TABLE account (id ${identity}, version ${bigint} NOT NULL, owner ${text} NOT NULL UNIQUE);
                CREATE TABLE part (id ${identity}, label ${text})
                """);
    }

    @AfterEach
    void release() {
        locked.release();
    }

    private void lock(String table) {
        try {
            locked.lock(application, engine, table);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void write(String owner) {
        application
                .jdbc()
                .sql("INSERT INTO account (version, owner) VALUES (0, ?)")
                .param(owner)
                .update();
    }

    private List<String> owners() {
        return application
                .jdbc()
                .sql("SELECT owner FROM account ORDER BY id")
                .query(String.class)
                .list();
    }

    @Test
    void aUnitThatCommittedIsNotRunAgainForWhatFollows() {
        assertThatThrownBy(() -> application.database().inTransaction(transaction -> {
                    attempts.incrementAndGet();
                    write("order" + attempts);
                    TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                        @Override
                        public void afterCommit() {
                            lock("account");
                            write("message");
                        }
                    });
                    return true;
                }))
                .isInstanceOf(CannotAcquireLockException.class);
        locked.release();

        assertThat(attempts).hasValue(1);
        assertThat(owners()).containsExactly("order1");
    }

    @Test
    void whatCommittedByItselfIsNotDoneTwice() {
        TransactionOptions without = TransactionOptions.defaults().withPropagation(Propagation.NOT_SUPPORTED);

        assertThatThrownBy(() -> application.database().inTransaction(without, transaction -> {
                    attempts.incrementAndGet();
                    write("first" + attempts);
                    lock("account");
                    write("second");
                    return true;
                }))
                .isInstanceOf(CannotAcquireLockException.class);
        locked.release();

        assertThat(attempts).hasValue(1);
        assertThat(owners()).containsExactly("first1");
    }

    @Test
    void aQueryThatWroteIsNotRunAgain() {
        assertThatThrownBy(() -> application.database().query("import").run(() -> {
                    attempts.incrementAndGet();
                    write("first" + attempts);
                    lock("account");
                    write("second");
                    return 1;
                }))
                .isInstanceOf(CannotAcquireLockException.class);
        locked.release();

        assertThat(owners()).containsExactly("first1");
    }

    @Test
    void anInnerTransactionThatCommittedIsNotRepeatedByTheOuter() {
        TransactionOptions alone = TransactionOptions.defaults().withPropagation(Propagation.REQUIRES_NEW);

        assertThatThrownBy(() -> application.database().query("outer").run(() -> {
                    attempts.incrementAndGet();
                    application.database().inTransaction(alone, transaction -> {
                        write("inner" + attempts);
                        return true;
                    });
                    lock("account");
                    write("outer");
                    return 1;
                }))
                .isInstanceOf(CannotAcquireLockException.class);
        locked.release();

        assertThat(owners()).containsExactly("inner1");
    }

    @Test
    void anEntityOfTheUnitIsSavedAgainWithTheVersionItHad() {
        Account account = accounts.save(new Account("anna"));
        lock("account");

        application.database().inTransaction(transaction -> {
            attempts.incrementAndGet();
            account.owner = "berta";
            return accounts.save(account);
        });

        assertThat(attempts).hasValue(2);
        assertThat(accounts.findAll()).singleElement().satisfies(stored -> {
            assertThat(stored.owner).isEqualTo("berta");
            assertThat(stored.version).isEqualTo(account.version);
        });
    }

    @Test
    void aNewEntityOfTheUnitIsNewAgainWhenALaterStatementFailed() {
        Account account = new Account("anna");
        if (engine.hasSingleWriter()) {
            // Whoever holds the one writer waits for nobody: only its first statement can fail.
            lock("part");
        }

        application.database().inTransaction(transaction -> {
            attempts.incrementAndGet();
            accounts.save(account);
            if (attempts.get() == 1 && !engine.hasSingleWriter()) {
                lock("part");
            }
            application.jdbc().sql("INSERT INTO part (label) VALUES ('x')").update();
            return true;
        });

        assertThat(attempts).hasValue(2);
        assertThat(accounts.findAll()).singleElement().satisfies(stored -> {
            assertThat(stored.id).isEqualTo(account.id);
            assertThat(stored.version).isEqualTo(account.version);
        });
    }

    @Test
    void whatCanBeReadOnlyOnceIsSavedAtTheSecondTry() {
        lock("account");
        Iterator<Account> accountsOnce =
                Stream.of("a", "b", "c").map(Account::new).iterator();
        Iterable<Account> once = () -> accountsOnce;

        accounts.saveAll(once);

        assertThat(locked.retries()).hasSize(1);
        assertThat(owners()).containsExactlyInAnyOrder("a", "b", "c");
    }

    @Test
    void unitsWithinUnitsAreNotTriedForEachOfThem() {
        assertThatThrownBy(() -> application
                        .database()
                        .query("outer")
                        .run(() -> application
                                .database()
                                .query("middle")
                                .run(() -> application.database().inTransaction(transaction -> {
                                    attempts.incrementAndGet();
                                    lock("account");
                                    write("x");
                                    return 1;
                                }))))
                .isInstanceOf(CannotAcquireLockException.class);
        locked.release();

        // Two more waits for a lock that others hold are enough.
        assertThat(attempts).hasValue(3);
        assertThat(owners()).isEmpty();
    }

    @Test
    void whatFailedOnNoConnectionOfTheLayerIsNotRunAgain() {
        assertThatThrownBy(() -> application.database().inTransaction(transaction -> {
                    attempts.incrementAndGet();
                    throw new CannotAcquireLockException("elsewhere", new SQLException("deadlock", "40P01"));
                }))
                .hasMessage("elsewhere");
        assertThat(attempts).hasValue(1);
    }

    @Test
    void aFailureThatWasSwallowedIsFoundInWhatItLedTo() {
        application.database().inTransaction(transaction -> {
            if (attempts.incrementAndGet() == 1) {
                lock("account");
                assertThatThrownBy(() -> write("lost")).isInstanceOf(CannotAcquireLockException.class);
            }
            write("kept");
            return true;
        });

        assertThat(attempts).hasValue(2);
        assertThat(owners()).containsExactly("kept");
    }
}
