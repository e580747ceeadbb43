package dev.dovetail.engine.postgresql;

import dev.dovetail.engine.AppliedSetting;
import dev.dovetail.engine.Capabilities;
import dev.dovetail.engine.DatabaseInfo;
import dev.dovetail.engine.postgresql.ServerSettings.Value;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Asks a server what it is and how it is set up. What a compatible product does not know is left out. */
final class ServerDescription {

    /** What an operator looks at first. */
    private static final List<String> RUNTIME = List.of(
            "server_version",
            "max_connections",
            "shared_buffers",
            "effective_cache_size",
            "work_mem",
            "maintenance_work_mem",
            "wal_level",
            "max_wal_size");

    private ServerDescription() {}

    /**
     * @param connection outside of a transaction, which a question not understood would abort
     * @param expected the settings the session was asked for
     * @throws SQLException if the server does not even tell its version
     */
    static DatabaseInfo read(Connection connection, Map<String, String> expected) throws SQLException {
        ServerProduct product = ServerProduct.of(connection);
        Map<String, Value> values = ServerSettings.read(connection, names(expected));
        return new DatabaseInfo(
                "postgresql",
                product.flavour(),
                product.version(),
                Capabilities.STANDARD,
                settings(expected, values),
                runtime(values));
    }

    private static Set<String> names(Map<String, String> expected) {
        Set<String> names = new LinkedHashSet<>(expected.keySet());
        names.addAll(RUNTIME);
        return names;
    }

    private static List<AppliedSetting> settings(Map<String, String> expected, Map<String, Value> values) {
        return expected.entrySet().stream()
                .map(setting ->
                        SettingComparison.of(setting.getKey(), setting.getValue(), values.get(setting.getKey())))
                .toList();
    }

    private static Map<String, String> runtime(Map<String, Value> values) {
        Map<String, String> runtime = new LinkedHashMap<>();
        for (String name : RUNTIME) {
            Value value = values.get(name);
            if (value != null) {
                runtime.put(name, value.shown());
            }
        }
        return runtime;
    }
}
