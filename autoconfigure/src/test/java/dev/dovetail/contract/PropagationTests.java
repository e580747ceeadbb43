package dev.dovetail.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.dovetail.engine.ErrorCode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Transactions inside of and after each other, and those that may only read. */
class PropagationTests extends ItemTable {

    PropagationTests(TestEngine engine) {
        super(engine);
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
}
