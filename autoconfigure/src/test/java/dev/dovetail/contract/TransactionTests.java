package dev.dovetail.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.dovetail.datasource.PoolStatus;
import dev.dovetail.engine.DatabaseError;
import dev.dovetail.engine.ErrorCode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Spring's transactions mean the same on every engine. */
@EngineContract
class TransactionTests {

    private static final SharedApplications applications = new SharedApplications();

    private final TestEngine engine;
    private final TestApplication application;

    TransactionTests(TestEngine engine) {
        this.engine = engine;
        this.application = applications.on(engine);
    }

    @AfterAll
    static void stop() {
        applications.close();
    }

    @BeforeEach
    void createTable() {
        application.template().execute("DROP TABLE IF EXISTS item");
        application.template().execute("CREATE TABLE item (id integer PRIMARY KEY)");
        application.statements();
    }

    private void insert(int id) {
        application.jdbc().sql("INSERT INTO item VALUES (?)").param(id).update();
    }

    private List<Integer> ids() {
        return application
                .jdbc()
                .sql("SELECT id FROM item ORDER BY id")
                .query(Integer.class)
                .list();
    }

    private ErrorCode codeOf(Throwable thrown) {
        return application.database().describe(thrown).map(DatabaseError::code).orElseThrow();
    }

    private void assertNothingIsInUse() {
        assertThat(application.dataSource().pools())
                .extracting(PoolStatus::active)
                .containsOnly(0);
    }

    @Test
    void commits() {
        application.transaction().executeWithoutResult(status -> insert(1));

        assertThat(ids()).containsExactly(1);
        assertNothingIsInUse();
    }

