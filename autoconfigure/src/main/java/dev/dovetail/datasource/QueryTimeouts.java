package dev.dovetail.datasource;

import dev.dovetail.engine.DatabaseError;
import dev.dovetail.engine.DescribedSqlException;
import dev.dovetail.engine.ErrorCode;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** A statement's own limit, kept below the limit of all. */
final class QueryTimeouts {

    private QueryTimeouts() {}

    static void set(ListeningConnection connection, Statement delegate, StatementRun run, int seconds)
            throws SQLException {
        if (seconds < 0) {
            throw new DescribedSqlException(
                    "A query timeout cannot be negative: " + seconds + " s",
                    DatabaseError.of(ErrorCode.INVALID_USAGE, "22023"),
                    null);
        }
        run.time().limitTo(seconds);
        ConnectionServices services = connection.services();
        if (services.engine().capabilities().stopsQueriesItself()) {
            delegate.setQueryTimeout(wholeSeconds(services.limitOf(seconds)));
        }
    }

    // Rounded up: zero would mean no limit.
    private static int wholeSeconds(Duration limit) {
        return (int) Math.min(Integer.MAX_VALUE, limit.plusMillis(999).toSeconds());
    }
}
