package dev.dovetail.engine.postgresql;

import dev.dovetail.engine.IndexCandidate;
import dev.dovetail.engine.PlanTrials;
import dev.dovetail.engine.SqlDialect;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;

/**
 * Tries indexes by HypoPG where it is installed, and else on temporary copies of the tables, each in a transaction that is
 * always rolled back.
 */
final class PostgresqlTrials implements PlanTrials {

    static final PostgresqlTrials INSTANCE = new PostgresqlTrials();

    // Where its functions lie, if this user may call them.
    private static final String HYPOPG = """
            SELECT pg_catalog.quote_ident(n.nspname)
              FROM pg_catalog.pg_extension e JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace
             WHERE e.extname = 'hypopg' AND pg_catalog.has_schema_privilege(n.oid, 'USAGE')""";

    private PostgresqlTrials() {}

    @Override
    public Session open(Connection connection) throws SQLException {
        String exemption = TableUpkeep.exemption(connection);
        if (exemption != null) {
            throw new SQLFeatureNotSupportedException("Indexes are not tried here: " + exemption);
        }
        Connection physical = TableUpkeep.physical(connection);
        return new PostgresqlTrialSession(physical, ServerQuery.text(physical, HYPOPG));
    }

    @Override
    public String createIndex(IndexCandidate index, String name) {
        return "CREATE INDEX CONCURRENTLY " + SqlDialect.quoted(name) + " ON " + index.qualifiedTable() + " ("
                + index.columnList() + ")";
    }
}
