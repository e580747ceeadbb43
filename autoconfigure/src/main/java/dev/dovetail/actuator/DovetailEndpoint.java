package dev.dovetail.actuator;

import dev.dovetail.Database;
import dev.dovetail.datasource.PoolStatus;
import dev.dovetail.datasource.RoutingDataSource;
import dev.dovetail.engine.DatabaseInfo;
import dev.dovetail.schema.SchemaCatalog;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/** Endpoint {@code dovetail}: everything at a glance, or one section of it, and what may be asked for. */
@Endpoint(id = "dovetail", defaultAccess = Access.READ_ONLY)
public final class DovetailEndpoint {

    private final Database database;
    private final @Nullable RoutingDataSource dataSource;
    private final @Nullable SchemaSection schema;
    private final @Nullable MaintenanceSection maintenance;
    private final Map<String, EndpointAction> actions = new TreeMap<>();

    /**
     * @param database is asked for its settings
     * @param dataSource whose pools are shown; null if there are none of ours
     * @param catalog whose tables are shown; null if they are not to be
     * @param maintenance of the database; null if there is none
     * @param actions what may be asked for
     */
    public DovetailEndpoint(
            Database database,
            @Nullable RoutingDataSource dataSource,
            @Nullable SchemaCatalog catalog,
            @Nullable MaintenanceSection maintenance,
            List<EndpointAction> actions) {
        this.database = database;
        this.dataSource = dataSource;
        this.schema = catalog == null ? null : new SchemaSection(catalog);
        this.maintenance = maintenance;
        actions.forEach(action -> this.actions.put(action.name(), action));
    }

    /** Every section; of the schema only how the tables are called. */
    @ReadOperation
    public Map<String, Object> everything() {
        Map<String, Object> sections = new LinkedHashMap<>();
        DatabaseInfo info = database.info();
        sections.put("engine", info.engine());
        sections.put("flavour", info.flavour());
        sections.put("version", info.version());
        sections.put("settings", settings(info));
        sections.put("pools", pools());
        sections.put("tables", schema == null ? List.of() : schema.names());
        if (maintenance != null) {
            sections.put("maintenance", maintenance.show());
        }
        return sections;
    }

    /** One section, {@code settings}, {@code pools}, {@code schema} or {@code maintenance}; {@code null}, and so 404, for another. */
    @ReadOperation
    public @Nullable Object section(@Selector String section) {
        return switch (section) {
            case "settings" -> settings(database.info());
            case "pools" -> pools();
            case "schema" -> schema == null ? null : schema.tables();
            case "maintenance" -> maintenance == null ? null : maintenance.show();
            default -> null;
        };
    }

    /**
     * Does something; {@code null}, and so 404, for what there is not.
     *
     * @param dryRun whether only to say what would be done
     * @param reindex whether to rebuild indexes as well
     * @param fullVacuum whether to rewrite the database as a whole as well
     */
    @WriteOperation
    public @Nullable Object run(
            @Selector String action,
            @Nullable Boolean dryRun,
            @Nullable Boolean reindex,
            @Nullable Boolean fullVacuum) {
        EndpointAction known = actions.get(action);
        Map<String, String> parameters = new LinkedHashMap<>();
        put(parameters, "dryRun", dryRun);
        put(parameters, "reindex", reindex);
        put(parameters, "fullVacuum", fullVacuum);
        return known == null ? null : known.run(parameters);
    }

    private static void put(Map<String, String> parameters, String name, @Nullable Object value) {
        if (value != null) {
            parameters.put(name, value.toString());
        }
    }

    private static Map<String, Object> settings(DatabaseInfo info) {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("capabilities", info.capabilities());
        settings.put("applied", info.settings());
        settings.put("runtime", info.runtime());
        return settings;
    }

    private List<PoolStatus> pools() {
        return dataSource == null ? List.of() : dataSource.pools();
    }
}
