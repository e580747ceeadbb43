package dev.dovetail.transaction;

import dev.dovetail.schema.SchemaCatalog;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.data.jdbc.core.JdbcAggregateOperations;
import org.springframework.transaction.PlatformTransactionManager;

/** Makes units of work. Safe for use by several threads. */
public final class UnitsOfWork {

    private final Supplier<PlatformTransactionManager> transactions;
    private final Supplier<EntityStore> stores;

    private UnitsOfWork(Supplier<PlatformTransactionManager> transactions, Supplier<EntityStore> stores) {
        this.transactions = transactions;
        this.stores = stores;
    }

    /** Such that store no entities, for applications without Spring Data JDBC. */
    public static UnitsOfWork withoutEntities(Supplier<PlatformTransactionManager> transactions) {
        return new UnitsOfWork(transactions, EntityStore::none);
    }

    /**
     * Such that store entities in the order of their tables' foreign keys.
     *
     * @param operations asked for when the first is made; null if the application has none
     */
    public static UnitsOfWork storing(
            Supplier<? extends @Nullable JdbcAggregateOperations> operations,
            SchemaCatalog catalog,
            Supplier<PlatformTransactionManager> transactions) {
        return new UnitsOfWork(transactions, () -> {
            JdbcAggregateOperations known = operations.get();
            return known == null
                    ? EntityStore.none()
                    : new EntityChanges(
                            known, new EntityOrder(known.getConverter().getMappingContext(), catalog));
        });
    }

    /** One that has not begun. */
    public UnitOfWork create() {
        return new UnitOfWork(transactions.get(), stores.get(), TransactionOptions.named("unit of work"));
    }
}
