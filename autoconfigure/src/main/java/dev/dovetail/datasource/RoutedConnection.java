package dev.dovetail.datasource;

import dev.dovetail.datasource.delegating.DelegatingConnection;
import dev.dovetail.engine.DatabaseError;
import dev.dovetail.engine.DescribedSqlException;
import dev.dovetail.engine.ErrorCode;
import dev.dovetail.sql.StatementKind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A connection that takes a writer or a reader from its pool when it is first known which one it needs.
 *
 * <p>In a transaction that is one of the two. In autocommit mode reads go to a reader until this connection has written;
 * from then on everything goes to its writer, so that it reads what it wrote.
 */
final class RoutedConnection extends DelegatingConnection {

    private final RoutingDataSource source;
    private final HeldConnections held;
    private final SessionState session;
    private boolean autoCommit;
    private boolean readOnly;
    private boolean closed;

    RoutedConnection(RoutingDataSource source) {
        this.source = source;
        this.held = new HeldConnections(source);
        this.autoCommit = source.defaultAutoCommit();
        this.session = new SessionState(held, source.defaultIsolation());
    }

    /** The connection for what is no statement, or whose statement is not known. */
    @Override
    protected Connection delegate() throws SQLException {
        requireOpen();
        boolean away = autoCommit && held.writer() == null && source.routesAutocommitReads();
        return away ? reader() : target(StatementKind.WRITE);
    }

    /** The connection on which a statement of this kind runs now. */
    Connection target(StatementKind kind) throws SQLException {
        requireOpen();
        if (readOnly && source.hasReaders()) {
            return reader();
        }
        boolean read = kind == StatementKind.READ;
        boolean away = autoCommit && read && held.writer() == null && source.routesAutocommitReads();
        return away ? reader() : held.writer(this::prepareWriter);
    }

    private Connection reader() throws SQLException {
        return held.reader(this::prepare);
    }

    private void prepareWriter(Connection acquired) throws SQLException {
        prepare(acquired);
        if (readOnly) {
            acquired.setReadOnly(true);
        }
    }

    private void prepare(Connection acquired) throws SQLException {
        session.applyTo(acquired);
        if (!autoCommit) {
            acquired.setAutoCommit(false);
        }
    }

    private void requireOpen() throws SQLException {
        if (closed) {
            throw misused("The connection is closed", "08003");
        }
    }

    private static SQLException misused(String how, String sqlState) {
        return new DescribedSqlException(how, DatabaseError.of(ErrorCode.INVALID_USAGE, sqlState), null);
    }

    /** A statement that was prepared on a reader would not see what this connection's transaction has written. */
    void requireHome(boolean onReader) throws SQLException {
        requireOpen();
        if (onReader && !autoCommit && !readOnly) {
            throw misused("The statement was prepared outside the transaction: prepare it again inside", "25000");
        }
    }

    @Override
    public void setAutoCommit(boolean autoCommit) throws SQLException {
        requireOpen();
        held.forEach(each -> each.setAutoCommit(autoCommit));
        this.autoCommit = autoCommit;
    }

    @Override
    public boolean getAutoCommit() {
        return autoCommit;
    }

    @Override
    public void setReadOnly(boolean readOnly) throws SQLException {
        requireOpen();
        if (readOnly != this.readOnly && !autoCommit && held.hasBegun()) {
            throw misused("A transaction that has begun cannot become read-only, or cease to be", "25001");
        }
        this.readOnly = readOnly;
        Connection writer = held.writer();
        if (writer != null && !source.hasReaders()) {
            writer.setReadOnly(readOnly);
        }
    }

    @Override
    public boolean isReadOnly() {
        return readOnly;
    }

    @Override
    public void setTransactionIsolation(int level) throws SQLException {
        requireOpen();
        session.setIsolation(level);
    }

    @Override
    public int getTransactionIsolation() {
        return session.isolation();
    }

    @Override
    public void setSchema(@Nullable String schema) throws SQLException {
        setInSession("schema", each -> each.setSchema(schema));
    }

    @Override
    public void setCatalog(@Nullable String catalog) throws SQLException {
        setInSession("catalog", each -> each.setCatalog(catalog));
    }