    @Test
    void rollsBackOnAnException() {
        assertThatThrownBy(() -> application.transaction().executeWithoutResult(status -> {
                    insert(1);
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");

        assertThat(ids()).isEmpty();
        insert(2);
        assertThat(ids()).containsExactly(2);
    }

    @Test
    void aNestedRollbackKeepsTheOuterTransaction() {
        application.transaction().executeWithoutResult(outer -> {
            insert(1);
            nested().executeWithoutResult(inner -> {
                insert(2);
                inner.setRollbackOnly();
            });
            insert(3);
        });

        assertThat(ids()).containsExactly(1, 3);
    }

    @Test
    void aFailureInANestedTransactionIsLiftedByItsRollback() {
        application.transaction().executeWithoutResult(outer -> {
            insert(1);
            assertThatThrownBy(() -> nested().executeWithoutResult(inner -> insert(1)))
                    .isInstanceOf(DuplicateKeyException.class);
            insert(2);
        });

        assertThat(ids()).containsExactly(1, 2);
    }

    @Test
    void aFailureThatANestedTransactionSwallowedStillDoomsTheOuterOne() {
        Throwable thrown = catchThrowable(() -> application.transaction().executeWithoutResult(outer -> {
            insert(1);
            nested().executeWithoutResult(
                            inner -> assertThatThrownBy(() -> insert(1)).isInstanceOf(DuplicateKeyException.class));
            insert(2);
        }));

        assertThat(codeOf(thrown)).isEqualTo(ErrorCode.TRANSACTION_ABORTED);
        assertThat(ids()).isEmpty();
    }

    private TransactionTemplate nested() {
        return application.transaction(TransactionDefinition.PROPAGATION_NESTED);
    }

    private TransactionTemplate requiresNew() {
        return application.transaction(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    @Test
    void whoeverGoesOnAfterAFailureCommitsNothing() {
        Throwable thrown = catchThrowable(() -> application.transaction().executeWithoutResult(status -> {
            insert(1);
            assertThatThrownBy(() -> insert(1)).isExactlyInstanceOf(DuplicateKeyException.class);
            insert(2);
        }));

        assertThat(thrown).isExactlyInstanceOf(InvalidDataAccessApiUsageException.class);
        assertThat(codeOf(thrown)).isEqualTo(ErrorCode.TRANSACTION_ABORTED);
        assertThat(ids()).isEmpty();
    }

    @Test
    void theCommitOfADoomedTransactionFails() {
        Throwable thrown = catchThrowable(() -> application.transaction().executeWithoutResult(status -> {
            insert(1);
            assertThatThrownBy(() -> insert(1)).isInstanceOf(DuplicateKeyException.class);
        }));

        assertThat(thrown).isExactlyInstanceOf(InvalidDataAccessApiUsageException.class);
        assertThat(codeOf(thrown)).isEqualTo(ErrorCode.TRANSACTION_ABORTED);
        assertThat(ids()).isEmpty();
        insert(1);
    }

    @Test
    void readingInADoomedTransactionFailsToo() {
        assertThatThrownBy(() -> application.transaction().executeWithoutResult(status -> {
                    assertThatThrownBy(() -> application.template().queryForList("SELECT * FROM nowhere"))
                            .isInstanceOf(BadSqlGrammarException.class);
                    ids();
                }))
                .isExactlyInstanceOf(InvalidDataAccessApiUsageException.class);
    }

    @Test
    void aReadOnlyTransactionCannotWriteAndTheConnectionCanAgain() {
        for (int i = 0; i < 20; i++) {
            Throwable thrown =
                    catchThrowable(() -> application.readOnlyTransaction().executeWithoutResult(status -> insert(1)));

            assertThat(thrown).isExactlyInstanceOf(InvalidDataAccessApiUsageException.class);
            assertThat(codeOf(thrown)).isEqualTo(ErrorCode.READ_ONLY_TRANSACTION);
            insert(i);
        }
        assertThat(ids()).hasSize(20);
    }

    @Test
    void aBatchInAReadOnlyTransactionFailsTheSame() {
        Throwable thrown = catchThrowable(() -> application
                .readOnlyTransaction()
                .executeWithoutResult(status -> application
                        .template()
                        .batchUpdate("INSERT INTO item VALUES (?)", List.of(new Object[] {1}, new Object[] {2}))));

        assertThat(thrown).isExactlyInstanceOf(InvalidDataAccessApiUsageException.class);
        assertThat(codeOf(thrown)).isEqualTo(ErrorCode.READ_ONLY_TRANSACTION);
    }

    @Test
    void aWriteJoiningAReadOnlyTransactionFailsClearly() {
        Throwable thrown = catchThrowable(() -> application
                .readOnlyTransaction()
                .executeWithoutResult(outer -> application.transaction().executeWithoutResult(inner -> insert(1))));

        assertThat(codeOf(thrown)).isEqualTo(ErrorCode.READ_ONLY_TRANSACTION);
        assertThat(ids()).isEmpty();
    }

    @Test
    void aReadOnlyTransactionSeesOneState() {
        insert(1);
        TransactionTemplate snapshot = application.readOnlyTransaction();
        snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);

        snapshot.executeWithoutResult(status -> {
            assertThat(ids()).containsExactly(1);
            inAnotherThread(() -> insert(2));
            assertThat(ids()).containsExactly(1);
        });
        assertThat(ids()).containsExactly(1, 2);
    }

    private static void inAnotherThread(Runnable work) {
        Thread thread = new Thread(work);
        thread.start();
        try {
            thread.join(Duration.ofSeconds(20).toMillis());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        assertThat(thread.isAlive()).isFalse();
    }

    @Test
    void aSecondWritingTransactionInTheSameThread() {
        long started = System.nanoTime();
        Throwable thrown = catchThrowable(() -> application.transaction().executeWithoutResult(outer -> {
            insert(1);
            requiresNew().executeWithoutResult(inner -> insert(2));
        }));

        if (engine.hasSingleWriter()) {
            assertThat(codeOf(thrown)).isEqualTo(ErrorCode.WRITER_HELD);
            assertThat(thrown).isExactlyInstanceOf(InvalidDataAccessApiUsageException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(1));
            assertThat(ids()).isEmpty();
        } else {
            assertThat(ids()).containsExactly(1, 2);
        }
        assertNothingIsInUse();
        insert(3);
    }

    @Test
    void aNewReadOnlyTransactionInsideAWritingOne() {
        insert(1);
        application.transaction().executeWithoutResult(outer -> {
            insert(2);
            TransactionTemplate reading = requiresNew();
            reading.setReadOnly(true);
            reading.executeWithoutResult(inner -> assertThat(ids()).containsExactly(1));
        });
        assertThat(ids()).containsExactly(1, 2);
    }

    @Test
    void writingAfterACommit() {
        application.transaction().executeWithoutResult(status -> {
            insert(1);
            afterCommit(() -> requiresNew().executeWithoutResult(inner -> insert(2)));
        });

        assertThat(ids()).containsExactly(1, 2);
        assertNothingIsInUse();
    }

    @Test
    void writingAfterARollbackThatTheCommitBecame() {
        assertThatThrownBy(() -> application.transaction().executeWithoutResult(status -> {
                    insert(1);
                    assertThatThrownBy(() -> insert(1)).isInstanceOf(DuplicateKeyException.class);
                    afterCompletion(() -> requiresNew().executeWithoutResult(inner -> insert(2)));
                }))
                .isInstanceOf(InvalidDataAccessApiUsageException.class);

        assertThat(ids()).containsExactly(2);
    }

    private static void afterCommit(Runnable work) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                work.run();
            }
        });
    }

    private static void afterCompletion(Runnable work) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCompletion(int status) {
                work.run();
            }
        });
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                TransactionDefinition.ISOLATION_READ_COMMITTED,
                TransactionDefinition.ISOLATION_REPEATABLE_READ,
                TransactionDefinition.ISOLATION_SERIALIZABLE
            })
    void isolationLevelsAreAccepted(int level) {
        TransactionTemplate isolated = application.transaction();
        isolated.setIsolationLevel(level);

        isolated.executeWithoutResult(status -> insert(level));

        assertThat(ids()).containsExactly(level);
    }

    @Test
    void anEmptyTransactionTakesNoConnectionAndRunsNothing() {
        application.transaction().executeWithoutResult(status -> assertNothingIsInUse());
        application.readOnlyTransaction().executeWithoutResult(status -> assertNothingIsInUse());

        assertThat(application.statements()).isEmpty();
    }

    @Test
    void aTransactionThatCannotStartLeavesNothingBehind() {
        TransactionTemplate isolated = application.transaction();
        isolated.setIsolationLevel(TransactionDefinition.ISOLATION_READ_UNCOMMITTED);

        assertThatCode(() -> isolated.executeWithoutResult(status -> insert(1))).doesNotThrowAnyException();
        application.transaction().executeWithoutResult(status -> insert(2));
        assertThat(ids()).contains(2);
        assertNothingIsInUse();
    }
}
