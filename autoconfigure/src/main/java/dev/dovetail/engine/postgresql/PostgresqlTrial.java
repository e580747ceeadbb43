package dev.dovetail.engine.postgresql;

import dev.dovetail.engine.IndexCandidate;
import dev.dovetail.engine.PlanTrial;
import dev.dovetail.engine.TableInfo;
import dev.dovetail.engine.TrialPlan;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** A statement in a transaction that ends with a rollback. */
final class PostgresqlTrial implements PlanTrial {

    private static final String DISTINCT = """
            SELECT n_distinct FROM pg_catalog.pg_stats
             WHERE schemaname = ? AND tablename = ? AND attname = ? AND NOT inherited""";

    private final Connection connection;
    private final TriedIndexes indexes;
    private final ServerRelations relations;
    private final GenericPlan plan;

    PostgresqlTrial(Connection connection, TriedIndexes indexes, ServerRelations relations, GenericPlan plan) {
        this.connection = connection;
        this.indexes = indexes;
        this.relations = relations;
        this.plan = plan;
    }

    @Override
    public TrialPlan plan(List<IndexCandidate> candidates) throws SQLException {
        Map<String, IndexCandidate> names = indexes.use(candidates);
        return JsonPlan.read(plan.json(), plan.text(), names);
    }

    @Override
    public long rows(TableInfo table) {
        return relations.rows(table);
    }

    // Of several columns together the server knows only what somebody has told it to count.
    @Override
    public double rowsPerKey(IndexCandidate index) throws SQLException {
        String known = index.columns().size() > 1
                ? null
                : ServerQuery.text(
                        connection,
                        DISTINCT,
                        String.valueOf(index.schema()),
                        index.table(),
                        index.columns().get(0).name());
        double distinct = known == null ? 0 : Double.parseDouble(known);
        double rows = relations.rows(index);
        return distinct == 0 ? -1 : distinct > 0 ? rows / distinct : -1 / distinct;
    }

    @Override
    public double share() {
        return indexes.share();
    }

    @Override
    public String method() {
        return indexes.method();
    }

    @Override
    public void close() throws SQLException {
        connection.rollback();
        plan.forget();
        if (indexes instanceof HypotheticalIndexes hypothetical) {
            hypothetical.reset();
        }
        connection.rollback();
    }
}
