package dev.dovetail.transaction;

import java.util.IdentityHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.UnexpectedRollbackException;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * One transaction of a unit of work, its own or one that it joined. It is told how that ends, as the entities stay what they
 * became only if it is committed. Belongs to the thread that began it.
 */
final class UnitTransaction implements TransactionSynchronization {

    private final Thread thread = Thread.currentThread();
    private final TransactionStatus status;
    private final EntityStore entities;
    // How many writes there were before each.
    private final IdentityHashMap<Object, Integer> savepoints = new IdentityHashMap<>();
    private volatile boolean ended;
    private boolean suspended;
    private @Nullable Throwable flushFailure;

    private UnitTransaction(TransactionStatus status, EntityStore entities) {
        this.status = status;
        this.entities = entities;
    }

    static UnitTransaction begin(
            PlatformTransactionManager transactions, TransactionOptions options, EntityStore entities) {
        UnitTransaction begun = new UnitTransaction(transactions.getTransaction(options.definition()), entities);
        if (TransactionSynchronizationManager.isSynchronizationActive()) {
            TransactionSynchronizationManager.registerSynchronization(begun);
        }
        return begun;
    }

    TransactionStatus status() {
        return status;
    }

    boolean hasEnded() {
        return ended;
    }

    void requireOwnThread() {
        Thread here = Thread.currentThread();
        if (thread != here) {
            throw new IllegalStateException(
                    "This unit of work was begun by thread '%s', to which its transaction belongs, and cannot be used by thread '%s'. Make one for each thread."
                            .formatted(thread.getName(), here.getName()));
        }
    }

    /** What is written now would be part of another transaction. */
    void requireNotSuspended() {
        if (suspended) {
            throw new IllegalStateException(
                    "The transaction of this unit of work is suspended by another one. Go on with it when that has ended.");
        }
    }

    void store() {
        requireFlushed();
        try {
            entities.flush();
        } catch (Throwable failure) {
            flushFailure = failure;
            throw failure;
        }
    }

    private void requireFlushed() {
        if (flushFailure != null) {
            throw new UnexpectedRollbackException(
                    "Not all entities of this unit of work could be stored by an earlier flush, so it can only be rolled back.",
                    flushFailure);
        }
    }

    void commit(PlatformTransactionManager transactions) {
        try {
            store();
        } catch (Throwable failure) {
            ended = true;
            Transactions.rollBack(transactions, status, failure);
            entities.rolledBack();
            throw failure;
        }
        ended = true;
        transactions.commit(status);
    }

    void rollBack(PlatformTransactionManager transactions) {
        ended = true;
        try {
            transactions.rollback(status);
        } finally {
            entities.rolledBack();
        }
    }

    @Override
    public void suspend() {
        suspended = true;
    }

    @Override
    public void resume() {
        suspended = false;
    }

    @Override
    public void savepoint(Object savepoint) {
        savepoints.put(savepoint, entities.writes());
    }

    @Override
    public void savepointRollback(Object savepoint) {
        Integer writes = savepoints.get(savepoint);
        if (writes != null) {
            entities.undo(writes);
        } else {
            entities.rolledBack();
        }
    }

    @Override
    public void afterCompletion(int completion) {
        ended = true;
        if (completion == STATUS_ROLLED_BACK) {
            entities.rolledBack();
        } else if (completion == STATUS_COMMITTED) {
            entities.committed();
        }
    }
}
