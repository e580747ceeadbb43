package dev.dovetail.repository.table;

import dev.dovetail.engine.ColumnInfo;
import dev.dovetail.engine.TableInfo;
import dev.dovetail.schema.UnknownNameException;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row that is to be written: for each given column what is bound, null for NULL, in the table's order.
 *
 * @param given what the caller gave for them
 */
record GivenRow(Map<ColumnInfo, @Nullable Object> bound, Map<ColumnInfo, @Nullable Object> given) {

    List<ColumnInfo> columns() {
        return List.copyOf(bound.keySet());
    }

    static GivenRow of(TableInfo table, Values values, @Nullable Object row) {
        if (row instanceof Map<?, ?> map) {
            return of(table, values, map(table, map));
        }
        if (row instanceof Record entity) {
            return of(table, values, components(table, entity));
        }
        throw Misuse.of(
                "A row of table \"%s\" is given as a map from column names, or as a record, not as %s",
                table.name(), row == null ? "null" : row.getClass().getName());
    }

    private static GivenRow of(TableInfo table, Values values, Map<ColumnInfo, @Nullable Object> given) {
        Map<ColumnInfo, @Nullable Object> bound = new LinkedHashMap<>();
        Map<ColumnInfo, @Nullable Object> kept = new LinkedHashMap<>();
        for (ColumnInfo column : table.columns()) {
            Object value = given.get(column);
            if (value != null) {
                bound.put(column, values.encode(table, column, value));
                kept.put(column, value);
            } else if (given.containsKey(column) && !column.identity()) {
                bound.put(column, null);
                kept.put(column, null);
            }
        }
        return new GivenRow(bound, kept);
    }

    /** The values a map gives to columns, by any letter case. */
    static Map<ColumnInfo, @Nullable Object> map(TableInfo table, Map<?, ?> map) {
        Map<ColumnInfo, @Nullable Object> given = new LinkedHashMap<>();
        map.forEach((name, value) -> {
            ColumnInfo column = column(table, String.valueOf(name));
            refuseGenerated(table, column);
            put(table, given, column, value);
        });
        return given;
    }

    private static Map<ColumnInfo, @Nullable Object> components(TableInfo table, Record entity) {
        List<String> names = table.columns().stream().map(ColumnInfo::name).toList();
        Map<ColumnInfo, @Nullable Object> given = new LinkedHashMap<>();
        for (RecordComponent component : entity.getClass().getRecordComponents()) {
            int position = RecordShape.find(component.getName(), names);
            if (position < 0) {
                throw UnknownNameException.of(
                        "column for component",
                        component.getName(),
                        "table \"" + table.name() + "\", to which a "
                                + entity.getClass().getName() + " was given",
                        names);
            }
            ColumnInfo column = table.columns().get(position);
            Object value = Values.component(entity, component);
            // A record that was read has what the database computed; one that is new has nothing there.
            if (value != null || !column.generated()) {
                refuseGenerated(table, column);
                put(table, given, column, value);
            }
        }
        return given;
    }

    private static void put(
            TableInfo table, Map<ColumnInfo, @Nullable Object> given, ColumnInfo column, @Nullable Object value) {
        if (given.containsKey(column)) {
            throw Misuse.of("Column \"%s\" of table \"%s\" was given two values", column.name(), table.name());
        }
        given.put(column, value);
    }

    private static ColumnInfo column(TableInfo table, String name) {
        return table.column(name)
                .orElseThrow(() -> UnknownNameException.of(
                        "column",
                        name,
                        "table \"" + table.name() + "\"",
                        table.columns().stream().map(ColumnInfo::name).toList()));
    }

    private static void refuseGenerated(TableInfo table, ColumnInfo column) {
        if (column.generated()) {
            throw Misuse.of(
                    "Column \"%s\" of table \"%s\" is computed by the database and cannot be written",
                    column.name(), table.name());
        }
    }
}
