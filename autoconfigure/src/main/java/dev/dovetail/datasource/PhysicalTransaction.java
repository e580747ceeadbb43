package dev.dovetail.datasource;

import dev.dovetail.engine.ConnectionRole;
import dev.dovetail.engine.DatabaseError;
import dev.dovetail.engine.DescribedSqlException;
import dev.dovetail.engine.ErrorCode;
import dev.dovetail.engine.ManagedConnection;
import dev.dovetail.sql.SqlFunctions;
import dev.dovetail.sql.StatementKind;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The transaction of one physical connection: begun by its first statement, and doomed by a failed one until it is rolled
 * back, wholly or to a savepoint set before.
 *
 * <p>SQLite would go on as if nothing had happened; PostgreSQL refuses to, but answers COMMIT with a rollback, which its
 * driver does not tell anybody.
 */
final class PhysicalTransaction {

    private static final AtomicLong IDS = new AtomicLong();

    // SQLStates of a connection that was not there to begin with, or whose transaction had been ended before.
    private static final Set<String> NOTHING_DONE =
            Set.of("08001", "08003", "08004", "25P03", "25P04", "3D000", "53300", "57P03", "57P05");

    private final Connection delegate;
    private final ConnectionServices services;
    private final @Nullable ManagedConnection managed;
    private final TransactionChanges changes;
    private boolean autoCommit = true;
    private long id;
    private boolean begunReadOnly;
    private @Nullable SQLException doomedBy;

    PhysicalTransaction(Connection delegate, ConnectionServices services) {
        this.delegate = delegate;
        this.services = services;
        this.managed = delegate instanceof ManagedConnection each ? each : null;
        this.changes = new TransactionChanges(delegate, services);
    }

    /** Unique within this process; 0 before the first statement and in autocommit mode. */
    long id() {
        return id;
    }

    TransactionChanges changes() {
        return changes;
    }

    OpenDescriptions descriptions() {
        return changes.snapshot().descriptions();
    }

    /** Whether a statement of this kind may be prepared or executed now. */
    void admit(StatementKind kind) throws SQLException {
        refuseTransactionControl(kind);
        if (doomedBy != null && !rollsBack(kind)) {
            throw TransactionErrors.doomed("The statement was not executed", doomedBy);
        }
    }

    /** Called before anything is executed: refuses what may not be, and begins a transaction that has not begun. */
    void begin(StatementKind kind) throws SQLException {
        admit(kind);
        boolean first = !autoCommit && id == 0;
        if (first) {
            id = IDS.incrementAndGet();
            begunReadOnly = isReadOnlyNow();
        }
        if (managed != null) {
            managed.begin();
            changes.begun(first && !begunReadOnly);
        }
    }

    /** The same for a statement, or a batch of several: returns what it changes if it commits by itself. */
    @Nullable
    TableChanges begin(StatementKind kind, List<String> texts, @Nullable Statement statement) throws SQLException {
        begin(kind);
        return changes.statement(kind, texts, statement, autoCommit);
    }

    /** The same for a row that is changed through a result, of which no text tells. */
    @Nullable
    TableChanges beginChangeOfRow() throws SQLException {
        begin(StatementKind.WRITE);
        return changes.changeOfRow(autoCommit);
    }

    /** Called after a statement succeeded that changes something, or whose kind only its text tells. */
    void succeeded(StatementKind kind) throws SQLException {
        changes.succeeded();
        if (rollsBack(kind)) {
            doomedBy = null;
        }
        if (autoCommit && kind != StatementKind.READ) {
            ConnectionActivity.committed();
        }
    }

    // A whole transaction is ended by text in maintenance only.
    private static boolean rollsBack(StatementKind kind) {
        return kind == StatementKind.ROLLBACK_TO || kind == StatementKind.TRANSACTION;
    }

    /** The error of what was not executed, as it is let out, after what follows from it for the transaction. */
    SQLException failed(SQLException error) {
        SQLException refined = refine(error);
        ConnectionActivity.failed(refined);
        if (!autoCommit && doomedBy == null && !TransactionErrors.isRefusal(error)) {
            doomedBy = refined;
        }
        return refined;
    }

