package dev.dovetail.datasource;

import dev.dovetail.datasource.delegating.DelegatingResultSet;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

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
        run.enter();
        try {
            more = delegate.next();
        } catch (SQLException e) {
            throw run.failedReading(this, e, run.leaveReading());
        }
        run.leaveReading();
        if (more) {
            rows++;
        } else {
            run.finish(this, null);
        }
        return more;
    }

    @Override
    public void close() throws SQLException {
        run.finish(this, null);
        delegate.close();
    }

    @Override
    public Statement getStatement() {
        return statement;
    }
}
