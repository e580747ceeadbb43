package dev.dovetail.transaction;

import dev.dovetail.schema.SchemaCatalog;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.data.jdbc.core.JdbcAggregateOperations;
import org.springframework.data.relational.core.mapping.RelationalMappingContext;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.util.function.SingletonSupplier;

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
        Supplier<Supplier<EntityStore>> known = SingletonSupplier.of(() -> stores(operations.get(), catalog));
        return new UnitsOfWork(transactions, () -> known.get().get());
    }

    private static Supplier<EntityStore> stores(@Nullable JdbcAggregateOperations operations, SchemaCatalog catalog) {
        if (operations == null) {
            return EntityStore::none;
        }
        RelationalMappingContext context = operations.getConverter().getMappingContext();
        EntityOrder order = new EntityOrder(context, catalog);
        EntityStates states = new EntityStates(context);
        return () -> new EntityChanges(operations, order, states);
    }

    /** One that has not begun. */
    public UnitOfWork create() {
        return new UnitOfWork(transactions.get(), stores, TransactionOptions.named("unit of work"));
    }
}
