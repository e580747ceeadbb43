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
import org.jspecify.annotations.Nullable;

/**
 * A connection that takes a writer or a reader from its pool when it is first known which one it needs.
 *
 * <p>In a transaction that is one of the two. In autocommit mode reads go to a reader until this connection has written;
 * from then on everything goes to its writer, so that it reads what it wrote.
 */
final class RoutedConnection extends DelegatingConnection {

    private final RoutingDataSource source;
    private boolean autoCommit = true;
    private boolean readOnly;
    private int isolation;
    private boolean closed;
    private boolean pinned;
    private @Nullable Connection writer;
    private @Nullable Connection reader;

    RoutedConnection(RoutingDataSource source) {
        this.source = source;
        this.isolation = source.defaultIsolation();
    }

    /** The connection for what is no statement, or whose statement is not known. */
    @Override
    protected Connection delegate() throws SQLException {
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
        return autoCommit && read && writer == null && source.routesAutocommitReads() ? reader() : writer();
    }

    private Connection writer() throws SQLException {
        Connection known = writer;
        if (known != null) {
            return requireAlive(known);
        }
        Connection acquired = prepared(source.acquireWriter(), true);
        writer = acquired;
        return acquired;
    }

    private Connection reader() throws SQLException {
        Connection known = reader;
        if (known != null) {
            return requireAlive(known);
        }
        Connection acquired = prepared(source.acquireReader(), false);
        reader = acquired;
        return acquired;
    }

    // One that could not be prepared must not be used: its statements would commit by themselves.
    private Connection prepared(Connection acquired, boolean isWriter) throws SQLException {
        try {
            prepare(acquired, isWriter);
            return acquired;
        } catch (SQLException e) {
            source.release(acquired, isWriter);
            throw e;
        }
    }

    private void prepare(Connection acquired, boolean isWriter) throws SQLException {
        if (isolation != source.defaultIsolation()) {
            acquired.setTransactionIsolation(isolation);
        }
        if (!autoCommit) {
            acquired.setAutoCommit(false);
        }
        if (isWriter && readOnly) {
            acquired.setReadOnly(true);
        }
    }

    // What the pool itself would say has no SQLState, so that nobody could tell what it means.
    private static Connection requireAlive(Connection acquired) throws SQLException {
        if (acquired.isClosed()) {
            throw new DescribedSqlException(
                    "The connection broke earlier, and what was not committed on it is rolled back. Begin again on a new"
                            + " one.",
                    DatabaseError.of(ErrorCode.UNREACHABLE, "08003"),
                    null);
        }
        return acquired;
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
        for (Connection each : acquired()) {
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
        for (Connection each : acquired()) {
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
        endTransaction(each -> requireAlive(each).commit());
    }

    @Override
    public void rollback() throws SQLException {
        endTransaction(RoutedConnection::rollBackIfAlive);
    }

    // The pool has closed one that broke, and the database has rolled it back. An error here would hide the one that
    // says why.
    private static void rollBackIfAlive(Connection each) throws SQLException {
        if (!each.isClosed()) {
            each.rollback();
        }
    }

    private void endTransaction(Ending ending) throws SQLException {
        requireOpen();
        if (autoCommit) {
            throw misused("There is no transaction to end in autocommit mode", "25P01");
        }
        try {
            for (Connection each : acquired()) {
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

    private Connection[] acquired() {
        if (writer != null && reader != null) {
            return new Connection[] {writer, reader};
        }
        return writer != null
                ? new Connection[] {writer}
                : reader != null ? new Connection[] {reader} : new Connection[0];
    }

    // Otherwise whoever writes in an afterCommit callback would wait for the connection that is still bound to his
    // thread.
    private void releaseAfterTransaction() throws SQLException {
        Connection each = writer;
        if (each != null && source.hasSingleWriter() && !pinned && openStatements(each) == 0) {
            writer = null;
            source.release(each, true);
        }
    }

    private static int openStatements(Connection connection) throws SQLException {
        return connection.isClosed()
                ? 0
                : connection.unwrap(ListeningConnection.class).openStatements();
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
        for (Connection each : acquired()) {
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
        Connection heldWriter = writer;
        Connection heldReader = reader;
        writer = null;
        reader = null;
        try {
            giveBack(heldWriter, true);
        } finally {
            giveBack(heldReader, false);
        }
    }

    // HikariCP takes a return to a savepoint for the end of the transaction and would commit what came before it.
    private void giveBack(@Nullable Connection held, boolean isWriter) throws SQLException {
        if (held == null) {
            return;
        }
        try {
            if (!autoCommit) {
                rollBackIfAlive(held);
            }
        } finally {
            source.release(held, isWriter);
        }
    }

    @Override
    public String toString() {
        return "RoutedConnection[writer=" + writer + ", reader=" + reader + "]";
    }
}
