package dev.dovetail.datasource;

import dev.dovetail.datasource.delegating.DelegatingConnection;
import dev.dovetail.engine.ConnectionRole;
import dev.dovetail.engine.DatabaseError;
import dev.dovetail.engine.DescribedSqlException;
import dev.dovetail.engine.ErrorCode;
import dev.dovetail.engine.ManagedConnection;
import dev.dovetail.sql.StatementKind;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A physical connection, wrapped once below the pool: everything that is executed passes here.
 *
 * <p>Where the engine does not do so itself, a failed statement dooms its transaction until it is rolled back, wholly or
 * to a savepoint set before, and a statement that runs too long is stopped.
 */
final class ListeningConnection extends DelegatingConnection {

    private static final AtomicLong TRANSACTION_IDS = new AtomicLong();

    private final Connection delegate;
    private final ConnectionServices services;
    private final @Nullable ManagedConnection managed;
    private final @Nullable ExecutionGuard guard;
    private final boolean dooms;
    private boolean autoCommit = true;
    private long transactionId;
    private int openStatements;
    private @Nullable SQLException doomedBy;

    ListeningConnection(Connection delegate, ConnectionServices services) {
        this.delegate = delegate;
        this.services = services;
        this.managed = delegate instanceof ManagedConnection each ? each : null;
        this.dooms = !services.engine().capabilities().abortsTransactionOnError();
        this.guard = guard(managed, services.watchdog());
    }

    private static @Nullable ExecutionGuard guard(
            @Nullable ManagedConnection managed, @Nullable StatementWatchdog watchdog) {
        if (managed == null || watchdog == null) {
            return null;
        }
        ExecutionGuard guard = new ExecutionGuard(managed::interrupt);
        watchdog.watch(guard);
        return guard;
    }

    @Override
    protected Connection delegate() {
        return delegate;
    }

    ConnectionServices services() {
        return services;
    }

    @Nullable
    ExecutionGuard guard() {
        return guard;
    }

    long transactionId() {
        return transactionId;
    }

    /** How many statements of this connection are open, and would end if it went back to the pool. */
    int openStatements() {
        return openStatements;
    }

    void statementClosed() {
        openStatements--;
    }

    /** Called before anything is executed: refuses in a doomed transaction, and begins one that has not begun. */
    void beforeExecution(StatementKind kind) throws SQLException {
        refuseTransactionControl(kind);
        if (doomedBy != null && kind != StatementKind.ROLLBACK_TO) {
            throw doomed("The statement was not executed", doomedBy);
        }
        if (!autoCommit && transactionId == 0) {
            transactionId = TRANSACTION_IDS.incrementAndGet();
        }
        if (managed != null) {
            try {
                managed.begin();
            } catch (SQLException e) {
                throw failed(e);
            }
        }
    }

    /** Makes the statement that follows wait for locks no longer than it may run; 0 for the usual time. */
    void limitWaiting(long millis) throws SQLException {
        if (managed != null) {
            managed.limitWaiting(millis);
        }
    }

    /** Called after a statement that was text succeeded. */
    void afterExecution(StatementKind kind) {
        if (kind == StatementKind.ROLLBACK_TO) {
            doomedBy = null;
        }
    }

    /** An error as it is let out, after what follows from it for the transaction. */
    SQLException failed(SQLException error) {
        SQLException refined = refine(error);
        if (dooms && !autoCommit && doomedBy == null && !isOurOwn(error)) {
            doomedBy = refined;
        }
        return refined;
    }

    SQLException refine(SQLException error) {
        return services.engine().refine(error, isReadOnlyNow());
    }

    private static boolean isOurOwn(SQLException error) {
        return error instanceof DescribedSqlException own && own.error().code() == ErrorCode.TRANSACTION_ABORTED;
    }

    private boolean isReadOnlyNow() {
        try {
            return services.role() == ConnectionRole.READER || delegate.isReadOnly();
        } catch (SQLException e) {
            return false;
        }
    }

    // Behind the pool's back a transaction would stay open on a connection that the next caller gets.
    private void refuseTransactionControl(StatementKind kind) throws SQLException {
        boolean ends = kind == StatementKind.TRANSACTION;
        boolean opens = autoCommit && (kind == StatementKind.SAVEPOINT || kind == StatementKind.ROLLBACK_TO);
        if ((ends || opens) && services.role() != ConnectionRole.MAINTENANCE) {
            throw new DescribedSqlException(
                    "A pooled connection's transaction cannot be controlled by SQL text. Use @Transactional, a"
                            + " TransactionTemplate, or setAutoCommit(false), commit() and rollback().",
                    DatabaseError.of(ErrorCode.INVALID_USAGE, "25000"),
                    null);
        }
    }

    @Override
    public void setAutoCommit(boolean autoCommit) throws SQLException {
        if (autoCommit == this.autoCommit) {
            return;
        }
        SQLException doom = doomedBy;
        if (doom != null) {
            rollback();
        }
        try {
            delegate.setAutoCommit(autoCommit);
        } catch (SQLException e) {
            throw refine(e);
        }
        this.autoCommit = autoCommit;
        transactionId = 0;
        if (doom != null) {
            throw doomed("The transaction was rolled back instead of committed", doom);
        }
    }

