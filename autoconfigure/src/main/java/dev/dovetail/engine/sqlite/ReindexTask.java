package dev.dovetail.engine.sqlite;

import dev.dovetail.engine.UpkeepRequest;
import dev.dovetail.engine.UpkeepResult;
import dev.dovetail.engine.UpkeepTask;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** Rebuilds every index, one after the other: for those of a collation whose order has changed, or that a check found wanting. */
record ReindexTask() implements UpkeepTask {

    private static final String NAMES = """
            SELECT name FROM main.sqlite_schema WHERE type = 'index' ORDER BY name""";

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
        List<String> indexes = SqlitePragma.texts(connection, NAMES);
        Map<String, Object> details = Map.of("indexes", indexes.size());
        if (indexes.isEmpty()) {
            return UpkeepResult.notNeeded("There is no index", details);
        }
        if (!request.reindex()) {
            return UpkeepResult.skipped("It was not asked for", details);
        }
        return request.dryRun()
                ? UpkeepResult.planned(indexes.size() + " indexes would be rebuilt", details)
                : rebuild(connection, request, indexes, details);
    }

    private static UpkeepResult rebuild(
            Connection connection, UpkeepRequest request, List<String> indexes, Map<String, Object> details)
            throws SQLException {
        Turns turns = new Turns(request.goesOn());
        int done = 0;
        do {
            String quoted = '"' + indexes.get(done).replace("\"", "\"\"") + '"';
            SqlitePragma.update(connection, "REINDEX main." + quoted);
            done++;
        } while (done < indexes.size() && turns.next());
        return UpkeepResult.done("%d of %d indexes were rebuilt".formatted(done, indexes.size()), details);
    }
}
