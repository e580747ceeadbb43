package dev.dovetail.contract.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.dovetail.Database;
import dev.dovetail.contract.EngineContract;
import dev.dovetail.contract.OwnThread;
import dev.dovetail.contract.SharedApplications;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import dev.dovetail.datasource.PoolStatus;
import dev.dovetail.engine.DatabaseError;
import dev.dovetail.engine.ErrorCode;
import dev.dovetail.schema.SchemaCatalog;
import dev.dovetail.transaction.TransactionOptions;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.UnexpectedRollbackException;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.support.DefaultTransactionStatus;

/** Transactions by {@code inTransaction}: joined, suspended, nested, isolated, and rolled back (F85 to F89). */
@EngineContract
class InTransactionTests {

    private static final SharedApplications applications = SharedApplications.with();

    private final TestEngine engine;
    private final TestApplication application;
    private final Database database;

    InTransactionTests(TestEngine engine) {
        this.engine = engine;
        this.application = applications.on(engine);
        this.database = application.database();
    }

    @AfterAll
    static void stop() {
        applications.close();
    }

    @BeforeEach
    void createTables() {
        application.define("""
                DROP TABLE IF EXISTS payment;
                DROP TABLE IF EXISTS customer;
                CREATE TABLE customer (id ${bigint} PRIMARY KEY);
                CREATE TABLE payment (customer ${bigint} NOT NULL REFERENCES customer)
                """);
    }

    @AfterEach
    void nothingIsInUse() {
        assertThat(active()).isZero();
    }

    private int active() {
        return application.dataSource().pools().stream()
                .mapToInt(PoolStatus::active)
                .sum();
    }

    private static TransactionOptions with(Propagation propagation) {
        return TransactionOptions.defaults().withPropagation(propagation);
    }

    private boolean insert(long id) {
        return application
                        .jdbc()
                        .sql("INSERT INTO customer VALUES (?)")
                        .param(id)
                        .update()
                == 1;
    }

    private boolean pay(long customer) {
        return application
                        .jdbc()
                        .sql("INSERT INTO payment VALUES (?)")
                        .param(customer)
                        .update()
                == 1;
    }

    private List<Long> ids() {
        return application
                .jdbc()
                .sql("SELECT id FROM customer ORDER BY id")
                .query(Long.class)
                .list();
    }

    @Test
    void ofACustomerWhosePaymentFailsNothingStays() {
        assertThatThrownBy(() -> database.inTransaction(transaction -> insert(1) && pay(2)))
                .isInstanceOf(DataIntegrityViolationException.class);
        assertThat(ids()).isEmpty();

        database.inTransaction(transaction -> insert(1) && pay(1));
        assertThat(ids()).containsExactly(1L);
    }

    @Test
    void anInnerOneJoinsAndUsesTheSameConnection() {
        database.inTransaction(outer -> {
            insert(1);
            return database.inTransaction(inner -> {
                insert(2);
                assertThat(active()).isEqualTo(1);
                assertThat(inner.isNewTransaction()).isFalse();
                return true;
            });
        });
        assertThat(ids()).containsExactly(1L, 2L);
    }

    @Test
    void afterAFailureOfAnInnerOneTheOuterCommitsNothing() {
        assertThatThrownBy(() -> database.inTransaction(outer -> {
                    insert(1);
                    assertThatThrownBy(() -> database.inTransaction(inner -> {
                                throw new IOException("swallowed");
                            }))
                            .hasMessage("swallowed");
                    return true;
                }))
                .isInstanceOf(UnexpectedRollbackException.class);
        assertThat(ids()).isEmpty();
    }

    @Test
    void aNewOneCommitsByItselfWhereThereIsMoreThanOneWriter() {
        Throwable thrown = catchThrowable(() -> database.inTransaction(outer -> {
            insert(1);
            database.inTransaction(with(Propagation.REQUIRES_NEW), inner -> insert(2));
            throw new IOException("of the outer");
        }));

        if (engine.hasSingleWriter()) {
            assertThat(database.describe(thrown).map(DatabaseError::code)).contains(ErrorCode.WRITER_HELD);
            assertThat(ids()).isEmpty();
        } else {
            assertThat(thrown).hasMessage("of the outer");
            assertThat(ids()).containsExactly(2L);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"REQUIRES_NEW", "NOT_SUPPORTED"})
    void whatIsSuspendedGoesOnAfterwards(Propagation other) {
        database.inTransaction(outer -> {
            insert(1);
            List<Long> seen = database.inTransaction(with(other).asReadOnly(), inner -> ids());
            assertThat(seen).as("not yet committed").isEmpty();
            insert(2);
            return ids();
        });
        assertThat(ids()).containsExactly(1L, 2L);
    }

