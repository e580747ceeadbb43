package dev.dovetail.datasource;

import org.springframework.transaction.TransactionExecutionListener;

/**
 * A listener that only looks on: whether a transaction begins makes no difference to what it is for, so that one around a single
 * statement may be left out.
 */
public interface PassiveTransactionListener extends TransactionExecutionListener {}
