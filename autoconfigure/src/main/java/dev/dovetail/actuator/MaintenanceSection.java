package dev.dovetail.actuator;

import dev.dovetail.coordination.ScheduledWork;
import dev.dovetail.maintenance.Checkpointer;
import dev.dovetail.maintenance.MaintenanceRun;
import dev.dovetail.maintenance.MaintenanceRunningException;
import dev.dovetail.maintenance.MaintenanceStatistics;
import dev.dovetail.maintenance.OptimizationOptions;
import dev.dovetail.maintenance.OptimizationReport;
import dev.dovetail.maintenance.Optimizer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

/** What the optimizer does, has done and will do, and what may be asked of it. */
public final class MaintenanceSection implements EndpointSection {

    private static final int CONFLICT = 409;

    private final Optimizer optimizer;
    private final @Nullable ScheduledWork schedule;
    private final @Nullable Checkpointer checkpointer;

    /**
     * @param schedule by which it works; null if it does so only when it is asked
     * @param checkpointer makes checkpoints; null if this database needs none
     */
    public MaintenanceSection(
            Optimizer optimizer, @Nullable ScheduledWork schedule, @Nullable Checkpointer checkpointer) {
        this.optimizer = optimizer;
        this.schedule = schedule;
        this.checkpointer = checkpointer;
    }

    @Override
    public String name() {
        return "maintenance";
    }

    @Override
    public Map<String, Object> show() {
        MaintenanceStatistics statistics = optimizer.history().statistics();
        Map<String, Object> section = new LinkedHashMap<>();
        put(section, "running", optimizer.running());
        put(section, "nextRun", schedule == null ? null : schedule.next());
        section.put("runs", statistics.runs());
        section.put("successes", statistics.successes());
        put(section, "meanDuration", statistics.meanDuration());
        section.put(
                "recent",
                statistics.recent().stream().map(MaintenanceSection::run).toList());
        put(section, "checkpoint", checkpointer == null ? null : checkpointer.status());
        return section;
    }

    private static Map<String, Object> run(MaintenanceRun run) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("id", run.id());
        shown.put("instance", run.instance());
        shown.put("cause", run.cause());
        shown.put("state", run.state());
        shown.put("startedAt", run.startedAt());
        put(shown, "duration", run.duration());
        put(shown, "bytesBefore", run.bytesBefore());
        put(shown, "bytesAfter", run.bytesAfter());
        shown.put("steps", run.steps());
        return shown;
    }

    private static void put(Map<String, Object> section, String name, @Nullable Object value) {
        if (value != null) {
            section.put(name, value);
        }
    }

    @Override
    public List<EndpointAction> actions() {
        EndpointAction optimize = new EndpointAction("optimize", this::optimize);
        Checkpointer own = checkpointer;
        return own == null
                ? List.of(optimize)
                : List.of(optimize, new EndpointAction("checkpoint", parameters -> own.checkpoint()));
    }

    private Object optimize(Map<String, String> parameters) {
        try {
            return report(optimizer.optimize(new OptimizationOptions(
                    isSet(parameters, "dryRun"), isSet(parameters, "reindex"), isSet(parameters, "fullVacuum"))));
        } catch (MaintenanceRunningException e) {
            return new WebEndpointResponse<>(
                    Map.of("reason", "ALREADY_RUNNING", "message", String.valueOf(e.getMessage())), CONFLICT);
        }
    }

    private static boolean isSet(Map<String, String> parameters, String name) {
        return Boolean.parseBoolean(parameters.get(name));
    }

    private static Map<String, Object> report(OptimizationReport report) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("success", report.success());
        shown.put("dryRun", report.dryRun());
        shown.put("startedAt", report.startedAt());
        shown.put("duration", report.duration());
        put(shown, "bytesBefore", report.bytesBefore());
        put(shown, "bytesAfter", report.bytesAfter());
        shown.put("steps", report.steps());
        return shown;
    }
}