    @Test
    void someDemandATransactionAndOthersNone() {
        assertThatThrownBy(() -> database.inTransaction(with(Propagation.MANDATORY), inner -> insert(1)))
                .isInstanceOf(IllegalTransactionStateException.class);
        assertThatThrownBy(() -> database.inTransaction(
                        outer -> database.inTransaction(with(Propagation.NEVER), inner -> insert(1))))
                .isInstanceOf(IllegalTransactionStateException.class);
        assertThat(ids()).isEmpty();
    }

    /** Inserts its level, and the levels below it, each nested in the one above; one of them fails at its end. */
    private boolean nested(int level, int failing) {
        return database.inTransaction(with(Propagation.NESTED), transaction -> {
            insert(level);
            if (level < 3) {
                try {
                    nested(level + 1, failing);
                } catch (IllegalArgumentException e) {
                    assertThat(e).hasMessage("level " + (level + 1));
                }
            }
            if (level == failing) {
                throw new IllegalArgumentException("level " + level);
            }
            return true;
        });
    }

    @Test
    void ofThreeLevelsThoseAboveTheOneThatFailedStay() {
        for (int failing = 3; failing > 0; failing--) {
            int level = failing;
            Throwable thrown = catchThrowable(() -> nested(1, level));

            assertThat(thrown != null).isEqualTo(level == 1);
            assertThat(ids())
                    .containsExactlyElementsOf(
                            IntStream.range(1, level).mapToObj(Long::valueOf).toList());
            application.template().update("DELETE FROM customer");
        }
        nested(1, 0);
        assertThat(ids()).containsExactly(1L, 2L, 3L);
    }

    @Test
    void aFailedStatementOfTheThirdLevelIsLiftedByItsRollback() {
        database.inTransaction(outer -> database.inTransaction(with(Propagation.NESTED), second -> {
            insert(1);
            assertThatThrownBy(() -> database.inTransaction(with(Propagation.NESTED), third -> insert(2) && insert(1)))
                    .isInstanceOf(DataIntegrityViolationException.class);
            return insert(3);
        }));
        assertThat(ids()).containsExactly(1L, 3L);
    }

    @Test
    void errorsRollBackAndAreThrownAsTheyAre() {
        Error error = new StackOverflowError("too deep");
        Throwable thrown = catchThrowable(() -> database.inTransaction(transaction -> {
            insert(1);
            throw error;
        }));
        assertThat(thrown).isSameAs(error);
        assertThat(thrown.getSuppressed()).isEmpty();
        assertThat(ids()).isEmpty();
    }

    @Test
    void whatFailedFirstIsThrownWithTheFailureOfTheRollback() {
        JdbcTransactionManager unwilling = new JdbcTransactionManager(application.dataSource()) {
            @Override
            protected void doRollback(DefaultTransactionStatus status) {
                super.doRollback(status);
                throw new TransactionSystemException("the rollback failed");
            }
        };
        Database own = Database.of(application.bean(SchemaCatalog.class), application.dataSource(), () -> unwilling);
        IOException first = new IOException("first");

        Throwable thrown = catchThrowable(() -> own.inTransaction(transaction -> {
            insert(1);
            throw first;
        }));

        assertThat(thrown).isSameAs(first);
        assertThat(thrown.getSuppressed()).singleElement().isInstanceOf(TransactionSystemException.class);
        assertThat(ids()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = Isolation.class,
            names = {"READ_UNCOMMITTED", "READ_COMMITTED", "REPEATABLE_READ", "SERIALIZABLE"})
    void whatIsReadTwiceIsTheSameAsTheIsolationPromises(Isolation isolation) {
        insert(1);
        TransactionOptions options = TransactionOptions.defaults().asReadOnly().withIsolation(isolation);

        List<Long> second = database.inTransaction(options, transaction -> {
            assertThat(ids()).containsExactly(1L);
            OwnThread.run(() -> insert(2)).orTimeout(30, TimeUnit.SECONDS).join();
            return ids();
        });

        // SQLite's transactions are always as if one came after the other.
        boolean stable = engine.hasSingleWriter() || isolation.value() >= Isolation.REPEATABLE_READ.value();
        assertThat(second).hasSize(stable ? 1 : 2);
        assertThat(ids()).as("the next one").hasSize(2);
    }

    @ParameterizedTest
    @EnumSource(Isolation.class)
    void anIsolationIsThatOfOneTransaction(Isolation isolation) {
        database.inTransaction(TransactionOptions.defaults().withIsolation(isolation), transaction -> insert(1));
        TransactionOptions plain = TransactionOptions.defaults().asReadOnly();
        List<Long> second = database.inTransaction(plain, transaction -> {
            ids();
            OwnThread.run(() -> insert(2)).orTimeout(30, TimeUnit.SECONDS).join();
            return ids();
        });
        assertThat(second).hasSize(engine.hasSingleWriter() ? 1 : 2);
    }
}
