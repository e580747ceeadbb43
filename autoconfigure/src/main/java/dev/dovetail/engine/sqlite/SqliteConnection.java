package dev.dovetail.engine.sqlite;

import dev.dovetail.engine.DatabaseError;
import dev.dovetail.engine.DescribedSqlException;
import dev.dovetail.engine.ErrorCode;
import dev.dovetail.engine.ManagedConnection;
import java.sql.BatchUpdateException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.Properties;
import java.util.concurrent.Executor;

/**
 * A connection whose transactions are what they say.
 *
 * <p>The stock connection sets its flag before it runs BEGIN, so that one busy BEGIN IMMEDIATE leaves it believing in a
 * transaction that does not exist; and it begins the next transaction inside {@code commit()}, which takes the write lock
 * back at once and fails after the data is safe. Here BEGIN comes with the first statement, {@code commit()} only
 * commits, and what could not be committed is rolled back.
 */
final class SqliteConnection extends FileConnection implements ManagedConnection {

    // No initialisers: the constructor of the superclass already runs statements on this object.
    private boolean manual;
    private boolean inTransaction;
    private int busyTimeout;
    private int savepoints;
    private int statementCacheSize;
    private boolean textIsUtf8;

    SqliteConnection(String url, String path, Properties properties) throws SQLException {
        super(url, path, properties);
    }

    /** From here on prepared statements may be kept for another use. */
    void keepStatements(int most) {
        statementCacheSize = most;
    }

    /** Asks how texts lie in the file, which stays the same as long as the connection is open. */
    void readEncoding() throws SQLException {
        try (Statement statement = createStatement();
                ResultSet encoding = statement.executeQuery("PRAGMA encoding")) {
            textIsUtf8 = encoding.next() && encoding.getString(1).equals("UTF-8");
        }
    }

    /** Whether texts lie in the file as UTF-8, as they do unless its maker asked for UTF-16. */
    boolean isTextUtf8() {
        return textIsUtf8;
    }

    @Override
    public int preparedStatementCacheSize() {
        return statementCacheSize;
    }

    @Override
    public boolean getAutoCommit() throws SQLException {
        checkOpen();
        return !manual;
    }

    @Override
    public void setAutoCommit(boolean autoCommit) throws SQLException {
        checkOpen();
        if (autoCommit && inTransaction) {
            commit();
        }
        manual = !autoCommit;
    }

    @Override
    public void begin() throws SQLException {
        if (manual && !inTransaction) {
            execute(isReadOnly() ? "BEGIN" : "BEGIN IMMEDIATE");
            inTransaction = true;
        }
    }

    // Whoever uses this connection without the data source around it gets the same transactions.
    @Override
    public void tryEnforceTransactionMode() throws SQLException {
        begin();
    }

    @Override
    public void commit() throws SQLException {
        requireManual("commit");
        if (inTransaction) {
            try {
                execute("COMMIT");
                inTransaction = false;
            } catch (SQLException e) {
                // Left open, the transaction would be committed after all by whoever turns autocommit on again.
                rollBackAfter(e);
                throw e;
            }
        }
    }

    @Override
    public void rollback() throws SQLException {
        requireManual("roll back");
        if (inTransaction) {
            rollBack();
        }
    }

    private void rollBackAfter(SQLException failure) throws SQLException {
        try {
            if (inTransaction) {
                rollBack();
            }
        } catch (SQLException e) {
            e.addSuppressed(failure);
            throw e;
        }
    }

    // What cannot be rolled back must not be used again: the next user would write into somebody else's transaction.
    private void rollBack() throws SQLException {
        try {
            rollBackUnlessOver();
        } catch (SQLException e) {
            close();
            throw new DescribedSqlException(
                    "The transaction could not be rolled back, so its connection was closed, which undoes it",
                    DatabaseError.of(ErrorCode.UNREACHABLE, "08006"),
                    e);
        } finally {
            inTransaction = false;
        }
    }

    // A full disk, an I/O error or an interrupt may have rolled back already, and SQLite then says so with an error.
    private void rollBackUnlessOver() throws SQLException {
        try {
            execute("ROLLBACK");
        } catch (SQLException e) {
            if (!String.valueOf(e.getMessage()).contains("no transaction is active")) {
                throw e;
            }
        }
    }

    @Override
    public void setTransactionIsolation(int level) throws SQLException {
        SqliteIsolation.OF_PROCESS.asked(level);
        super.setTransactionIsolation(level);
    }

