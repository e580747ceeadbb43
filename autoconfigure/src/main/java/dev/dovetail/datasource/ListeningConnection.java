package dev.dovetail.datasource;

import dev.dovetail.datasource.delegating.DelegatingConnection;
import dev.dovetail.engine.BulkLoad;
import dev.dovetail.engine.ManagedConnection;
import dev.dovetail.engine.ReusableStatement;
import dev.dovetail.sql.StatementKind;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A physical connection, wrapped once below the pool: everything that is executed passes here.
 *
 * <p>Where the engine does not do so itself, a statement that runs too long is stopped.
 */
final class ListeningConnection extends DelegatingConnection implements LoadingConnection {

    private final Connection delegate;
    private final ConnectionServices services;
    private final PhysicalTransaction transaction;
    private final @Nullable ManagedConnection managed;
    private final @Nullable ExecutionGuard guard;
    private final Set<ListeningResultSet> returning = new LinkedHashSet<>();
    private final @Nullable StatementCache cache;
    private final Loan loan = new Loan();
    private int openStatements;

    ListeningConnection(Connection delegate, ConnectionServices services) {
        this.delegate = delegate;
        this.services = services;
        this.transaction = new PhysicalTransaction(delegate, services);
        this.managed = delegate instanceof ManagedConnection each ? each : null;
        this.guard = ExecutionGuard.of(managed, services.watchdog());
        this.cache = StatementCache.of(managed);
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

    Loan loan() {
        return loan;
    }

    PhysicalTransaction transaction() {
        return transaction;
    }

    /** How many statements of this connection are open, and would end if it went back to the pool. */
    int openStatements() {
        return openStatements;
    }

    void statementClosed() {
        openStatements--;
    }

    /** Takes back a statement that its user has closed: keeps it for the next one, or closes it. */
    void giveBack(@Nullable Object key, PreparedStatement statement) throws SQLException {
        if (cache != null && key != null && statement instanceof ReusableStatement reusable) {
            cache.giveBack(key, reusable);
        } else {
            statement.close();
        }
    }

    /**
     * Makes the statement that follows wait for locks no longer than it may run; 0 for the usual time. Returns whether
     * that is shorter than usual.
     */
    boolean limitWaiting(long millis) throws SQLException {
        return managed != null && managed.limitWaiting(millis);
    }

    /** Whether a change by itself is committed only when its result has ended. */
    boolean commitsBehindResults() {
        return managed != null;
    }

    /** A statement that writes has a result to be read; SQLite cannot commit before that is closed. */
    void opened(ListeningResultSet result) {
        if (managed != null) {
            returning.add(result);
        }
    }

    void ended(ListeningResultSet result) {
        returning.remove(result);
    }

    private void closeReturning() throws SQLException {
        for (ListeningResultSet each : List.copyOf(returning)) {
            each.close();
        }
    }

    @Override
    public void setAutoCommit(boolean autoCommit) throws SQLException {
        closeReturning();
        transaction.setAutoCommit(autoCommit);
    }

    @Override
    public void commit() throws SQLException {
        closeReturning();
        transaction.commit();
    }

    @Override
    public void rollback() throws SQLException {
        transaction.rollback();
    }

    @Override
    public void rollback(Savepoint savepoint) throws SQLException {
        transaction.rollback(savepoint);
    }

    @Override
    public void releaseSavepoint(Savepoint savepoint) throws SQLException {
        transaction.release(savepoint);
    }

    @Override
    public Savepoint setSavepoint() throws SQLException {
        return transaction.savepoint(null);
    }

    @Override
    public Savepoint setSavepoint(String name) throws SQLException {
        return transaction.savepoint(name);
    }

    @Override
    public DatabaseMetaData getMetaData() throws SQLException {
        return transaction.descriptions().of(delegate.getMetaData());
    }

    @Override
    public void setSchema(@Nullable String schema) throws SQLException {
        transaction.changes().namesAreItsOwn();
        delegate.setSchema(schema);
    }

    @Override
    public void close() throws SQLException {
        StatementWatchdog watchdog = services.watchdog();
        if (guard != null && watchdog != null) {
            watchdog.forget(guard);
        }
        loan.over();
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
        return prepare(sql, key(sql), () -> delegate.prepareStatement(sql));
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int autoGeneratedKeys) throws SQLException {
        boolean returning = autoGeneratedKeys == Statement.RETURN_GENERATED_KEYS;
        return prepare(
                sql, returning ? keyReturning(sql) : key(sql), () -> delegate.prepareStatement(sql, autoGeneratedKeys));
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int[] columnIndexes) throws SQLException {
        return prepare(sql, null, () -> delegate.prepareStatement(sql, columnIndexes));
    }

    @Override
    public PreparedStatement prepareStatement(String sql, String[] columnNames) throws SQLException {
        return prepare(sql, keyReturning(sql, columnNames), () -> delegate.prepareStatement(sql, columnNames));
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int resultSetType, int resultSetConcurrency)
            throws SQLException {
        return prepare(sql, null, () -> delegate.prepareStatement(sql, resultSetType, resultSetConcurrency));
    }

    @Override
    public PreparedStatement prepareStatement(
            String sql, int resultSetType, int resultSetConcurrency, int resultSetHoldability) throws SQLException {
        return prepare(
                sql,
                null,
                () -> delegate.prepareStatement(sql, resultSetType, resultSetConcurrency, resultSetHoldability));
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

    private @Nullable Object key(String sql) {
        return cache == null ? null : StatementCache.key(sql);
    }

    private @Nullable Object keyReturning(String sql, String... columns) {
        return cache == null ? null : StatementCache.keyReturning(sql, columns);
    }

    @Override
    public long load(BulkLoad load, int timeoutSeconds) throws SQLException {
        StatementRun run = new StatementRun(this, null);
        run.begin(List.of(load.sql()), StatementKind.WRITE, load.rows().size());
        try {
            long rows = services.engine().load(delegate, load, services.limitOf(timeoutSeconds));
            run.updated(rows);
            return rows;
        } catch (SQLException e) {
            throw run.failed(e);
        }
    }

    private interface Preparation {
        PreparedStatement prepare() throws SQLException;
    }

    // SQLite already compiles here: an unknown table dooms the transaction here, and has to be reported here.
    private PreparedStatement prepare(String sql, @Nullable Object key, Preparation preparation) throws SQLException {
        StatementKind kind = services.kinds().of(sql);
        try {
            transaction.admit(kind);
            PreparedStatement kept = cache == null || key == null ? null : cache.take(key);
            PreparedStatement statement = kept != null ? kept : preparation.prepare();
            openStatements++;
            return new ListeningPreparedStatement(this, statement, key, sql, kind);
        } catch (SQLException e) {
            throw new StatementRun(this, null).notPrepared(sql, e);
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
