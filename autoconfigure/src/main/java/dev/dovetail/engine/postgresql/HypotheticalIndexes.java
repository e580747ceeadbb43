package dev.dovetail.engine.postgresql;

import dev.dovetail.engine.IndexCandidate;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Indexes of the extension HypoPG: the planner of this session takes them for real ones. */
final class HypotheticalIndexes implements TriedIndexes {

    private final Connection connection;
    private final String schema;

    HypotheticalIndexes(Connection connection, String schema) {
        this.connection = connection;
        this.schema = schema;
    }

    @Override
    public Map<String, IndexCandidate> use(List<IndexCandidate> indexes) throws SQLException {
        reset();
        Map<String, IndexCandidate> names = new LinkedHashMap<>();
        for (IndexCandidate index : indexes) {
            // There are types that cannot be sorted.
            Attempt.of(connection, () -> names.put(create(index), index));
        }
        // The server does not know that there is another index, and would keep the plan it has.
        TableUpkeep.execute(connection, "DISCARD PLANS");
        return names;
    }

    private String create(IndexCandidate index) throws SQLException {
        return String.valueOf(ServerQuery.text(
                connection,
                "SELECT indexname FROM " + schema + ".hypopg_create_index(?)",
                "CREATE INDEX ON " + index.qualifiedTable() + " (" + index.columnList() + ")"));
    }

    // They belong to the session, so a rollback does not remove them.
    void reset() throws SQLException {
        TableUpkeep.execute(connection, "SELECT " + schema + ".hypopg_reset()");
    }

    @Override
    public double share() {
        return 1;
    }

    @Override
    public String method() {
        return "hypothetical indexes of HypoPG";
    }
}
