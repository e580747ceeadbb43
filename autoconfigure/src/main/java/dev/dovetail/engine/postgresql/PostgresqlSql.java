package dev.dovetail.engine.postgresql;

import dev.dovetail.engine.ColumnInfo;
import dev.dovetail.engine.ColumnType;
import dev.dovetail.engine.JsonPath;
import dev.dovetail.engine.QueryPlan;
import dev.dovetail.engine.SqlDialect;
import dev.dovetail.engine.TableInfo;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** PostgreSQL's words. */
enum PostgresqlSql implements SqlDialect {
    INSTANCE;

    // The protocol counts them in 16 bits.
    @Override
    public int maxParameters() {
        return 65_535;
    }

    // The server's locale would sort "a" before "B", and differently on another server.
    @Override
    public String byCodePoint(String text) {
        return text + " COLLATE \"C\"";
    }

    @Override
    public String lowerCase(String text) {
        return "lower(" + byCodePoint(text) + ")";
    }

    @Override
    public String jsonText(String column, JsonPath path) {
        return path.steps().stream()
                .map(step -> "\"" + step + "\"")
                .collect(Collectors.joining(",", "(" + column + " #>> '{", "}')"));
    }

    @Override
    public String min(String column, ColumnType type) {
        return switch (type.kind()) {
            case BOOLEAN -> "bool_and(" + column + ")";
            case UUID -> "CAST(min(" + byCodePoint("CAST(" + column + " AS text)") + ") AS uuid)";
            case BINARY -> "decode(min(" + byCodePoint("encode(" + column + ", 'hex')") + "), 'hex')";
            default -> SqlDialect.super.min(column, type);
        };
    }

    @Override
    public String max(String column, ColumnType type) {
        return switch (type.kind()) {
            case BOOLEAN -> "bool_or(" + column + ")";
            case UUID -> "CAST(max(" + byCodePoint("CAST(" + column + " AS text)") + ") AS uuid)";
            case BINARY -> "decode(max(" + byCodePoint("encode(" + column + ", 'hex')") + "), 'hex')";
            default -> SqlDialect.super.max(column, type);
        };
    }

    @Override
    public List<Long> allocateKeys(Connection connection, TableInfo table, ColumnInfo column, int count)
            throws SQLException {
        String take = """
                SELECT nextval(CAST(sequence AS regclass)) FROM pg_get_serial_sequence(?, ?) sequence, generate_series(1, ?)
                WHERE sequence IS NOT NULL""";
        List<Long> keys = new ArrayList<>(count);
        try (PreparedStatement statement = connection.prepareStatement(take)) {
            String schema = table.schema() == null ? "" : quoted(table.schema()) + ".";
            statement.setString(1, schema + quoted(table.name()));
            statement.setString(2, column.name());
            statement.setInt(3, count);
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    keys.add(result.getLong(1));
                }
            }
        }
        return keys;
    }

    @Override
    public String givenKeys() {
        return "OVERRIDING SYSTEM VALUE ";
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    @Override
    public QueryPlan explain(Connection connection, String query, List<? extends @Nullable Object> values)
            throws SQLException {
        return PostgresqlPlans.explain(connection, query, values);
    }
}
