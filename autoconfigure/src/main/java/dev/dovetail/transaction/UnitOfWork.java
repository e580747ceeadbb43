package dev.dovetail.transaction;

import org.jspecify.annotations.Nullable;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionStatus;

/**
 * A transaction whose begin and end are said by hand, and the entities that are stored with it. Whatever uses the database on
 * the same thread meanwhile takes part in it. Closing it rolls back what is not committed:
 *
 * <pre>{@code
 * try (UnitOfWork unit = database.unitOfWork()) {
 *     unit.begin();
 *     unit.registerNew(order);
 *     unit.commit();
 * }
 * }</pre>
 *
 * <p>It is not run again by itself. Used by one thread.
 */
public final class UnitOfWork implements AutoCloseable {

    private final PlatformTransactionManager transactions;
    private final EntityStore entities;
    private final TransactionOptions options;
    private @Nullable TransactionStatus status;

    UnitOfWork(PlatformTransactionManager transactions, EntityStore entities, TransactionOptions options) {
        this.transactions = transactions;
        this.entities = entities;
        this.options = options;
    }

    /**
     * Begins the transaction; joins one that this thread is in.
     *
     * @throws IllegalStateException if it has begun already
     */
    public void begin() {
        if (status != null) {
            throw new IllegalStateException("Transaction already started");
        }
        status = transactions.getTransaction(options.definition());
    }

    /**
     * Stores the registered entities and commits. If either fails, everything is rolled back.
     *
     * @throws IllegalStateException if it has not begun
     */
    public void commit() {
        TransactionStatus current = transaction();
        try {
            entities.flush();
        } catch (Throwable failure) {
            status = null;
            entities.clear();
            Transactions.rollBack(transactions, current, failure);
            throw failure;
        }
        status = null;
        transactions.commit(current);
    }

    /**
     * Rolls back; registered entities are forgotten.
     *
     * @throws IllegalStateException if it has not begun
     */
    public void rollback() {
        TransactionStatus current = transaction();
        status = null;
        entities.clear();
        transactions.rollback(current);
    }

    /**
     * The transaction.
     *
     * @throws IllegalStateException if it has not begun
     */
    public TransactionStatus transaction() {
        TransactionStatus current = status;
        if (current == null) {
            throw new IllegalStateException("No active transaction");
        }
        return current;
    }

    /** Whether it has begun and not ended. */
    public boolean isActive() {
        return status != null;
    }

    /** An aggregate root that is inserted with the commit. */
    public void registerNew(Object entity) {
        transaction();
        entities.add(entity);
    }

    /** An aggregate root that is updated with the commit. */
    public void registerDirty(Object entity) {
        transaction();
        entities.change(entity);
    }

    /** An aggregate root that is deleted with the commit; one that was registered as new is forgotten. */
    public void registerRemoved(Object entity) {
        transaction();
        entities.remove(entity);
    }

    /**
     * Stores the registered entities now: what is new in the order of the tables' foreign keys, then what has changed, then
     * what is removed, in the opposite order.
     */
    public void flush() {
        transaction();
        entities.flush();
    }

    /** What became of a registered entity when it was stored: with its id and version, if it is immutable another object. */
    @SuppressWarnings("unchecked")
    public <T> T stored(T registered) {
        return (T) entities.stored(registered);
    }

    /** Rolls back what is not committed. */
    @Override
    public void close() {
        if (status != null) {
            rollback();
        }
    }
}
