package dev.dovetail.cache;

import dev.dovetail.datasource.RoutingDataSource;
import dev.dovetail.datasource.TableReading;
import java.sql.Connection;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.util.function.SingletonSupplier;

/** When what is kept may be used and added to. Safe for use by several threads. */
class CacheRules {

    private final Supplier<@Nullable RoutingDataSource> dataSource;
    private final HeldObjects held;
    private final SingletonSupplier<Boolean> alwaysSerializable;

    /** @param dataSource whose results are kept; asked for when one is needed first */
    CacheRules(Supplier<@Nullable RoutingDataSource> dataSource) {
        this(dataSource, () -> false);
    }

    CacheRules(Supplier<@Nullable RoutingDataSource> dataSource, HeldObjects held) {
        this.dataSource = SingletonSupplier.ofNullable(dataSource);
        this.held = held;
        this.alwaysSerializable = SingletonSupplier.of(this::isSerializableByDefault);
    }

    // With a single writer at a time nobody can overtake anybody, whatever the level is called.
    private boolean isSerializableByDefault() {
        RoutingDataSource source = dataSource.get();
        return source != null
                && !source.engine().capabilities().singleWriter()
                && source.defaultIsolation() == Connection.TRANSACTION_SERIALIZABLE;
    }

    /**
     * Whether the current thread may be given what is kept, and add to it. A transaction that writes sees what it has written
     * itself, and a decision that it makes must rest on what the database tells it.
     */
    boolean mayUseCache() {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            return TransactionSynchronizationManager.isCurrentTransactionReadOnly() && !isSerializable();
        }
        return !isInUnannouncedTransaction() && !alwaysSerializable.obtain();
    }

    private boolean isSerializable() {
        Integer level = TransactionSynchronizationManager.getCurrentTransactionIsolationLevel();
        return level == null ? alwaysSerializable.obtain() : level == Connection.TRANSACTION_SERIALIZABLE;
    }

    // A manager that does not synchronize says nothing but by the connection that it has bound.
    private boolean isInUnannouncedTransaction() {
        if (TransactionSynchronizationManager.isSynchronizationActive()) {
            return false;
        }
        RoutingDataSource source = dataSource.get();
        return source != null && TransactionSynchronizationManager.hasResource(source);
    }

    /** Whether the current thread may wait for another's load: it holds nothing that the other may need. */
    boolean mayWait() {
        return !TransactionSynchronizationManager.isActualTransactionActive()
                && !TransactionSynchronizationManager.isSynchronizationActive()
                && !TableReading.isActive();
    }

    /** Whether code of the application that reads now may be given what the current thread has read before. */
    boolean holdsObjects() {
        return held.areThere();
    }

    /** Whether what is kept is what the database would answer. */
    boolean isCurrent(CacheEntry entry) {
        return entry.isCurrent();
    }

    /** Whether what was loaded, or another thread has loaded, may be kept and used by others. */
    boolean mayShare(CacheEntry entry) {
        return entry.isCurrent();
    }
}
