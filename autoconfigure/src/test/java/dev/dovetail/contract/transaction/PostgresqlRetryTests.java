package dev.dovetail.contract.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dovetail.contract.OwnThread;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import dev.dovetail.datasource.CommitOutcomeUnknownException;
import dev.dovetail.engine.ConnectionRole;
import dev.dovetail.transaction.CircuitStates;
import dev.dovetail.transaction.TransactionOptions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Faults that only a server has: serialization failures, deadlocks, sessions that are ended before and during COMMIT. */
class PostgresqlRetryTests {

    private final TestApplication application = TestApplication.on(
            TestEngine.POSTGRESQL,
            "dovetail.transaction.contention-delay=5ms",
            "dovetail.transaction.retry-delay=20ms",
            "logging.level.root=off");

    @BeforeEach
    void createTable() {
        application.template().execute("CREATE TABLE account (id integer PRIMARY KEY, balance integer NOT NULL)");
        application.template().update("INSERT INTO account VALUES (1, 0), (2, 0)");
    }

    @AfterEach
    void stop() {
        application.close();
    }

    private int balance(int id) {
        return application
                .jdbc()
                .sql("SELECT balance FROM account WHERE id = ?")
                .param(id)
                .query(Integer.class)
                .single();
    }

    private void add(int id, int amount) {
        application
                .jdbc()
                .sql("UPDATE account SET balance = balance + ? WHERE id = ?")
                .params(amount, id)
                .update();
    }

    private void elsewhere(Runnable work) {
        OwnThread.run(work).orTimeout(30, TimeUnit.SECONDS).join();
    }

    private int session() {
        return application
                .jdbc()
                .sql("SELECT pg_backend_pid()")
                .query(Integer.class)
                .single();
    }

