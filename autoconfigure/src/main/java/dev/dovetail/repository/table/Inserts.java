package dev.dovetail.repository.table;

import dev.dovetail.datasource.OperationContext;
import dev.dovetail.engine.ColumnInfo;
import dev.dovetail.engine.TableInfo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Puts rows into one table. */
final class Inserts {

    private static final int ROWS_IN_HAND = 1000;
    private static final long CHARACTERS_IN_HAND = 1 << 22;

    private final Statements statements;
    private final TableInfo table;
    private final GivenRows given;
    private final InsertWriter writer;
    private final Expressions expressions;

    Inserts(Statements statements, TableInfo table) {
        this.statements = statements;
        this.table = table;
        this.expressions = new Expressions(Source.of(table), statements.engine());
        this.given = new GivenRows(table, expressions.values());
        this.writer = new InsertWriter(table);
    }

    Map<String, @Nullable Object> insert(Object row) {
        return stored(writer.insert(given.of(row)));
    }

    Map<String, @Nullable Object> upsert(Object row, String... conflictColumns) {
        List<String> conflict = writer.conflictColumns(Arrays.stream(conflictColumns)
                .map(name -> expressions.source().column(name).column().name())
                .toList());
        GivenRow each = given.of(row);
        for (String name : conflict) {
            if (writer.columns(each).stream().noneMatch(column -> column.name().equals(name))) {
                throw Misuse.of(
                        "The row has no value for column \"%s\" of table \"%s\", by which the one that is there is found",
                        name, table.name());
            }
        }
        return stored(writer.upsert(each, conflict));
    }

    private Map<String, @Nullable Object> stored(SqlText sql) {
        List<Output> all = outputs(table.columns());
        return returned(sql, all);
    }

    private Map<String, @Nullable Object> returned(SqlText sql, List<Output> outputs) {
        List<Map<String, @Nullable Object>> rows = statements.list(
                writer.returning(sql, outputs), Statements.rows(outputs, Shape.map(Output.labels(outputs))));
        if (rows.size() != 1) {
            throw Misuse.of(
                    "Table \"%s\" took the row, but stored none: a trigger or a rule of the database kept it away",
                    table.name());
        }
        return rows.get(0);
    }

    private List<Output> outputs(List<ColumnInfo> columns) {
        return columns.stream()
                .map(column -> expressions.column(expressions.source().column(column.name())))
                .toList();
    }

    /** The rows, without asking for their keys. */
    long insertAll(Stream<?> rows) {
        return statements.writing(() -> {
            try (rows) {
                RowWriter into = new RowWriter(statements, table, writer);
                handfuls(rows.iterator(), handful -> into.write(handful, false, into.written()));
                return into.written();
            }
        });
    }

    /** The rows, and their primary keys in the same order. */
    List<Map<String, @Nullable Object>> insertAll(Iterable<?> rows) {
        List<ColumnInfo> key = table.primaryKey().stream()
                .map(name -> expressions.source().column(name).column())
                .toList();
        return statements.writing(() -> {
            RowWriter into = new RowWriter(statements, table, writer);
            List<Map<String, @Nullable Object>> keys = new ArrayList<>();
            handfuls(rows.iterator(), handful -> keys.addAll(insertWithKeys(handful, key, into)));
            return Collections.unmodifiableList(keys);
        });
    }

    // As few as need no more memory when the rows are large.
    private void handfuls(Iterator<?> rows, Consumer<List<GivenRow>> taker) {
        List<GivenRow> handful = new ArrayList<>();
        long characters = 0;
        while (rows.hasNext()) {
            GivenRow row = given.of(rows.next());
            handful.add(row);
            characters += row.characters();
            if (handful.size() == ROWS_IN_HAND || characters >= CHARACTERS_IN_HAND || !rows.hasNext()) {
                taker.accept(handful);
                handful = new ArrayList<>();
                characters = 0;
            }
        }
    }

    // No engine promises in which order RETURNING returns, so keys are known before, or asked for row by row.
    private List<Map<String, @Nullable Object>> insertWithKeys(
            List<GivenRow> rows, List<ColumnInfo> key, RowWriter into) {
        int[] places = key.stream().mapToInt(table.columns()::indexOf).toArray();
        List<GivenRow> complete = rows.stream().filter(row -> has(row, places)).toList();
        into.write(complete, false, complete.size() == rows.size() ? into.written() : -1);
        List<GivenRow> lacking = rows.stream().filter(row -> !has(row, places)).toList();
        Iterator<Long> numbers = lacking.isEmpty() ? Collections.emptyIterator() : numbers(lacking, key);
        List<GivenRow> numbered = new ArrayList<>();
        List<Map<String, @Nullable Object>> keys = new ArrayList<>();
        for (GivenRow row : rows) {
            if (!has(row, places) && numbers.hasNext()) {
                given.number(row, places[0], numbers.next());
                numbered.add(row);
            }
            keys.add(has(row, places) ? keyOf(row, key, places) : returned(writer.insert(row), outputs(key)));
        }
        into.write(numbered, true, numbered.size() == rows.size() ? into.written() : -1);
        return keys;
    }

    private Iterator<Long> numbers(List<GivenRow> lacking, List<ColumnInfo> key) {
        if (key.size() != 1 || !key.get(0).identity()) {
            return Collections.emptyIterator();
        }
        return statements
                .onConnection(connection -> OperationContext.own(
                        () -> statements.engine().sql().allocateKeys(connection, table, key.get(0), lacking.size())))
                .iterator();
    }

    private static boolean has(GivenRow row, int[] places) {
        for (int place : places) {
            if (!row.columns().get(place)) {
                return false;
            }
        }
        return true;
    }

    private static Map<String, @Nullable Object> keyOf(GivenRow row, List<ColumnInfo> key, int[] places) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (int i = 0; i < places.length; i++) {
            Object value = row.given(places[i]);
            values.put(key.get(i).name(), value == null ? null : Values.normalized(key.get(i), value));
        }
        return Collections.unmodifiableMap(values);
    }
}
