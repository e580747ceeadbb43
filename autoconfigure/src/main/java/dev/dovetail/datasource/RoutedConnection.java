package dev.dovetail.datasource;

import dev.dovetail.datasource.delegating.DelegatingConnection;
import dev.dovetail.engine.DatabaseError;
import dev.dovetail.engine.DescribedSqlException;
import dev.dovetail.engine.ErrorCode;
import dev.dovetail.sql.StatementKind;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.Executor;

/**
 * A connection that takes a writer or a reader from its pool when it is first known which one it needs.
 *
 * <p>In a transaction that is one of the two. In autocommit mode reads go to a reader until this connection has written;
 * from then on everything goes to its writer, so that it reads what it wrote.
 */
final class RoutedConnection extends DelegatingConnection {

    private final RoutingDataSource source;
    private final HeldConnections held;
    private boolean autoCommit = true;
    private boolean readOnly;
    private int isolation;
    private boolean closed;
    private boolean pinned;

    RoutedConnection(RoutingDataSource source) {
        this.source = source;
        this.held = new HeldConnections(source);
        this.isolation = source.defaultIsolation();
    }

    /** The connection for what is no statement, or whose statement is not known. */
    @Override
    protected Connection delegate() throws SQLException {
        requireOpen();
        Connection writer = held.writer();
        if (autoCommit && writer != null) {
            return writer;
        }
        return autoCommit && source.routesAutocommitReads() ? reader() : target(StatementKind.WRITE);
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
        if (isolation != source.defaultIsolation()) {
            acquired.setTransactionIsolation(isolation);
        }
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

    @Override
    public void setAutoCommit(boolean autoCommit) throws SQLException {
        requireOpen();
        for (Connection each : held.all()) {
            each.setAutoCommit(autoCommit);
        }
        this.autoCommit = autoCommit;
    }

    @Override
    public boolean getAutoCommit() {
        return autoCommit;
    }

    @Override
    public void setReadOnly(boolean readOnly) throws SQLException {
        requireOpen();
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
        for (Connection each : held.all()) {
            each.setTransactionIsolation(level);
        }
        isolation = level;
    }

    @Override
    public int getTransactionIsolation() {
        return isolation;
    }

    private interface Ending {
        void of(Connection connection) throws SQLException;
    }

    @Override
    public void commit() throws SQLException {
        endTransaction(Connection::commit);
    }

    @Override
    public void rollback() throws SQLException {
        endTransaction(Connection::rollback);
    }

    private void endTransaction(Ending ending) throws SQLException {
        requireOpen();
        if (autoCommit) {
            throw misused("There is no transaction to end in autocommit mode", "25P01");
        }
        try {
            for (Connection each : held.all()) {
                ending.of(each);
            }
        } catch (SQLException e) {
            releaseAfterFailure(e);
            throw e;
        }
        releaseAfterTransaction();
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
        if (source.hasSingleWriter() && !pinned) {
            held.releaseWriterAtRest();
        }
    }

    @Override
    public DatabaseMetaData getMetaData() throws SQLException {
        DatabaseMetaData metaData = delegate().getMetaData();
        pinned = true;
        return metaData;
    }

    @Override
    public Statement createStatement() throws SQLException {
        requireOpen();
        return new RoutedStatement(this, Connection::createStatement);
    }

    @Override
    public Statement createStatement(int resultSetType, int resultSetConcurrency) throws SQLException {
        requireOpen();
        return new RoutedStatement(this, target -> target.createStatement(resultSetType, resultSetConcurrency));
    }

    @Override
    public Statement createStatement(int resultSetType, int resultSetConcurrency, int resultSetHoldability)
            throws SQLException {
        requireOpen();
        return new RoutedStatement(
                this, target -> target.createStatement(resultSetType, resultSetConcurrency, resultSetHoldability));
    }

    private PreparedStatement routed(PreparedStatement statement) {
        return new RoutedPreparedStatement(this, statement);
    }

    @Override
    public PreparedStatement prepareStatement(String sql) throws SQLException {
        return routed(target(StatementKind.of(sql)).prepareStatement(sql));
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int autoGeneratedKeys) throws SQLException {
        return routed(target(StatementKind.of(sql)).prepareStatement(sql, autoGeneratedKeys));
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int[] columnIndexes) throws SQLException {
        return routed(target(StatementKind.of(sql)).prepareStatement(sql, columnIndexes));
    }

    @Override
    public PreparedStatement prepareStatement(String sql, String[] columnNames) throws SQLException {
        return routed(target(StatementKind.of(sql)).prepareStatement(sql, columnNames));
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int resultSetType, int resultSetConcurrency)
            throws SQLException {
        return routed(target(StatementKind.of(sql)).prepareStatement(sql, resultSetType, resultSetConcurrency));
    }

    @Override
    public PreparedStatement prepareStatement(
            String sql, int resultSetType, int resultSetConcurrency, int resultSetHoldability) throws SQLException {
        return routed(target(StatementKind.of(sql))
                .prepareStatement(sql, resultSetType, resultSetConcurrency, resultSetHoldability));
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
        for (Connection each : held.all()) {
            each.abort(executor);
        }
        close();
    }

    @Override
    public void close() throws SQLException {
        if (closed) {
            return;
        }
        closed = true;
        held.release(!autoCommit);
    }

    @Override
    public String toString() {
        return "RoutedConnection[" + held + "]";
    }
}
