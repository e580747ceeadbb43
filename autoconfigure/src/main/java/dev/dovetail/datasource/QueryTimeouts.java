package dev.dovetail.datasource;

import java.sql.SQLException;
import java.sql.Statement;

/** A statement's own limit, kept below the limit of all. */
final class QueryTimeouts {

    private QueryTimeouts() {}

    static void set(ListeningConnection connection, Statement delegate, StatementRun run, int seconds)
            throws SQLException {
        if (seconds < 0) {
            throw new SQLException("A query timeout cannot be negative: " + seconds + " s", "22023");
        }
        run.limitTo(seconds);
        if (connection.services().engine().capabilities().stopsQueriesItself()) {
            delegate.setQueryTimeout(connection.services().withinLimit(seconds));
        }
    }
}
