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

    private static final String PARTITIONED = """
            SELECT 'yes' FROM pg_catalog.pg_class WHERE relkind = 'p' AND oid = pg_catalog.to_regclass(?)""";

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

    // The server refuses CONCURRENTLY for a table that has partitions.
    @Override
    public String createIndex(Connection connection, IndexCandidate index, String name) throws SQLException {
        String partitioned = ServerQuery.text(TableUpkeep.physical(connection), PARTITIONED, index.qualifiedTable());
        return partitioned == null ? createIndex(index, name) : create("CREATE INDEX ", index, name);
    }

    @Override
    public String createIndex(IndexCandidate index, String name) {
        return create("CREATE INDEX CONCURRENTLY ", index, name);
    }

    private static String create(String how, IndexCandidate index, String name) {
        return how + SqlDialect.quoted(name) + " ON " + index.qualifiedTable() + " (" + index.columnList() + ")";
    }
}
