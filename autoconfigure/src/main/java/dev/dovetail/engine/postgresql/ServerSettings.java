package dev.dovetail.engine.postgresql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Settings as the server reports them; those it does not know are left out. */
final class ServerSettings {

    static final String APPLICATION_NAME = "application_name";

    /** Settings of extensions and made-up ones are not in the view, but are in force. */
    private static final String ALL_AT_ONCE = """
            SELECT asked.name, current_setting(asked.name, true), s.setting, s.unit, s.vartype
            FROM unnest(string_to_array(?, ',')) AS asked(name)
            LEFT JOIN pg_settings s ON lower(s.name) = asked.name""";

    private static final String ONE = "SELECT current_setting(?)";

    private ServerSettings() {}

    /**
     * @param shown with a unit a person can read, for example {@code 64MB}
     * @param setting in whole units, for example {@code 65536}
     * @param unit for example {@code kB}
     * @param type {@code bool}, {@code integer}, {@code real}, {@code string} or {@code enum}
     */
    record Value(
            String shown,
            @Nullable String setting,
            @Nullable String unit,
            @Nullable String type) {}

    /** @param names in lower case, without commas */
    static Map<String, Value> read(Connection connection, Collection<String> names) {
        try {
            return readAll(connection, names);
        } catch (SQLException e) {
            // A compatible server may lack the view or a function in it; each by itself then, as far as it goes.
            return readEach(connection, names);
        }
    }

    private static Map<String, Value> readAll(Connection connection, Collection<String> names) throws SQLException {
        Map<String, Value> values = new LinkedHashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(ALL_AT_ONCE)) {
            statement.setString(1, String.join(",", names));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    put(values, rows);
                }
            }
        }
        return values;
    }

    private static void put(Map<String, Value> values, ResultSet row) throws SQLException {
        String shown = row.getString(2);
        if (shown != null) {
            values.put(row.getString(1), new Value(shown, row.getString(3), row.getString(4), row.getString(5)));
        }
    }

    private static Map<String, Value> readEach(Connection connection, Collection<String> names) {
        Map<String, Value> values = new LinkedHashMap<>();
        for (String name : names) {
            String shown = ServerQuery.textOrNull(connection, ONE, name);
            if (shown != null) {
                values.put(name, new Value(shown, null, null, null));
            }
        }
        return values;
    }
}
