package dev.dovetail.transaction;

import java.util.function.Supplier;
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
 * <p>What was registered first of an object tells whether it has a row, what was registered last whether it shall have one: what
 * is new and then removed is never stored, what is removed and then dirty or new is updated. Two objects are two entities, even
 * if they have the same id.
 *
 * <p>If the transaction is rolled back, mutable entities have the ids and versions again that they had before they were stored;
 * they keep them if nobody knows whether it was committed. It is not run again by itself.
 *
 * <p>Used by the thread that began it: others, and whoever uses it after it was closed, get an {@link IllegalStateException}.
 */
public final class UnitOfWork implements AutoCloseable {

    private final PlatformTransactionManager transactions;
    private final Supplier<EntityStore> stores;
    private final TransactionOptions options;
    private volatile @Nullable UnitTransaction begun;
    private volatile boolean closed;
    // Of the transaction that began last.
    private EntityStore entities = EntityStore.none();

    UnitOfWork(PlatformTransactionManager transactions, Supplier<EntityStore> stores, TransactionOptions options) {
        this.transactions = transactions;
        this.stores = stores;
        this.options = options;
    }

    /**
     * Begins the transaction; joins one that this thread is in.
     *
     * @throws IllegalStateException if it has begun already
     */
    public void begin() {
        requireOpen();
        if (isActive()) {
            throw new IllegalStateException("Transaction already started");
        }
        EntityStore empty = stores.get();
        begun = UnitTransaction.begin(transactions, options, empty);
        entities = empty;
    }

    /**
     * Stores the registered entities and commits. If either fails, everything is rolled back.
     *
     * @throws IllegalStateException if it has not begun
     * @throws org.springframework.transaction.UnexpectedRollbackException if a {@link #flush()} failed before; with its failure
     *     as the cause
     */
    public void commit() {
        active().commit(transactions);
    }

    /**
     * Rolls back; registered entities are forgotten.
     *
     * @throws IllegalStateException if it has not begun
     */
    public void rollback() {
        active().rollBack(transactions);
    }

    /**
     * The transaction.
     *
     * @throws IllegalStateException if it has not begun
     */
    public TransactionStatus transaction() {
        return active().status();
    }

    /** Whether it has begun and not ended, be it with the transaction that it joined. */
    public boolean isActive() {
        UnitTransaction current = begun;
        return current != null && !current.hasEnded();
    }

    private UnitTransaction active() {
        requireOpen();
        UnitTransaction current = begun;
        if (current == null || current.hasEnded()) {
            throw new IllegalStateException("No active transaction");
        }
        current.requireOwnThread();
        current.requireNotSuspended();
        return current;
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("This unit of work is closed. Make another one for further work.");
        }
    }

    /** An aggregate root that is inserted with the commit. */
    public void registerNew(Object entity) {
        active();
        entities.add(entity);
    }

    /** An aggregate root that is updated with the commit. */
    public void registerDirty(Object entity) {
        active();
        entities.change(entity);
    }

    /** An aggregate root that is deleted with the commit; one that was registered as new is forgotten. */
    public void registerRemoved(Object entity) {
        active();
        entities.remove(entity);
    }

    /**
     * Stores the registered entities now: what is new in the order of the tables' foreign keys, then what has changed, then
     * what is removed, in the opposite order. If that fails, all that remains is to roll back.
     *
     * @throws IllegalStateException if it has not begun
     */
    public void flush() {
        active().store();
    }

    /**
     * What became of a registered entity when it was stored: with its id and version, if it is immutable another object. Until
     * the next begin.
     */
    @SuppressWarnings("unchecked")
    public <T> T stored(T registered) {
        requireOpen();
        UnitTransaction last = begun;
        if (last != null) {
            last.requireOwnThread();
        }
        return (T) entities.stored(registered);
    }

    /** Rolls back what is not committed. A second time it does nothing. */
    @Override
    public void close() {
        if (isActive()) {
            UnitTransaction current = active();
            closed = true;
            current.rollBack(transactions);
        }
        closed = true;
    }
}