    /** Runs a batch as one: a failure in the middle of it leaves nothing behind, in autocommit mode neither. */
    <T> T batch(SqliteWork<T> batch) throws SQLException {
        try {
            return manual ? batch.execute() : inOneTransaction(batch);
        } catch (BatchUpdateException e) {
            throw e;
        } catch (SQLException e) {
            throw new BatchUpdateException(e.getMessage(), e.getSQLState(), e.getErrorCode(), new int[0], e);
        }
    }

    /** Asks about the schema, without beginning the transaction that the next statement is to begin. */
    <T> T ask(SqliteWork<T> question) throws SQLException {
        boolean wasManual = manual;
        manual = false;
        try {
            return question.execute();
        } finally {
            manual = wasManual;
        }
    }

    private <T> T inOneTransaction(SqliteWork<T> batch) throws SQLException {
        manual = true;
        try {
            begin();
            T counts = batch.execute();
            commit();
            return counts;
        } catch (SQLException e) {
            rollBackAfter(e);
            throw e;
        } finally {
            manual = false;
        }
    }

    private void execute(String sql) throws SQLException {
        getDatabase().exec(sql, false);
    }

    private void requireManual(String what) throws SQLException {
        checkOpen();
        if (!manual) {
            throw new DescribedSqlException(
                    "Cannot " + what + " in autocommit mode: call setAutoCommit(false) first",
                    DatabaseError.of(ErrorCode.INVALID_USAGE, "25P01"),
                    null);
        }
    }

    @Override
    public Savepoint setSavepoint() throws SQLException {
        return savepoint(SqliteSavepoint.unnamed(++savepoints));
    }

    @Override
    public Savepoint setSavepoint(String name) throws SQLException {
        return savepoint(SqliteSavepoint.named(name));
    }

    private Savepoint savepoint(SqliteSavepoint savepoint) throws SQLException {
        requireManual("set a savepoint");
        begin();
        execute("SAVEPOINT " + savepoint.quoted());
        return savepoint;
    }

    @Override
    public void rollback(Savepoint savepoint) throws SQLException {
        requireManual("roll back to a savepoint");
        execute("ROLLBACK TO " + SqliteSavepoint.of(savepoint).quoted());
    }

    @Override
    public void releaseSavepoint(Savepoint savepoint) throws SQLException {
        requireManual("release a savepoint");
        execute("RELEASE " + SqliteSavepoint.of(savepoint).quoted());
    }

    @Override
    public Statement createStatement(int resultSetType, int resultSetConcurrency, int resultSetHoldability)
            throws SQLException {
        checkOpen();
        checkCursor(resultSetType, resultSetConcurrency, resultSetHoldability);
        return new SqliteStatement(this);
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int autoGeneratedKeys) throws SQLException {
        return SqlitePreparedStatement.of(this, sql, autoGeneratedKeys == PreparedStatement.RETURN_GENERATED_KEYS);
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int[] columnIndexes) throws SQLException {
        return SqlitePreparedStatement.of(this, sql, true);
    }

    @Override
    public PreparedStatement prepareStatement(String sql, String[] columnNames) throws SQLException {
        return SqlitePreparedStatement.of(this, sql, true);
    }

    @Override
    public PreparedStatement prepareStatement(
            String sql, int resultSetType, int resultSetConcurrency, int resultSetHoldability) throws SQLException {
        checkOpen();
        checkCursor(resultSetType, resultSetConcurrency, resultSetHoldability);
        return SqlitePreparedStatement.of(this, sql, false);
    }

    @Override
    public boolean limitWaiting(long millis) throws SQLException {
        int usual = getBusyTimeout();
        int wanted = millis == 0 ? usual : (int) Math.min(usual, millis);
        if (wanted != busyTimeout) {
            getDatabase().busy_timeout(wanted);
            busyTimeout = wanted;
        }
        return wanted < usual;
    }

    @Override
    public void interrupt() {
        try {
            getDatabase().interrupt();
        } catch (SQLException e) {
            throw new IllegalStateException("SQLite could not be interrupted", e);
        }
    }

    @Override
    public void abort(Executor executor) throws SQLException {
        interrupt();
        close();
    }

    @Override
    public String toString() {
        return "SqliteConnection@" + Integer.toHexString(System.identityHashCode(this));
    }
}
