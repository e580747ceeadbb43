package dev.dovetail.engine.sqlite;

import dev.dovetail.engine.IndexCandidate;
import dev.dovetail.engine.PlanTrial;
import dev.dovetail.engine.SqlDialect;
import dev.dovetail.engine.TableInfo;
import dev.dovetail.engine.TrialPlan;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A statement on the copy of the schema. */
final class SqliteTrial implements PlanTrial {

    private static final String PREFIX = "dovetail_trial_";

    private final Connection copy;
    private final SqliteSample sample;
    private final String statement;
    private final Map<String, TableInfo> tables;
    private Map<String, IndexCandidate> tried = Map.of();

    SqliteTrial(Connection copy, SqliteSample sample, String statement, Map<String, TableInfo> tables) {
        this.copy = copy;
        this.sample = sample;
        this.statement = statement;
        this.tables = tables;
    }

    @Override
    public TrialPlan plan(List<IndexCandidate> indexes) throws SQLException {
        remove();
        Map<String, IndexCandidate> names = new LinkedHashMap<>();
        tried = names;
        for (IndexCandidate index : indexes) {
            String name = PREFIX + names.size();
            names.put(name, index);
            create(name, index);
        }
        // Only this has the planner read the statistics anew.
        SqliteSchemaCopy.execute(copy, "ANALYZE sqlite_schema");
        return SqliteTrialPlan.read(explain(), tables, tried);
    }

    private void create(String name, IndexCandidate index) throws SQLException {
        SqliteSchemaCopy.execute(copy, SqliteTrials.INSTANCE.createIndex(index, name));
        SqliteSchemaCopy.addStatistics(copy, index.table(), name, sample.statistics(index.table(), columns(index)));
    }

    private List<String> explain() throws SQLException {
        List<String> lines = new ArrayList<>();
        try (PreparedStatement explain = copy.prepareStatement("EXPLAIN QUERY PLAN " + statement);
                ResultSet rows = explain.executeQuery()) {
            while (rows.next()) {
                lines.add(rows.getString("detail"));
            }
        }
        return lines;
    }

    // Dropping an index drops its statistics, too.
    private void remove() throws SQLException {
        for (String name : tried.keySet()) {
            SqliteSchemaCopy.execute(copy, "DROP INDEX IF EXISTS " + SqlDialect.quoted(name));
        }
        tried = Map.of();
    }

    @Override
    public long rows(TableInfo table) throws SQLException {
        return sample.rows(table.name());
    }

    @Override
    public double rowsPerKey(IndexCandidate index) throws SQLException {
        return sample.rowsPerKey(index.table(), columns(index));
    }

    private static List<String> columns(IndexCandidate index) {
        return index.columns().stream().map(IndexCandidate.Column::name).toList();
    }

    @Override
    public String method() {
        return "a copy of the schema in memory, with the statistics of the file";
    }

    @Override
    public void close() throws SQLException {
        remove();
    }
}
