package dev.dovetail.datasource;

import dev.dovetail.sql.SqlSyntax;
import dev.dovetail.sql.StatementKind;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A statement that commits by itself, made a transaction, so that others are told of what it changes if and only if it is
 * committed. Used by one thread.
 */
final class AnnouncedStatement {

    // Others may not run in a transaction, or control transactions themselves.
    private static final Set<String> POSSIBLE =
            Set.of("INSERT", "UPDATE", "DELETE", "MERGE", "COPY", "TRUNCATE", "WITH", "SELECT");

    private final Connection delegate;
    private final ChangeAnnouncer announcer;
    private final TableChanges changes;
    private final @Nullable Statement statement;
    private final int fetchSize;

    private AnnouncedStatement(
            Connection delegate,
            ChangeAnnouncer announcer,
            TableChanges changes,
            @Nullable Statement statement,
            int fetchSize) {
        this.delegate = delegate;
        this.announcer = announcer;
        this.changes = changes;
        this.statement = statement;
        this.fetchSize = fetchSize;
    }

    /** Whether it may run in a transaction, as far as its text tells with certainty. */
    static boolean isPossible(String sql, SqlSyntax syntax) {
        return POSSIBLE.containsAll(StatementKind.firstWords(sql, syntax));
    }

    /**
     * Before the statement is executed.
     *
     * @param statement the driver's; null if the engine executes it by other means
     */
    static AnnouncedStatement begin(
            Connection delegate, ChangeAnnouncer announcer, TableChanges changes, @Nullable Statement statement)
            throws SQLException {
        // Read piece by piece, its result would end with the transaction. In autocommit mode it is read at once anyway.
        int fetchSize = statement == null ? 0 : statement.getFetchSize();
        if (statement != null && fetchSize != 0) {
            statement.setFetchSize(0);
        }
        delegate.setAutoCommit(false);
        return new AnnouncedStatement(delegate, announcer, changes, statement, fetchSize);
    }

    /** After it has succeeded: to be rolled back if this fails. */
    void commit(int schemaVersion) throws SQLException {
        changes.addEverythingIfSchemaChanged(schemaVersion);
        announcer.announce(delegate, changes.summary());
        delegate.commit();
        try {
            restore();
        } catch (SQLException e) {
            // What it was for is done.
            delegate.close();
        }
    }

    /** After it has failed, or could not be committed. */
    void rollBack(SQLException failure) {
        try {
            delegate.rollback();
            restore();
        } catch (SQLException e) {
            failure.addSuppressed(e);
            discard(failure);
        }
    }

    private void restore() throws SQLException {
        delegate.setAutoCommit(true);
        if (statement != null && fetchSize != 0) {
            statement.setFetchSize(fetchSize);
        }
    }

    // Whoever used it next would write into a transaction that nobody ends.
    private void discard(SQLException failure) {
        try {
            delegate.close();
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }
}
