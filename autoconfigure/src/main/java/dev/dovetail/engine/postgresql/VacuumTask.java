package dev.dovetail.engine.postgresql;

import dev.dovetail.engine.UpkeepRequest;
import dev.dovetail.engine.UpkeepResult;
import dev.dovetail.engine.UpkeepSettings;
import dev.dovetail.engine.UpkeepTask;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Removes dead rows where there are many and the server's own vacuum has not come. Never rewrites a table. */
record VacuumTask(UpkeepSettings settings) implements UpkeepTask {

    @Override
    public String name() {
        return "vacuum";
    }

    @Override
    public int order() {
        return VACUUM;
    }

    @Override
    public UpkeepResult run(Connection connection, UpkeepRequest request) throws SQLException {
        String exemption = TableUpkeep.exemption(connection);
        if (exemption != null) {
            return UpkeepResult.skipped(exemption, Map.of());
        }
        List<UpkeptTable> tables = UpkeptTable.read(
                TableUpkeep.physical(connection), settings.autovacuumGrace().toMillis());
        List<UpkeptTable> full = tables.stream()
                .filter(each -> each.isFull(settings.deadShare(), settings.deadRows()))
                .toList();
        List<UpkeptTable> neglected =
                full.stream().filter(each -> !each.visited()).toList();
        Map<String, Object> details = details(tables, full);
        if (neglected.isEmpty()) {
            return UpkeepResult.notNeeded(
                    full.isEmpty()
                            ? "None of %d tables has so many dead rows".formatted(tables.size())
                            : "The server's own vacuum is at work on all %d tables with many dead rows"
                                    .formatted(full.size()),
                    details);
        }
        return request.dryRun()
                ? UpkeepResult.planned(neglected.size() + " tables would be vacuumed", details)
                : new TableUpkeep(connection, request, details)
                        .of(neglected, "VACUUM (ANALYZE) ", settings)
                        .result("tables were vacuumed");
    }

    private Map<String, Object> details(List<UpkeptTable> tables, List<UpkeptTable> full) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("tables", tables.size());
        details.put("tablesWithDeadRows", full.size());
        details.put(
                "mostDeadRows",
                tables.stream().mapToLong(UpkeptTable::dead).max().orElse(0));
        details.put("deadShareThreshold", settings.deadShare());
        details.put("deadRowsThreshold", settings.deadRows());
        full.forEach(each -> details.put(each.name(), each.details()));
        return details;
    }
}
