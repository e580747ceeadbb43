package dev.dovetail.transaction;

import java.sql.Connection;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Whether what is written now is part of the transaction that the thread is in. */
final class OwnTransaction {

    private OwnTransaction() {}

    /**
     * False where there is no transaction, or where it is one of something else: of another data source, or of a broker. A
     * connection that was used there is bound to the thread too, but commits by itself.
     */
    static boolean isActiveOn(JdbcTemplate jdbc) {
        return TransactionSynchronizationManager.isActualTransactionActive()
                && isBound(jdbc.getDataSource())
                && Boolean.FALSE.equals(jdbc.execute((ConnectionCallback<Boolean>) Connection::getAutoCommit));
    }

    private static boolean isBound(@Nullable DataSource dataSource) {
        DataSource target =
                dataSource instanceof TransactionAwareDataSourceProxy proxy ? proxy.getTargetDataSource() : dataSource;
        return target != null && TransactionSynchronizationManager.hasResource(target);
    }
}
