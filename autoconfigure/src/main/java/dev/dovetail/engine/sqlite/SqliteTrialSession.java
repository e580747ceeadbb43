package dev.dovetail.engine.sqlite;

import dev.dovetail.engine.PlanTrial;
import dev.dovetail.engine.PlanTrials;
import dev.dovetail.engine.TableInfo;
import dev.dovetail.sql.FingerprintText;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sqlite.SQLiteConnection;

/** Trials on one copy of the schema. */
final class SqliteTrialSession implements PlanTrials.Session {

    private static final String INDEXES = """
            SELECT ind.name, col.name AS column_name
              FROM pragma_index_list(?, 'main') AS ind CROSS JOIN pragma_index_xinfo(ind.name, 'main') AS col
             WHERE col.key = 1 AND NOT ind.partial
               AND NOT EXISTS (SELECT 1 FROM main.sqlite_stat1 AS known WHERE known.idx = ind.name)
             ORDER BY ind.name, col.seqno""";

    private final SqliteSample sample;
    private final Connection copy;
    private final Set<String> prepared = new HashSet<>();

    SqliteTrialSession(Connection connection) throws SQLException {
        SQLiteConnection live = connection.unwrap(SQLiteConnection.class);
        sample = new SqliteSample(live);
        copy = SqliteSchemaCopy.of(live);
    }

    @Override
    public PlanTrial begin(String fingerprint, Map<String, TableInfo> tables) throws SQLException {
        for (TableInfo table : Set.copyOf(tables.values())) {
            if (!table.view() && prepared.add(table.name())) {
                complete(table.name());
            }
        }
        return new SqliteTrial(copy, sample, FingerprintText.statement(fingerprint, number -> "?"), tables);
    }

    /** Statistics for what has none: without them SQLite takes every table for one of a million rows. */
    private void complete(String table) throws SQLException {
        for (Map.Entry<String, List<String>> index :
                indexesWithoutStatistics(table).entrySet()) {
            SqliteSchemaCopy.addStatistics(copy, table, index.getKey(), sample.statistics(table, index.getValue()));
        }
        try (PreparedStatement known = copy.prepareStatement("SELECT 1 FROM main.sqlite_stat1 WHERE tbl = ?")) {
            known.setString(1, table);
            try (ResultSet rows = known.executeQuery()) {
                if (rows.next()) {
                    return;
                }
            }
        }
        SqliteSchemaCopy.addStatistics(copy, table, null, String.valueOf(Math.max(1, sample.rows(table))));
    }

    private Map<String, List<String>> indexesWithoutStatistics(String table) throws SQLException {
        Map<String, List<String>> indexes = new LinkedHashMap<>();
        Set<String> overExpressions = new HashSet<>();
        try (PreparedStatement query = copy.prepareStatement(INDEXES)) {
            query.setString(1, table);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    String column = rows.getString("column_name");
                    String name = rows.getString("name");
                    if (column == null) {
                        overExpressions.add(name);
                    } else {
                        indexes.computeIfAbsent(name, any -> new ArrayList<>()).add(column);
                    }
                }
            }
        }
        indexes.keySet().removeAll(overExpressions);
        return indexes;
    }

    @Override
    public void close() throws SQLException {
        copy.close();
    }
}