    @Override
    public void setNetworkTimeout(Executor executor, int milliseconds) throws SQLException {
        setInSession("network timeout", each -> each.setNetworkTimeout(executor, milliseconds));
    }

    @Override
    public void setHoldability(int holdability) throws SQLException {
        setInSession("holdability", each -> each.setHoldability(holdability));
    }

    // For those that are held, and for those that will be.
    private void setInSession(String what, HeldConnections.Action setting) throws SQLException {
        requireOpen();
        session.set(what, setting);
    }

    @Override
    public void commit() throws SQLException {
        requireTransaction();
        try {
            held.commit();
        } catch (SQLException e) {
            releaseAfterFailure(e);
            throw e;
        }
        releaseAfterTransaction();
    }

    @Override
    public void rollback() throws SQLException {
        requireTransaction();
        try {
            held.rollback();
        } catch (SQLException e) {
            releaseAfterFailure(e);
            throw e;
        }
        releaseAfterTransaction();
    }

    private void requireTransaction() throws SQLException {
        requireOpen();
        if (autoCommit) {
            throw misused("There is no transaction to end in autocommit mode", "25P01");
        }
    }

    private void releaseAfterFailure(SQLException failure) {
        try {
            releaseAfterTransaction();
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }

    // Otherwise whoever writes in an afterCommit callback would wait for the connection that is still bound to his
    // thread.
    private void releaseAfterTransaction() throws SQLException {
        if (source.hasSingleWriter()) {
            held.releaseWriterAtRest();
        }
    }

    @Override
    public Statement createStatement() throws SQLException {
        return statement(Connection::createStatement);
    }

    @Override
    public Statement createStatement(int resultSetType, int resultSetConcurrency) throws SQLException {
        return statement(target -> target.createStatement(resultSetType, resultSetConcurrency));
    }

    @Override
    public Statement createStatement(int resultSetType, int resultSetConcurrency, int resultSetHoldability)
            throws SQLException {
        return statement(target -> target.createStatement(resultSetType, resultSetConcurrency, resultSetHoldability));
    }

    private Statement statement(RoutedStatement.Creation creation) throws SQLException {
        requireOpen();
        return new RoutedStatement(this, source.kinds(), creation);
    }

    private interface Preparation {
        PreparedStatement on(Connection target) throws SQLException;
    }

    private PreparedStatement prepare(String sql, Preparation preparation) throws SQLException {
        Connection target = target(source.kinds().of(sql));
        return new RoutedPreparedStatement(this, preparation.on(target), target == held.reader());
    }

    @Override
    public PreparedStatement prepareStatement(String sql) throws SQLException {
        return prepare(sql, target -> target.prepareStatement(sql));
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int autoGeneratedKeys) throws SQLException {
        return prepare(sql, target -> target.prepareStatement(sql, autoGeneratedKeys));
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int[] columnIndexes) throws SQLException {
        return prepare(sql, target -> target.prepareStatement(sql, columnIndexes));
    }

    @Override
    public PreparedStatement prepareStatement(String sql, String[] columnNames) throws SQLException {
        return prepare(sql, target -> target.prepareStatement(sql, columnNames));
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int resultSetType, int resultSetConcurrency)
            throws SQLException {
        return prepare(sql, target -> target.prepareStatement(sql, resultSetType, resultSetConcurrency));
    }

    @Override
    public PreparedStatement prepareStatement(
            String sql, int resultSetType, int resultSetConcurrency, int resultSetHoldability) throws SQLException {
        return prepare(
                sql, target -> target.prepareStatement(sql, resultSetType, resultSetConcurrency, resultSetHoldability));
    }

    @Override
    public boolean isValid(int timeout) throws SQLException {
        return !closed && delegate().isValid(timeout);
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    @Override
    public void abort(Executor executor) throws SQLException {
        if (!closed) {
            closed = true;
            held.abort(executor);
        }
    }

    @Override
    public void close() throws SQLException {
        if (!closed) {
            closed = true;
            held.release(!autoCommit);
        }
    }

    @Override
    public String toString() {
        return "RoutedConnection[" + held + "]";
    }
}
