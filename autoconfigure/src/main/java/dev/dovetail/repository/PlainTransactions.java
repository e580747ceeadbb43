package dev.dovetail.repository;

import dev.dovetail.datasource.PassiveTransactionListener;
import dev.dovetail.datasource.RoutingDataSource;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.BeanFactoryAnnotationUtils;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionExecutionListener;
import org.springframework.transaction.TransactionManager;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Whether a transaction would do nothing for one statement that the statement does not do by itself: that depends on who
 * manages transactions, and on what connections are like outside of them. Safe for use by several threads.
 */
final class PlainTransactions {

    private final BeanFactory beans;
    private final String managerName;
    private volatile @Nullable Known known;

    /**
     * @param manager null if it is not Spring's own: another may do anything when a transaction begins
     * @param readsAlike whether a read goes where a read-only transaction goes
     * @param commitsByItself whether a statement outside a transaction is committed
     */
    private record Known(@Nullable DataSourceTransactionManager manager, boolean readsAlike, boolean commitsByItself) {}

    PlainTransactions(BeanFactory beans, String managerName) {
        this.beans = beans;
        this.managerName = managerName;
    }

    /** Whether one statement that reads may go without: it goes to the same database. */
    boolean isReadAlike() {
        return known().readsAlike && doNothingNow();
    }

    /** Whether one statement that writes may go without: it commits by itself. */
    boolean isWriteAlike() {
        return known().commitsByItself && doNothingNow();
    }

    private boolean doNothingNow() {
        DataSourceTransactionManager manager = known().manager;
        return manager != null && doesNothingElse(manager) && !isInScope();
    }

    // A time limit holds for what is inside.
    private static boolean doesNothingElse(DataSourceTransactionManager manager) {
        return manager.getDefaultTimeout() == TransactionDefinition.TIMEOUT_DEFAULT
                && manager.getTransactionSynchronization() == AbstractPlatformTransactionManager.SYNCHRONIZATION_ALWAYS
                && isWatchedOnly(manager);
    }

    // Those who listen may say at the begin who is asking.
    private static boolean isWatchedOnly(DataSourceTransactionManager manager) {
        for (TransactionExecutionListener listener : manager.getTransactionExecutionListeners()) {
            if (!(listener instanceof PassiveTransactionListener)) {
                return false;
            }
        }
        return true;
    }

    // Where there is a scope without a transaction it keeps its connection until it ends, and with it the one writer.
    private static boolean isInScope() {
        return TransactionSynchronizationManager.isActualTransactionActive()
                || TransactionSynchronizationManager.isSynchronizationActive();
    }

    private Known known() {
        Known now = known;
        if (now == null) {
            now = find();
            known = now;
        }
        return now;
    }

    private Known find() {
        TransactionManager found =
                BeanFactoryAnnotationUtils.qualifiedBeanOfType(beans, TransactionManager.class, managerName);
        boolean springs = found.getClass() == JdbcTransactionManager.class
                || found.getClass() == DataSourceTransactionManager.class;
        DataSourceTransactionManager manager = springs ? (DataSourceTransactionManager) found : null;
        DataSource dataSource = manager == null ? null : manager.getDataSource();
        // Of another's connections nothing is known.
        RoutingDataSource source = dataSource == null ? null : RoutingDataSource.behind(dataSource);
        return source == null
                ? new Known(manager, false, false)
                : new Known(manager, isReadAlike(source), source.defaultAutoCommit());
    }

    private static boolean isReadAlike(RoutingDataSource source) {
        return source.hikariPools().size() == 1
                || source.engine().capabilities().autocommitReadsOnReaders();
    }
}
