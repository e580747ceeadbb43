package dev.dovetail.actuator;

import dev.dovetail.datasource.OperationContext;
import dev.dovetail.engine.ColumnInfo;
import dev.dovetail.engine.IndexInfo;
import dev.dovetail.engine.TableInfo;
import dev.dovetail.schema.SchemaCatalog;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The tables and views as they are now: reading the section reads the catalog. */
final class SchemaSection {

    private final SchemaCatalog catalog;

    SchemaSection(SchemaCatalog catalog) {
        this.catalog = catalog;
    }

    List<Map<String, Object>> tables() {
        return OperationContext.health(catalog::refresh).tables().stream()
                .map(SchemaSection::table)
                .toList();
    }

    /** How they are called; a schema of a thousand tables is nothing to take in at a glance. */
    List<String> names() {
        return OperationContext.health(catalog::refreshIfChanged).tables().stream()
                .map(TableInfo::name)
                .toList();
    }

    private static Map<String, Object> table(TableInfo table) {
        Map<String, Object> described = new LinkedHashMap<>();
        String schema = table.schema();
        if (schema != null) {
            described.put("schema", schema);
        }
        described.put("name", table.name());
        described.put("view", table.view());
        described.put(
                "columns", table.columns().stream().map(SchemaSection::column).toList());
        described.put("primaryKey", table.primaryKey());
        described.put("foreignKeys", table.foreignKeys());
        described.put(
                "indexes", table.indexes().stream().map(SchemaSection::index).toList());
        return described;
    }

    private static Map<String, Object> index(IndexInfo index) {
        Map<String, Object> described = new LinkedHashMap<>();
        described.put("name", index.name());
        described.put("columns", index.columns());
        described.put("unique", index.unique());
        String condition = index.condition();
        if (condition != null) {
            described.put("condition", condition);
        }
        return described;
    }

    private static Map<String, Object> column(ColumnInfo column) {
        Map<String, Object> described = new LinkedHashMap<>();
        described.put("name", column.name());
        described.put("type", column.type().name());
        described.put("kind", column.type().kind());
        described.put("nullable", column.nullable());
        described.put("generated", column.generated());
        described.put("identity", column.identity());
        String defaultValue = column.defaultValue();
        if (defaultValue != null) {
            described.put("defaultValue", defaultValue);
        }
        return described;
    }
}