    @Override
    public void commit() throws SQLException {
        SQLException doom = doomedBy;
        if (doom != null) {
            rollback();
            throw doomed("The transaction was rolled back instead of committed", doom);
        }
        try {
            delegate.commit();
        } catch (SQLException e) {
            throw refine(e);
        } finally {
            transactionId = 0;
        }
    }

    @Override
    public void rollback() throws SQLException {
        doomedBy = null;
        transactionId = 0;
        try {
            delegate.rollback();
        } catch (SQLException e) {
            throw refine(e);
        }
    }

    @Override
    public void rollback(Savepoint savepoint) throws SQLException {
        try {
            delegate.rollback(savepoint);
        } catch (SQLException e) {
            throw refine(e);
        }
        doomedBy = null;
    }

    @Override
    public Savepoint setSavepoint() throws SQLException {
        beforeExecution(StatementKind.WRITE);
        return delegate.setSavepoint();
    }

    @Override
    public Savepoint setSavepoint(String name) throws SQLException {
        beforeExecution(StatementKind.WRITE);
        return delegate.setSavepoint(name);
    }

    private static DescribedSqlException doomed(String what, SQLException doom) {
        return new DescribedSqlException(
                what
                        + ": an earlier statement of this transaction failed. Roll it back, or back to a savepoint set before"
                        + " the failure.",
                DatabaseError.of(ErrorCode.TRANSACTION_ABORTED, "25P02"),
                doom);
    }

    @Override
    public void close() throws SQLException {
        StatementWatchdog watchdog = services.watchdog();
        if (guard != null && watchdog != null) {
            watchdog.forget(guard);
        }
        delegate.close();
    }

    @Override
    public Statement createStatement() throws SQLException {
        return listening(delegate.createStatement());
    }

    @Override
    public Statement createStatement(int resultSetType, int resultSetConcurrency) throws SQLException {
        return listening(delegate.createStatement(resultSetType, resultSetConcurrency));
    }

    @Override
    public Statement createStatement(int resultSetType, int resultSetConcurrency, int resultSetHoldability)
            throws SQLException {
        return listening(delegate.createStatement(resultSetType, resultSetConcurrency, resultSetHoldability));
    }

    @Override
    public PreparedStatement prepareStatement(String sql) throws SQLException {
        return prepare(sql, () -> delegate.prepareStatement(sql));
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int autoGeneratedKeys) throws SQLException {
        return prepare(sql, () -> delegate.prepareStatement(sql, autoGeneratedKeys));
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int[] columnIndexes) throws SQLException {
        return prepare(sql, () -> delegate.prepareStatement(sql, columnIndexes));
    }

    @Override
    public PreparedStatement prepareStatement(String sql, String[] columnNames) throws SQLException {
        return prepare(sql, () -> delegate.prepareStatement(sql, columnNames));
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int resultSetType, int resultSetConcurrency)
            throws SQLException {
        return prepare(sql, () -> delegate.prepareStatement(sql, resultSetType, resultSetConcurrency));
    }

    @Override
    public PreparedStatement prepareStatement(
            String sql, int resultSetType, int resultSetConcurrency, int resultSetHoldability) throws SQLException {
        return prepare(
                sql, () -> delegate.prepareStatement(sql, resultSetType, resultSetConcurrency, resultSetHoldability));
    }

    @Override
    public CallableStatement prepareCall(String sql) throws SQLException {
        return call(sql, delegate.prepareCall(sql));
    }

    @Override
    public CallableStatement prepareCall(String sql, int resultSetType, int resultSetConcurrency) throws SQLException {
        return call(sql, delegate.prepareCall(sql, resultSetType, resultSetConcurrency));
    }

    @Override
    public CallableStatement prepareCall(
            String sql, int resultSetType, int resultSetConcurrency, int resultSetHoldability) throws SQLException {
        return call(sql, delegate.prepareCall(sql, resultSetType, resultSetConcurrency, resultSetHoldability));
    }

    private Statement listening(Statement statement) throws SQLException {
        openStatements++;
        return new ListeningStatement(this, statement);
    }

    private interface Preparation {
        PreparedStatement prepare() throws SQLException;
    }

    // SQLite already compiles here, so a doomed transaction refuses here, and an unknown table dooms it here.
    private PreparedStatement prepare(String sql, Preparation preparation) throws SQLException {
        StatementKind kind = StatementKind.of(sql);
        if (managed != null) {
            beforeExecution(kind);
        }
        try {
            PreparedStatement statement = preparation.prepare();
            openStatements++;
            return new ListeningPreparedStatement(this, statement, sql, kind);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private CallableStatement call(String sql, CallableStatement statement) throws SQLException {
        openStatements++;
        return ListeningCall.of(this, statement, sql);
    }

    @Override
    public String toString() {
        return services.role() + " " + delegate;
    }
}
