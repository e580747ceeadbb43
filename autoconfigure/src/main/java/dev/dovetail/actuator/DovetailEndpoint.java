package dev.dovetail.actuator;

import dev.dovetail.Database;
import dev.dovetail.cache.coherence.CacheCoherence;
import dev.dovetail.datasource.PoolStatus;
import dev.dovetail.datasource.RoutingDataSource;
import dev.dovetail.engine.DatabaseInfo;
import dev.dovetail.schema.SchemaCatalog;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/** Endpoint {@code dovetail}: everything at a glance, or one section of it; and actions, which have to be allowed. */
@Endpoint(id = "dovetail", defaultAccess = Access.READ_ONLY)
public final class DovetailEndpoint {

    private final Database database;
    private final @Nullable RoutingDataSource dataSource;
    private final @Nullable SchemaSection schema;
    private final CacheSection cache;

    /**
     * @param database is asked for its settings
     * @param dataSource whose pools are shown; null if there are none of ours
     * @param catalog whose tables are shown; null if they are not to be
     * @param coherence of the caches; null if nothing is cached
     */
    public DovetailEndpoint(
            Database database,
            @Nullable RoutingDataSource dataSource,
            @Nullable SchemaCatalog catalog,
            @Nullable CacheCoherence coherence) {
        this.database = database;
        this.dataSource = dataSource;
        this.schema = catalog == null ? null : new SchemaSection(catalog);
        this.cache = new CacheSection(database, coherence);
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
        sections.put("cache", cache.all());
        sections.put("tables", schema == null ? List.of() : schema.names());
        return sections;
    }

    /** One section, {@code settings}, {@code pools}, {@code cache} or {@code schema}; {@code null}, and so 404, for another. */
    @ReadOperation
    public @Nullable Object section(@Selector String section) {
        return switch (section) {
            case "settings" -> settings(database.info());
            case "pools" -> pools();
            case "cache" -> cache.all();
            case "schema" -> schema == null ? null : schema.tables();
            default -> null;
        };
    }

    /**
     * Does something: {@code clear-cache} removes what is cached.
     *
     * @param name of one cache; null for all of them
     * @return how many results were removed from which cache
     * @throws InvalidEndpointRequestException if there is no such action or cache; it says which there are
     */
    @WriteOperation
    public Object act(@Selector String action, @Nullable String name) {
        if (!action.equals("clear-cache")) {
            String problem = "There is no action '%s'; there is [clear-cache]".formatted(action);
            throw new InvalidEndpointRequestException(problem, problem);
        }
        return cache.clear(name);
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