    private void end(int session) {
        try (Connection other = application.foreignConnection();
                Statement statement = other.createStatement()) {
            statement.execute("SELECT pg_terminate_backend(" + session + ")");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aSerializationFailureIsRunAgainAndCommittedOnce() {
        AtomicInteger attempts = new AtomicInteger();

        application
                .database()
                .inTransaction(TransactionOptions.defaults().withIsolation(Isolation.SERIALIZABLE), transaction -> {
                    int before = balance(1);
                    if (attempts.incrementAndGet() == 1) {
                        elsewhere(() -> add(1, 100));
                    }
                    application
                            .jdbc()
                            .sql("UPDATE account SET balance = ? WHERE id = 1")
                            .param(before + 1)
                            .update();
                    return true;
                });

        assertThat(attempts).hasValue(2);
        assertThat(balance(1)).isEqualTo(101);
    }

    @Test
    void ofTwoInADeadlockBothAreDoneOnce() {
        CyclicBarrier met = new CyclicBarrier(2);
        AtomicInteger attempts = new AtomicInteger();
        CompletableFuture<?>[] both = new CompletableFuture<?>[2];
        for (int i = 0; i < 2; i++) {
            int first = i + 1;
            both[i] = OwnThread.run(() -> application.database().inTransaction(transaction -> {
                int attempt = attempts.incrementAndGet();
                add(first, 1);
                if (attempt <= 2) {
                    awaitOther(met);
                }
                add(3 - first, 1);
                return true;
            }));
        }
        CompletableFuture.allOf(both).orTimeout(60, TimeUnit.SECONDS).join();

        assertThat(attempts).hasValue(3);
        assertThat(balance(1)).isEqualTo(2);
        assertThat(balance(2)).isEqualTo(2);
    }

    private static void awaitOther(CyclicBarrier met) {
        try {
            met.await(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aSessionThatIsEndedBeforeCommitIsReplacedAndTheWorkDoneOnce() {
        AtomicInteger attempts = new AtomicInteger();

        application.database().inTransaction(transaction -> {
            add(1, 1);
            if (attempts.incrementAndGet() == 1) {
                end(session());
            }
            add(2, 1);
            return true;
        });

        assertThat(attempts).hasValue(2);
        assertThat(balance(1)).isEqualTo(1);
        assertThat(balance(2)).isEqualTo(1);
    }

    @Test
    void aSessionThatIsEndedDuringCommitIsNoReasonToDoItAgain() {
        // What COMMIT waits for.
        application.template().execute("""
                CREATE FUNCTION slowly() RETURNS trigger LANGUAGE plpgsql AS
                'BEGIN PERFORM pg_sleep(3); RETURN NULL; END'""");
        application.template().execute("""
                CREATE CONSTRAINT TRIGGER slowly AFTER UPDATE ON account DEFERRABLE INITIALLY DEFERRED
                FOR EACH ROW EXECUTE FUNCTION slowly()""");
        AtomicInteger attempts = new AtomicInteger();

        assertThatThrownBy(() -> application.database().inTransaction(transaction -> {
                    attempts.incrementAndGet();
                    add(1, 1);
                    int session = session();
                    inASecond(() -> end(session));
                    return true;
                }))
                .isInstanceOf(CommitOutcomeUnknownException.class)
                .hasMessageContaining("nobody knows whether it was");
        assertThat(attempts).hasValue(1);
        assertThat(balance(1)).as("ended before it was written").isZero();
    }

    @Test
    void aChangeThatCommitsByItselfHasAnUnknownOutcomeToo() {
        application.template().execute("""
                CREATE FUNCTION slowly() RETURNS trigger LANGUAGE plpgsql AS
                'BEGIN PERFORM pg_sleep(3); RETURN NULL; END'""");
        application
                .template()
                .execute("CREATE TRIGGER slowly AFTER UPDATE ON account FOR EACH ROW EXECUTE FUNCTION slowly()");
        endLater("UPDATE account%");

        assertThatThrownBy(() -> add(1, 1)).isInstanceOf(CommitOutcomeUnknownException.class);
    }

    @Test
    void afterAnUnknownOutcomeNobodyIsToldOfARollback() {
        application.template().execute("""
                CREATE FUNCTION slowly() RETURNS trigger LANGUAGE plpgsql AS
                'BEGIN PERFORM pg_sleep(3); RETURN NULL; END'""");
        application.template().execute("""
                CREATE CONSTRAINT TRIGGER slowly AFTER UPDATE ON account DEFERRABLE INITIALLY DEFERRED
                FOR EACH ROW EXECUTE FUNCTION slowly()""");
        AtomicInteger told = new AtomicInteger(-1);

        assertThatThrownBy(() -> application.database().inTransaction(transaction -> {
                    TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                        @Override
                        public void afterCompletion(int status) {
                            told.set(status);
                        }
                    });
                    add(1, 1);
                    int session = session();
                    inASecond(() -> end(session));
                    return true;
                }))
                .isInstanceOf(CommitOutcomeUnknownException.class);
        assertThat(told).hasValue(TransactionSynchronization.STATUS_UNKNOWN);
    }

    @Test
    void aFunctionThatMayHaveChangedSomethingIsNotCalledAgain() {
        application.template().execute("""
                CREATE FUNCTION book() RETURNS integer LANGUAGE plpgsql AS
                'BEGIN UPDATE account SET balance = balance + 1; PERFORM pg_sleep(3); RETURN 1; END'""");
        AtomicInteger calls = new AtomicInteger();

        assertThatThrownBy(() -> application.database().query("book").run(() -> {
                    calls.incrementAndGet();
                    endLater("SELECT book()");
                    return application
                            .jdbc()
                            .sql("SELECT book()")
                            .query(Integer.class)
                            .single();
                }))
                .isInstanceOf(CommitOutcomeUnknownException.class);
        assertThat(calls).hasValue(1);
    }

    @Test
    void aQueryThatOnlyReadsIsAskedAgain() {
        AtomicInteger calls = new AtomicInteger();

        int sum = application.database().query("sum").run(() -> {
            if (calls.incrementAndGet() == 1) {
                endLater("SELECT sum(%");
                return application
                        .jdbc()
                        .sql("SELECT sum(a.balance) FROM account a, generate_series(1, 100000000)")
                        .query(Integer.class)
                        .single();
            }
            return balance(1);
        });

        assertThat(sum).isZero();
        assertThat(calls).hasValue(2);
    }

    private void endLater(String query) {
        inASecond(() -> {
            try (Connection other = application.foreignConnection();
                    Statement statement = other.createStatement()) {
                statement.execute(
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE '" + query + "'");
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static void inASecond(Runnable work) {
        Thread thread = new Thread(() -> {
            try {
                Thread.sleep(1000);
            } catch (InterruptedException e) {
                return;
            }
            work.run();
        });
        thread.setDaemon(true);
        thread.start();
    }

    @Test
    void aTransactionThatWasIdleForTooLongIsTheApplicationsOwnMistake() {
        try (TestApplication impatient = TestApplication.with(
                Map.copyOf(application.databaseProperties()),
                "dovetail.postgresql.idle-in-transaction-timeout=200ms",
                "dovetail.circuit-breaker.failure-threshold=1",
                "logging.level.root=off")) {
            AtomicInteger attempts = new AtomicInteger();
            assertThatThrownBy(() -> impatient.database().inTransaction(transaction -> {
                        attempts.incrementAndGet();
                        impatient
                                .jdbc()
                                .sql("UPDATE account SET balance = 1 WHERE id = 1")
                                .update();
                        Thread.sleep(1500);
                        return impatient
                                .jdbc()
                                .sql("UPDATE account SET balance = 2 WHERE id = 2")
                                .update();
                    }))
                    .isInstanceOf(DataAccessResourceFailureException.class);
            assertThat(attempts).hasValue(1);
            assertThat(impatient.bean(CircuitStates.class).states()).containsEntry(ConnectionRole.WRITER, "closed");
        }
    }

    @Test
    void aReadOnlyTransactionThatIsLostAtItsEndIsRunAgain() {
        AtomicInteger attempts = new AtomicInteger();

        int found = application
                .database()
                .inTransaction(TransactionOptions.defaults().asReadOnly(), transaction -> {
                    int balance = balance(1);
                    if (attempts.incrementAndGet() == 1) {
                        int session = session();
                        elsewhere(() -> end(session));
                    }
                    return balance;
                });

        assertThat(found).isZero();
        assertThat(attempts).hasValue(2);
    }

    @Test
    void aFullPoolTellsItsNumbersAndIsNotTriedAgain() throws Exception {
        try (TestApplication small = TestApplication.with(
                Map.copyOf(application.databaseProperties()),
                "spring.datasource.hikari.maximum-pool-size=5",
                "spring.datasource.hikari.connection-timeout=300",
                "logging.level.root=off")) {
            Awaitility.await("the pool has all its connections")
                    .until(() -> small.dataSource().pools().get(0).total() == 5);
            AtomicInteger exhausted = new AtomicInteger();
            AtomicInteger done = new AtomicInteger();
            CompletableFuture<?>[] callers = new CompletableFuture<?>[200];
            java.util.concurrent.ExecutorService threads = java.util.concurrent.Executors.newFixedThreadPool(200);
            for (int i = 0; i < callers.length; i++) {
                callers[i] = CompletableFuture.runAsync(
                        () -> {
                            try {
                                small.database()
                                        .inTransaction(transaction -> small.jdbc()
                                                .sql("SELECT 1 FROM pg_sleep(0.2)")
                                                .query(Integer.class)
                                                .single());
                                done.incrementAndGet();
                            } catch (org.springframework.dao.TransientDataAccessResourceException e) {
                                assertThat(e).hasMessageContaining("Pool 'primary' has 5 connection(s), of which ");
                                exhausted.incrementAndGet();
                            }
                        },
                        threads);
            }
            CompletableFuture.allOf(callers).orTimeout(60, TimeUnit.SECONDS).join();
            threads.shutdown();
            assertThat(done.get() + exhausted.get()).isEqualTo(200);
            assertThat(exhausted.get()).isPositive();
            assertThat(done.get()).isPositive();
        }
    }
}
