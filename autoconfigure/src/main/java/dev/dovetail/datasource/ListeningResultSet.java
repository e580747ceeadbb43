package dev.dovetail.datasource;

import dev.dovetail.datasource.delegating.DelegatingResultSet;
import dev.dovetail.engine.DatabaseError;
import dev.dovetail.engine.DescribedSqlException;
import dev.dovetail.engine.ErrorCode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** A result that counts its rows, and ends its statement when it ends. */
final class ListeningResultSet extends DelegatingResultSet {

    private final Statement statement;
    private final StatementRun run;
    private long rows;

    ListeningResultSet(ResultSet delegate, Statement statement, StatementRun run) {
        super(delegate);
        this.statement = statement;
        this.run = run;
    }

    long rows() {
        return rows;
    }

    @Override
    public boolean next() throws SQLException {
        if (!run.isReading(this)) {
            return delegate.next();
        }
        boolean more;
        run.time().enter();
        try {
            more = delegate.next();
        } catch (SQLException e) {
            throw run.failedReading(this, e, run.time().leave());
        }
        if (run.time().leave()) {
            delegate.close();
            throw run.failedReading(this, StatementBudget.interrupted(), true);
        }
        if (more) {
            rows++;
        } else {
            run.exhausted(this);
        }
        return more;
    }

    @Override
    public <T> @Nullable T getObject(int columnIndex, Class<T> type) throws SQLException {
        try {
            return run.connection().services().engine().read(delegate, columnIndex, type);
        } catch (IllegalArgumentException e) {
            throw new DescribedSqlException(
                    "Column %d (%s) cannot be read as %s: %s"
                            .formatted(
                                    columnIndex,
                                    delegate.getMetaData().getColumnLabel(columnIndex),
                                    type.getSimpleName(),
                                    e.getMessage()),
                    DatabaseError.of(ErrorCode.INVALID_VALUE, "22000"),
                    null);
        }
    }

    @Override
    public <T> @Nullable T getObject(String columnLabel, Class<T> type) throws SQLException {
        return getObject(delegate.findColumn(columnLabel), type);
    }

    @Override
    public void close() throws SQLException {
        run.close(this);
    }

    // A driver's own statement behind the result is not seen as one.
    @Override
    public void insertRow() throws SQLException {
        change(delegate::insertRow);
    }

    @Override
    public void updateRow() throws SQLException {
        change(delegate::updateRow);
    }

    @Override
    public void deleteRow() throws SQLException {
        change(delegate::deleteRow);
    }

    private void change(SqlAction change) throws SQLException {
        PhysicalTransaction transaction = run.connection().transaction();
        TableChanges own = transaction.beginChangeOfRow();
        SQLException failure = null;
        try {
            change.run();
        } catch (SQLException e) {
            failure = transaction.failed(e);
            throw failure;
        } finally {
            transaction.changes().ended(own, failure);
        }
    }

    void closeDelegate() throws SQLException {
        delegate.close();
    }

    @Override
    public Statement getStatement() {
        return statement;
    }
}
