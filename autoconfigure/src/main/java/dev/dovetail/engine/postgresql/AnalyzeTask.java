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

/** Renews the planner's statistics where they are missing or old: after bulk changes, and of partitioned tables. */
record AnalyzeTask(UpkeepSettings settings) implements UpkeepTask {

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
        String exemption = TableUpkeep.exemption(connection);
        if (exemption != null) {
            return UpkeepResult.skipped(exemption, Map.of());
        }
        List<UpkeptTable> tables = UpkeptTable.read(
                TableUpkeep.physical(connection), settings.autovacuumGrace().toMillis());
        List<UpkeptTable> stale = tables.stream()
                .filter(each -> each.isStale(settings.staleShare(), settings.staleRows()))
                .toList();
        Map<String, Object> details = details(tables, stale);
        if (stale.isEmpty()) {
            return UpkeepResult.notNeeded(
                    "None of %d tables has statistics that are missing or old".formatted(tables.size()), details);
        }
        if (!settings.analyze()) {
            return UpkeepResult.skipped("dovetail.optimizer.analyze is false", details);
        }
        return request.dryRun()
                ? UpkeepResult.planned(stale.size() + " tables would be analyzed", details)
                : new TableUpkeep(connection, request, details)
                        .of(stale, "ANALYZE ", settings)
                        .result("tables were analyzed");
    }

    private Map<String, Object> details(List<UpkeptTable> tables, List<UpkeptTable> stale) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("tables", tables.size());
        details.put("staleTables", stale.size());
        details.put(
                "mostModifiedRows",
                tables.stream().mapToLong(UpkeptTable::modified).max().orElse(0));
        details.put("staleShareThreshold", settings.staleShare());
        details.put("staleRowsThreshold", settings.staleRows());
        stale.forEach(each -> details.put(each.name(), each.details()));
        return details;
    }
}
