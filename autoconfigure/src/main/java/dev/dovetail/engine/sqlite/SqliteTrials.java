package dev.dovetail.engine.sqlite;

import dev.dovetail.engine.IndexCandidate;
import dev.dovetail.engine.PlanTrials;
import dev.dovetail.engine.SqlDialect;
import java.sql.Connection;
import java.sql.SQLException;

/** Tries indexes on a copy of the schema in memory, which has the statistics of the file but none of its rows. */
final class SqliteTrials implements PlanTrials {

    static final SqliteTrials INSTANCE = new SqliteTrials();

    private SqliteTrials() {}

    @Override
    public Session open(Connection connection) throws SQLException {
        return new SqliteTrialSession(connection);
    }

    @Override
    public String createIndex(IndexCandidate index, String name) {
        return "CREATE INDEX " + SqlDialect.quoted(name) + " ON " + index.qualifiedTable() + " (" + index.columnList()
                + ")";
    }
}
