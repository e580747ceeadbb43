package dev.dovetail.repository.table;

import dev.dovetail.engine.ColumnCodec;
import dev.dovetail.engine.ColumnInfo;
import dev.dovetail.engine.TableInfo;
import dev.dovetail.schema.UnknownNameException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes rows of what callers give for one table; what names and classes mean is found out once. For one thread. */
final class GivenRows {

    private record Component(Method accessor, int place) {}

    private final TableInfo table;
    private final Values values;
    private final ColumnCodec[] codecs;
    private final Map<String, Integer> places = new HashMap<>();
    private final Map<Class<?>, List<Component>> records = new HashMap<>();

    GivenRows(TableInfo table, Values values) {
        this.table = table;
        this.values = values;
        this.codecs = table.columns().stream().map(values::codec).toArray(ColumnCodec[]::new);
    }

    /** @param row a map from column names, or a record */
    GivenRow of(@Nullable Object row) {
        if (row instanceof Map<?, ?> map) {
            return ofMap(map);
        }
        if (row instanceof Record entity) {
            return ofRecord(entity);
        }
        throw Misuse.of(
                "A row of table \"%s\" is given as a map from column names, or as a record, not as %s",
                table.name(), row == null ? "null" : row.getClass().getName());
    }

    private GivenRow ofMap(Map<?, ?> map) {
        GivenRow row = new GivenRow(codecs.length);
        BitSet seen = new BitSet(codecs.length);
        map.forEach((name, value) ->
                put(row, seen, places.computeIfAbsent(String.valueOf(name), each -> place(table, each)), value));
        return row;
    }

    private GivenRow ofRecord(Record entity) {
        GivenRow row = new GivenRow(codecs.length);
        BitSet seen = new BitSet(codecs.length);
        for (Component component : records.computeIfAbsent(entity.getClass(), this::components)) {
            Object value = Values.component(entity, component.accessor);
            ColumnInfo column = table.columns().get(component.place);
            // A record that was read has what the database computed; one that is new has nothing there.
            if (value != null || !column.generated()) {
                refuseGenerated(table, column);
                put(row, seen, component.place, value);
            }
        }
        return row;
    }

    private List<Component> components(Class<?> type) {
        List<String> names = table.columns().stream().map(ColumnInfo::name).toList();
        return java.util.Arrays.stream(type.getRecordComponents())
                .map(component -> new Component(Values.accessor(component), place(type, component, names)))
                .toList();
    }

    private int place(Class<?> type, RecordComponent component, List<String> names) {
        int place = RecordShape.find(component.getName(), names);
        if (place < 0) {
            throw UnknownNameException.of(
                    "column for component",
                    component.getName(),
                    "table \"" + table.name() + "\", to which a " + type.getName() + " was given",
                    names);
        }
        return place;
    }

    private void put(GivenRow row, BitSet seen, int place, @Nullable Object value) {
        ColumnInfo column = table.columns().get(place);
        if (seen.get(place)) {
            throw twice(table, column);
        }
        seen.set(place);
        if (value != null) {
            row.put(place, value, values.encode(table, column, codecs[place], value));
        } else if (!column.identity()) {
            row.put(place, null, null);
        }
    }

    /** The number as the value of this column, for a row that has none. */
    void number(GivenRow row, int place, Long number) {
        row.put(place, number, values.encode(table, table.columns().get(place), codecs[place], number));
    }

    /** The values a map gives to columns, by any letter case. */
    static Map<ColumnInfo, @Nullable Object> map(TableInfo table, Map<?, ?> map) {
        Map<ColumnInfo, @Nullable Object> given = new LinkedHashMap<>();
        map.forEach((name, value) -> {
            ColumnInfo column = table.columns().get(place(table, String.valueOf(name)));
            if (given.containsKey(column)) {
                throw twice(table, column);
            }
            given.put(column, value);
        });
        return given;
    }

    // By any letter case.
    private static int place(TableInfo table, String name) {
        ColumnInfo column = table.column(name)
                .orElseThrow(() -> UnknownNameException.of(
                        "column",
                        name,
                        "table \"" + table.name() + "\"",
                        table.columns().stream().map(ColumnInfo::name).toList()));
        refuseGenerated(table, column);
        return table.columns().indexOf(column);
    }

    private static RuntimeException twice(TableInfo table, ColumnInfo column) {
        return Misuse.of("Column \"%s\" of table \"%s\" was given two values", column.name(), table.name());
    }

    private static void refuseGenerated(TableInfo table, ColumnInfo column) {
        if (column.generated()) {
            throw Misuse.of(
                    "Column \"%s\" of table \"%s\" is computed by the database and cannot be written",
                    column.name(), table.name());
        }
    }
}