    /** The error of a statement that was executed, as it is let out, after what follows from it for the transaction. */
    SQLException failed(SQLException error, StatementKind kind, String sql) {
        changes.failed(error);
        SQLException refined = failed(error);
        return autoCommit && !isReadOnlyNow() && isLost(refined) && mayChange(kind, sql)
                ? TransactionErrors.unknown(refined)
                : refined;
    }

    private static boolean mayChange(StatementKind kind, String sql) {
        return kind != StatementKind.READ || SqlFunctions.mayCallOthers(sql);
    }

    // The connection was lost after something was sent, and before its answer came.
    private boolean isLost(SQLException error) {
        DatabaseError described = services.engine().classify(error);
        return described.code() == ErrorCode.UNREACHABLE && !NOTHING_DONE.contains(described.sqlState());
    }

    private SQLException refine(SQLException error) {
        return services.engine().refine(error, isReadOnlyNow());
    }

    private boolean isReadOnlyNow() {
        try {
            return services.role() == ConnectionRole.READER || delegate.isReadOnly();
        } catch (SQLException e) {
            // It is lost, and only of a transaction it is known what it was.
            return id != 0 && begunReadOnly;
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

    // A transaction that cannot be committed leaves autocommit off, as PostgreSQL's driver has it.
    void setAutoCommit(boolean autoCommit) throws SQLException {
        if (autoCommit == this.autoCommit) {
            return;
        }
        rollBackIfDoomed();
        commit(() -> delegate.setAutoCommit(autoCommit));
        this.autoCommit = autoCommit;
        over();
    }

    void commit() throws SQLException {
        rollBackIfDoomed();
        try {
            commit(delegate::commit);
        } finally {
            over();
        }
    }

    // A driver begins the next one with whatever it is asked first, and that need not be a statement.
    private void over() {
        id = 0;
        changes.snapshot().beginUnlessReading();
    }

    private void commit(SqlAction commit) throws SQLException {
        announce();
        TableChanges made = changes.committing();
        SQLException failure = null;
        try {
            commit.run();
            committed();
        } catch (SQLException e) {
            failure = failedCommit(e);
            throw failure;
        } finally {
            changes.committed(made, failure);
        }
    }

    // Nothing is committed that others do not hear of.
    private void announce() throws SQLException {
        try {
            changes.announce();
        } catch (SQLException e) {
            ConnectionActivity.failed(e);
            try {
                rollback();
            } catch (SQLException another) {
                e.addSuppressed(another);
            }
            throw e;
        }
    }

    private void committed() {
        if (id != 0 && !begunReadOnly) {
            ConnectionActivity.committed();
        }
        tell(null);
    }

    private void tell(@Nullable SQLException error) {
        if (id != 0) {
            services.listener().onCommit(services.role(), id, error);
        }
    }

    // What the storage has of it then, nobody knows either.
    private boolean isUnwritten(SQLException error) {
        ErrorCode code = services.engine().classify(error).code();
        return code == ErrorCode.STORAGE_FAILURE || code == ErrorCode.OUTCOME_UNKNOWN;
    }

    private SQLException failedCommit(SQLException error) {
        SQLException refined = refine(error);
        ConnectionActivity.failed(refined);
        tell(refined);
        boolean unanswered = isLost(refined) || isUnwritten(refined);
        return id != 0 && !begunReadOnly && unanswered ? TransactionErrors.unknown(refined) : refined;
    }

    private void rollBackIfDoomed() throws SQLException {
        SQLException doom = doomedBy;
        if (doom != null) {
            rollback();
            throw TransactionErrors.doomed("The transaction was rolled back instead of committed", doom);
        }
    }

    void rollback() throws SQLException {
        doomedBy = null;
        id = 0;
        try {
            delegate.rollback();
        } catch (SQLException e) {
            throw refine(e);
        } finally {
            changes.rolledBack();
            over();
        }
    }

    void rollback(Savepoint savepoint) throws SQLException {
        try {
            delegate.rollback(savepoint);
        } catch (SQLException e) {
            throw failed(e);
        }
        doomedBy = null;
    }

    void release(Savepoint savepoint) throws SQLException {
        admit(StatementKind.WRITE);
        try {
            delegate.releaseSavepoint(savepoint);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    Savepoint savepoint(@Nullable String name) throws SQLException {
        try {
            begin(StatementKind.WRITE);
            return name == null ? delegate.setSavepoint() : delegate.setSavepoint(name);
        } catch (SQLException e) {
            throw failed(e);
        }
    }
}
