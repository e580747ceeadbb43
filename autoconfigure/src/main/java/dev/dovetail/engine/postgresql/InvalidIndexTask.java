package dev.dovetail.engine.postgresql;

import dev.dovetail.engine.UpkeepRequest;
import dev.dovetail.engine.UpkeepResult;
import dev.dovetail.engine.UpkeepTask;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Rebuilds indexes that no query uses, but every write pays for, because building them was interrupted; CONCURRENTLY, and only
 * when somebody asks for it.
 */
record InvalidIndexTask() implements UpkeepTask {

    // One that is just being built is not valid either.
    private static final String QUERY = """
            SELECT quote_ident(n.nspname) || '.' || quote_ident(c.relname) AS name,
                   c.relname ~ '_cc(new|old)[0-9]*$' AS remnant,
                   pg_catalog.pg_has_role(c.relowner, 'USAGE') AS allowed
              FROM pg_catalog.pg_index i
              JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
              JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
             WHERE NOT i.indisvalid AND c.relkind = 'i' AND n.nspname NOT LIKE 'pg\\_%'
               AND NOT EXISTS (SELECT FROM pg_catalog.pg_stat_progress_create_index p WHERE p.relid = i.indrelid)
             ORDER BY 1""";

    private record Index(String name, boolean remnant, boolean allowed) {}

    @Override
    public String name() {
        return "reindex";
    }

    @Override
    public int order() {
        return INDEXES;
    }

    @Override
    public UpkeepResult run(Connection connection, UpkeepRequest request) throws SQLException {
        String exemption = TableUpkeep.exemption(connection);
        if (exemption != null) {
            return UpkeepResult.skipped(exemption, Map.of());
        }
        List<Index> invalid = read(TableUpkeep.physical(connection));
        List<String> names = invalid.stream().map(Index::name).toList();
        Map<String, Object> details = Map.of("invalidIndexes", names);
        if (invalid.isEmpty()) {
            return UpkeepResult.notNeeded("Every index is valid", details);
        }
        if (!request.reindex()) {
            return UpkeepResult.skipped(
                    "%s: no query uses them, and every write pays for them. Ask for reindex to rebuild them."
                            .formatted(String.join(", ", names)),
                    details);
        }
        return request.dryRun()
                ? UpkeepResult.planned(names.size() + " invalid indexes would be rebuilt", details)
                : rebuild(new TableUpkeep(connection, request, details), invalid);
    }

    private static List<Index> read(Connection connection) throws SQLException {
        List<Index> indexes = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(QUERY)) {
            while (rows.next()) {
                indexes.add(new Index(rows.getString("name"), rows.getBoolean("remnant"), rows.getBoolean("allowed")));
            }
        }
        return indexes;
    }

    // No limit on locks and time: what is interrupted leaves another invalid index, and nobody waits for it meanwhile.
    private static UpkeepResult rebuild(TableUpkeep upkeep, List<Index> invalid) throws SQLException {
        upkeep.unlimited();
        for (Index each : invalid) {
            if (!each.allowed()) {
                upkeep.deny(each.name());
            } else if (each.remnant()) {
                // Left by a REINDEX that was interrupted: the index itself stands beside it.
                upkeep.run(each.name(), "DROP INDEX CONCURRENTLY " + each.name());
            } else {
                upkeep.run(each.name(), "REINDEX INDEX CONCURRENTLY " + each.name());
            }
        }
        return upkeep.result("indexes were rebuilt or removed");
    }
}
