package dev.dovetail.actuator;

import dev.dovetail.Database;
import dev.dovetail.datasource.PoolLoad;
import dev.dovetail.datasource.RoutingDataSource;
import dev.dovetail.engine.AppliedSetting;
import dev.dovetail.engine.DatabaseInfo;
import dev.dovetail.monitoring.health.StandardMetrics;
import dev.dovetail.monitoring.statistics.HeldConnection;
import dev.dovetail.schema.SchemaCatalog;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/** Endpoint {@code dovetail}: everything at a glance, or one section of it; and actions, which have to be allowed. */
@Endpoint(id = "dovetail", defaultAccess = Access.READ_ONLY)
public final class DovetailEndpoint {

    /** By which access to it is configured. */
    public static final EndpointId ID = EndpointId.of("dovetail");

    // Whoever holds a hundred for long shows by the first of them.
    private static final int MOST_HELD = 20;

    private final Database database;
    private final BriefQuestion introduction;
    private final @Nullable RoutingDataSource dataSource;
    private final @Nullable SchemaSection schema;
    private final boolean acting;
    private final Map<String, EndpointSection> sections = new LinkedHashMap<>();
    private final Map<String, EndpointAction> actions = new TreeMap<>();

    /**
     * @param database is asked for its settings
     * @param dataSource whose pools are shown; null if there are none of ours
     * @param catalog whose tables are shown; null if they are not to be
     * @param sections what else is shown, and may be asked for
     * @param acting whether the application allows the actions
     */
    public DovetailEndpoint(
            Database database,
            @Nullable RoutingDataSource dataSource,
            @Nullable SchemaCatalog catalog,
            List<EndpointSection> sections,
            boolean acting) {
        this.database = database;
        this.introduction = new BriefQuestion(database::info);
        this.dataSource = dataSource;
        this.schema = catalog == null ? null : new SchemaSection(catalog);
        this.acting = acting;
        for (EndpointSection section : sections) {
            this.sections.put(section.name(), section);
            section.actions().forEach(action -> actions.put(action.name(), action));
        }
    }

    /** Every section, and the actions that are allowed; of the schema only how the tables are called. */
    @ReadOperation
    public Map<String, Object> everything() {
        Map<String, Object> all = new LinkedHashMap<>();
        DatabaseInfo info = database.info();
        all.put("engine", info.engine());
        all.put("flavour", info.flavour());
        all.put("version", info.version());
        all.put("settings", settings(info));
        all.put("pools", pools());
        all.put("tables", schema == null ? List.of() : schema.names());
        all.put("actions", actions());
        sections.values().forEach(section -> all.put(section.name(), section.show()));
        return all;
    }

    /**
     * One section: {@code settings}, {@code pools}, {@code schema}, {@code about} or another; {@code null}, and so 404, for what
     * is none.
     */
    @ReadOperation
    public @Nullable Object section(@Selector String section) {
        return switch (section) {
            case "settings" -> settings(database.info());
            case "pools" -> pools();
            case "schema" -> schema == null ? null : schema.tables();
            case "about" -> about();
            default -> {
                EndpointSection known = sections.get(section);
                yield known == null ? null : known.show();
            }
        };
    }

    // What the page has to know before it asks for anything, and most of all while the database does not answer.
    private Map<String, Object> about() {
        Map<String, Object> about = new LinkedHashMap<>();
        about.put("sections", sections.keySet());
        about.put("actions", actions());
        introduction.answer().ifPresent(info -> {
            about.put("engine", info.engine());
            about.put("flavour", info.flavour());
            about.put("version", info.version());
        });
        return about;
    }

    private Set<String> actions() {
        return acting ? actions.keySet() : Set.of();
    }

    /**
     * Does something.
     *
     * @param name of what it is done with, if it is done with one thing
     * @param dryRun whether only to say what would be done
     * @param reindex whether to rebuild indexes as well
     * @param fullVacuum whether to rewrite the database as a whole as well
     * @throws InvalidEndpointRequestException if there is no such action; it says which there are
     */
    @WriteOperation
    public Object act(
            @Selector String action,
            @Nullable String name,
            @Nullable Boolean dryRun,
            @Nullable Boolean reindex,
            @Nullable Boolean fullVacuum) {
        EndpointAction known = actions.get(action);
        if (known == null) {
            String problem = "There is no action '%s'; there is %s".formatted(action, actions.keySet());
            throw new InvalidEndpointRequestException(problem, problem);
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        put(parameters, "name", name);
        put(parameters, "dryRun", dryRun);
        put(parameters, "reindex", reindex);
        put(parameters, "fullVacuum", fullVacuum);
        return known.run(parameters);
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
        settings.put(
                "differing",
                info.settings().stream()
                        .filter(setting -> !setting.asExpected())
                        .map(AppliedSetting::name)
                        .toList());
        settings.put("runtime", info.runtime());
        return settings;
    }

    private List<Map<String, Object>> pools() {
        return dataSource == null
                ? List.of()
                : dataSource.loads().stream().map(DovetailEndpoint::pool).toList();
    }

    private static Map<String, Object> pool(PoolLoad pool) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("name", pool.status().name());
        shown.putAll(StandardMetrics.shown(pool.status()));
        shown.put("held", HeldConnection.of(List.of(pool), MOST_HELD));
        return shown;
    }
}
