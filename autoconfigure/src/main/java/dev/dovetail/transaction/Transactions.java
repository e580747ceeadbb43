package dev.dovetail.transaction;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionStatus;

/**
 * Runs work in transactions, and the whole of it again where that is right. Repositories, {@code JdbcClient} and whatever else
 * uses the data source join by themselves, as the transaction belongs to the thread. Safe for use by several threads.
 */
public final class Transactions {

    private final Supplier<PlatformTransactionManager> manager;
    private final Retries retries;

    /** @param manager the application's; asked for when it is first needed */
    public Transactions(Supplier<PlatformTransactionManager> manager, Retries retries) {
        this.manager = manager;
        this.retries = retries;
    }

    /**
     * Runs the work in a transaction. Whatever it throws rolls back, checked exceptions too. Work that failed by no fault of its
     * own is run again as a whole, unless it is inside another transaction.
     *
     * @throws dev.dovetail.datasource.CommitOutcomeUnknownException if the connection was lost while it was committed
     */
    public <T extends @Nullable Object, E extends Exception> T run(
            TransactionOptions options, TransactionWork<T, E> work) throws E {
        String name = options.name().isEmpty() ? "transaction" : options.name();
        return retries.<T, E>run(name, options.retries(retries.settings()), () -> once(options, work));
    }

    private <T extends @Nullable Object, E extends Exception> T once(
            TransactionOptions options, TransactionWork<T, E> work) throws E {
        PlatformTransactionManager transactions = manager.get();
        TransactionStatus status = transactions.getTransaction(options.definition());
        T result;
        try {
            result = work.in(status);
        } catch (Throwable failure) {
            rollBack(transactions, status, failure);
            throw failure;
        }
        transactions.commit(status);
        return result;
    }

    // What went wrong first is what the caller has to know.
    static void rollBack(PlatformTransactionManager transactions, TransactionStatus status, Throwable failure) {
        try {
            transactions.rollback(status);
        } catch (RuntimeException | Error e) {
            failure.addSuppressed(e);
        }
    }
}
