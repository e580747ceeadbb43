package dev.dovetail.engine.postgresql;

import dev.dovetail.engine.ColumnInfo;
import dev.dovetail.engine.ForeignKeyInfo;
import dev.dovetail.engine.IndexInfo;
import dev.dovetail.engine.IndexPart;
import dev.dovetail.engine.IndexPart.Finds;
import dev.dovetail.engine.TableInfo;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A table as its rows of the catalog come in. */
final class PostgresqlTable {

    private record Reference(String table, String onDelete, List<String> from, List<String> to) {}

    private record Index(boolean unique, @Nullable String condition, List<String> columns, List<IndexPart> parts) {}

    private final String schema;
    private final String name;
    private final boolean view;
    private final List<ColumnInfo> columns = new ArrayList<>();
    private final List<String> primaryKey = new ArrayList<>();
    private final Map<String, Reference> references = new LinkedHashMap<>();
    private final Map<String, Index> indexes = new LinkedHashMap<>();

    PostgresqlTable(ResultSet row) throws SQLException {
        this.schema = row.getString("schema");
        this.name = row.getString("name");
        this.view = row.getBoolean("is_view");
    }

    void addColumn(ResultSet row) throws SQLException {
        columns.add(new ColumnInfo(
                row.getString("name"),
                PostgresqlTypes.of(row.getString("base"), row.getString("shown"), row.getInt("modifier")),
                row.getBoolean("nullable"),
                row.getString("default_value"),
                row.getBoolean("generated"),
                row.getBoolean("identity")));
    }

    void addForeignKeyColumn(ResultSet row) throws SQLException {
        String parent = row.getString("parent");
        String onDelete = onDelete(row.getString("on_delete"));
        Reference reference = references.computeIfAbsent(
                row.getString("name"), key -> new Reference(parent, onDelete, new ArrayList<>(), new ArrayList<>()));
        reference.from.add(row.getString("column_from"));
        reference.to.add(row.getString("column_to"));
    }

    private static String onDelete(String code) {
        return switch (code) {
            case "c" -> "CASCADE";
            case "n" -> "SET NULL";
            case "d" -> "SET DEFAULT";
            case "r" -> "RESTRICT";
            default -> "NO ACTION";
        };
    }

    void addIndexColumn(ResultSet row) throws SQLException {
        String column = row.getString("column_name");
        if (row.getBoolean("is_primary")) {
            primaryKey.add(column);
        }
        Index first = new Index(
                row.getBoolean("is_unique"), row.getString("condition"), new ArrayList<>(), new ArrayList<>());
        Index index = indexes.computeIfAbsent(row.getString("name"), key -> first);
        index.columns.add(column);
        index.parts.add(new IndexPart(Finds.valueOf(row.getString("finds")), row.getBoolean("is_descending")));
    }

    TableInfo describe() {
        return new TableInfo(
                schema,
                name,
                view,
                columns,
                primaryKey,
                references.entrySet().stream()
                        .map(entry -> describe(entry.getKey(), entry.getValue()))
                        .toList(),
                indexes.entrySet().stream()
                        .map(entry -> describe(entry.getKey(), entry.getValue()))
                        .toList());
    }

    private static ForeignKeyInfo describe(String name, Reference reference) {
        return new ForeignKeyInfo(name, reference.from, reference.table, reference.to, reference.onDelete);
    }

    private static IndexInfo describe(String name, Index index) {
        return new IndexInfo(name, index.columns, index.unique, index.condition, index.parts);
    }
}
