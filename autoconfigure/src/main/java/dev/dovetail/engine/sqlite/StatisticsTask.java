package dev.dovetail.engine.sqlite;

import dev.dovetail.engine.UpkeepRequest;
import dev.dovetail.engine.UpkeepResult;
import dev.dovetail.engine.UpkeepTask;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code PRAGMA optimize}, in pieces: SQLite is asked which tables have no statistics or ten times more or fewer rows than when
 * they were made, and each of them is analyzed in a transaction of its own, from as many rows as the pragma itself would read.
 */
record StatisticsTask(boolean wanted) implements UpkeepTask {

    // Of all tables, not only of those that this connection has read; and only say what.
    private static final String PLAN = "PRAGMA optimize(0x10003)";

    // What PRAGMA optimize sets, so that a table of any size takes milliseconds.
    private static final String LIMIT = "analysis_limit = 2000";

    @Override
    public String name() {
        return "statistics";
    }

    @Override
    public int order() {
        return STATISTICS;
    }

    @Override
    public UpkeepResult run(Connection connection, UpkeepRequest request) throws SQLException {
        List<String> statements = SqlitePragma.texts(connection, PLAN);
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("tables", statements.size());
        if (statements.isEmpty()) {
            return UpkeepResult.notNeeded("The statistics of every table are good enough", details);
        }
        details.put("statements", statements);
        if (!wanted) {
            return UpkeepResult.skipped("dovetail.optimizer.analyze is false", details);
        }
        if (request.dryRun()) {
            return UpkeepResult.planned(statements.size() + " tables would be analyzed", details);
        }
        return analyze(connection, request, statements, details);
    }

    private static UpkeepResult analyze(
            Connection connection, UpkeepRequest request, List<String> statements, Map<String, Object> details)
            throws SQLException {
        SqlitePragma.run(connection, LIMIT);
        Turns turns = new Turns(request.goesOn());
        int done = 0;
        do {
            SqlitePragma.update(connection, statements.get(done));
            done++;
        } while (done < statements.size() && turns.next());
        return UpkeepResult.done("%d of %d tables were analyzed".formatted(done, statements.size()), details);
    }
}
