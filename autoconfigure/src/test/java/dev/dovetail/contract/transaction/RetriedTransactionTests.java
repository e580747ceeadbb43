package dev.dovetail.contract.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dovetail.contract.EngineContract;
import dev.dovetail.contract.SharedApplications;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import dev.dovetail.datasource.PoolStatus;
import dev.dovetail.transaction.TransactionOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
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
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.Version;
import org.springframework.data.jdbc.repository.config.EnableJdbcRepositories;
import org.springframework.data.relational.core.mapping.Table;
import org.springframework.data.repository.ListCrudRepository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The whole unit is run again after a failure of the database's own making, and after no other (F85, F88, F91). */
@EngineContract
class RetriedTransactionTests {

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

        @SuppressWarnings("UnusedVariable")
        private String owner;

        Account(String owner) {
            this.owner = owner;
        }
    }

    @Table("part")
    record Part(@Id @Nullable Long id, String label) {}

    interface Accounts extends ListCrudRepository<Account, Long> {

        List<Account> findByOwner(String owner);

        default void saveTwice(Account account) {
            save(account);
            save(account);
        }
    }

    @Transactional
    interface Parts extends ListCrudRepository<Part, Long> {}

    @Configuration(proxyBeanMethods = false)
    @EnableJdbcRepositories(
            considerNestedRepositories = true,
            includeFilters =
                    @Filter(
                            type = FilterType.ASSIGNABLE_TYPE,
                            classes = {Accounts.class, Parts.class}))
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

    RetriedTransactionTests(TestEngine engine) {
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
                CREATE TABLE part (id ${identity}, label ${text} NOT NULL)
                """);
    }

    @AfterEach
    void nothingIsInUse() {
        locked.release();
        assertThat(application.dataSource().pools())
                .extracting(PoolStatus::active)
                .containsOnly(0);
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
    void whatFailedByAnothersLockIsRunAgainAsAWhole() throws Exception {
        locked.lock(application, engine, "account");
        AtomicInteger attempts = new AtomicInteger();

        String result = application.database().inTransaction(TransactionOptions.named("transfer"), transaction -> {
            attempts.incrementAndGet();
            write("first");
            write("second");
            return "done";
        });

        assertThat(result).isEqualTo("done");
        assertThat(attempts).hasValue(2);
        assertThat(locked.retries()).containsExactly("transfer LOCK_TIMEOUT");
        assertThat(owners()).containsExactly("first", "second");
    }

    @Test
    void whatBreaksAConstraintIsRunOnce() {
        write("taken");
        AtomicInteger attempts = new AtomicInteger();

        assertThatThrownBy(() -> application.database().inTransaction(transaction -> {
                    attempts.incrementAndGet();
                    write("new");
                    write("taken");
                    return true;
                }))
                .isInstanceOf(DuplicateKeyException.class);
        assertThat(attempts).hasValue(1);
        assertThat(owners()).containsExactly("taken");
    }

    @Test
    void checkedExceptionsRollBack() {
        assertThatThrownBy(() -> application.database().inTransaction(transaction -> {
                    write("lost");
                    throw new IOException("the mail server is away");
                }))
                .isInstanceOf(IOException.class);
        assertThat(owners()).isEmpty();
    }

    @Test
    void rollbackOnlyRollsBackWithoutAnException() {
        String result = application.database().inTransaction(transaction -> {
            write("lost");
            transaction.setRollbackOnly();
            return "computed";
        });

        assertThat(result).isEqualTo("computed");
        assertThat(owners()).isEmpty();
    }

    @Test
    void insideAnotherTransactionNothingIsRunAgain() throws Exception {
        locked.lock(application, engine, "account");
        AtomicInteger attempts = new AtomicInteger();

        assertThatThrownBy(() -> application
                        .transaction()
                        .executeWithoutResult(outer -> application.database().inTransaction(inner -> {
                            attempts.incrementAndGet();
                            write("x");
                            return true;
                        })))
                .isInstanceOf(CannotAcquireLockException.class);
        assertThat(attempts).hasValue(1);
        assertThat(locked.retries()).isEmpty();
    }

    @Test
    void noRetriesCanBeAskedFor() throws Exception {
        locked.lock(application, engine, "account");

        assertThatThrownBy(() -> application
                        .database()
                        .inTransaction(TransactionOptions.defaults().withMaxRetries(0), transaction -> {
                            write("x");
                            return true;
                        }))
                .isInstanceOf(CannotAcquireLockException.class);
        assertThat(locked.retries()).isEmpty();
    }

    @Test
    void anInnerOneThatIsNestedFailsAlone() {
        application.database().inTransaction(outer -> {
            write("outer");
            assertThatThrownBy(() -> application
                            .database()
                            .inTransaction(
                                    TransactionOptions.defaults().withPropagation(Propagation.NESTED), nested -> {
                                        write("inner");
                                        throw new IllegalStateException("inner");
                                    }))
                    .hasMessage("inner");
            return true;
        });
        assertThat(owners()).containsExactly("outer");
    }

    @Test
    void aSaveIsRunAgainWithTheIdAndVersionItHadBefore() throws Exception {
        locked.lock(application, engine, "account");
        Account account = new Account("anna");

        accounts.save(account);

        assertThat(locked.retries()).containsExactly("Accounts.save LOCK_TIMEOUT");
        assertThat(accounts.findAll()).singleElement().satisfies(stored -> {
            assertThat(stored.id).isEqualTo(account.id);
            assertThat(stored.version).isEqualTo(account.version);
        });
    }

    @Test
    void aSaveThatFailedForGoodLeavesAnEntityThatIsNewAgain() {
        write("anna");
        Account second = new Account("anna");
        assertThatThrownBy(() -> accounts.save(second)).isInstanceOf(DuplicateKeyException.class);
        assertThat(second.id).isNull();
        assertThat(second.version).isZero();

        second.owner = "berta";
        accounts.save(second);
        assertThat(owners()).containsExactly("anna", "berta");
    }

    @Test
    void manyAreSavedAgainTogether() throws Exception {
        locked.lock(application, engine, "account");
        List<Account> many = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            many.add(new Account("owner" + i));
        }

        accounts.saveAll(many);

        assertThat(locked.retries()).containsExactly("Accounts.saveAll LOCK_TIMEOUT");
        assertThat(accounts.count()).isEqualTo(150);
        assertThat(many).allSatisfy(each -> assertThat(each.id).isNotNull());
    }

    @Test
    void whatTheApplicationWroteItselfIsLeftToIt() throws Exception {
        locked.lock(application, engine, "part");
        assertThatThrownBy(() -> application.bean(Parts.class).save(new Part(null, "a")))
                .isInstanceOf(CannotAcquireLockException.class);
        locked.release();
        locked.lock(application, engine, "account");
        // Only what the method calls is Spring Data's.
        accounts.saveTwice(new Account("anna"));
        assertThat(locked.retries()).containsExactly("Accounts.save LOCK_TIMEOUT");
        assertThat(owners()).containsExactly("anna");
    }

    @Test
    void aQueryIsRunAgain() throws Exception {
        write("anna");
        if (engine == TestEngine.POSTGRESQL) {
            locked.lock(application, engine, "account");
        }
        assertThat(accounts.findByOwner("anna")).hasSize(1);
        // On SQLite readers wait for nobody.
        assertThat(locked.retries()).hasSize(engine == TestEngine.POSTGRESQL ? 1 : 0);
    }
}
