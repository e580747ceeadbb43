package dev.dovetail.transaction;

import org.jspecify.annotations.Nullable;
import org.springframework.transaction.TransactionStatus;

/**
 * What is done in a transaction. It may be run several times, each time in a new transaction after the one before was rolled
 * back, so it must not change anything but the database.
 *
 * @param <T> its result
 * @param <E> what it throws beside unchecked exceptions; whatever is thrown rolls back
 */
@FunctionalInterface
public interface TransactionWork<T extends @Nullable Object, E extends Exception> {

    /** @param transaction in which it is done; {@code setRollbackOnly} rolls it back without an exception */
    T in(TransactionStatus transaction) throws E;
}
