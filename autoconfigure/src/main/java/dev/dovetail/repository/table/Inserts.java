package dev.dovetail.repository.table;

import dev.dovetail.engine.ColumnInfo;
import dev.dovetail.engine.TableInfo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Puts rows into one table. */
final class Inserts {

    private static final int ROWS_IN_HAND = 1000;
    private static final int MOST_ROWS_PER_STATEMENT = 100;

    private final Statements statements;
    private final TableInfo table;
    private final Values values;
    private final InsertWriter writer;
    private final Expressions expressions;

    Inserts(Statements statements, TableInfo table) {
        this.statements = statements;
        this.table = table;
        this.expressions = new Expressions(Source.of(table), statements.engine());
        this.values = expressions.values();
        this.writer = new InsertWriter(table);
    }

    Map<String, @Nullable Object> insert(Object row) {
        GivenRow given = GivenRow.of(table, values, row);
        return stored(writer.insert(given.columns(), List.of(given), ""));
    }

    Map<String, @Nullable Object> upsert(Object row, String... conflictColumns) {
        List<String> conflict = writer.conflictColumns(Arrays.stream(conflictColumns)
                .map(name -> expressions.source().column(name).column().name())
                .toList());
        GivenRow given = GivenRow.of(table, values, row);
        for (String name : conflict) {
            if (given.columns().stream().noneMatch(column -> column.name().equals(name))) {
                throw Misuse.of(
                        "The row has no value for column \"%s\" of table \"%s\", by which the one that is there is found",
                        name, table.name());
            }
        }
        return stored(writer.upsert(given, conflict));
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
                return inHandfuls(rows.iterator());
            }
        });
    }

    private long inHandfuls(Iterator<?> rows) {
        long count = 0;
        List<GivenRow> handful = new ArrayList<>();
        while (rows.hasNext()) {
            handful.add(GivenRow.of(table, values, rows.next()));
            count++;
            if (handful.size() == ROWS_IN_HAND || !rows.hasNext()) {
                insertByColumns(handful, "");
                handful.clear();
            }
        }
        return count;
    }

    /** The rows, and their primary keys in the same order. */
    List<Map<String, @Nullable Object>> insertAll(Iterable<?> rows) {
        List<ColumnInfo> key = table.primaryKey().stream()
                .map(name -> expressions.source().column(name).column())
                .toList();
        return statements.writing(() -> {
            List<Map<String, @Nullable Object>> keys = new ArrayList<>();
            List<GivenRow> handful = new ArrayList<>();
            Iterator<?> each = rows.iterator();
            while (each.hasNext()) {
                handful.add(GivenRow.of(table, values, each.next()));
                if (handful.size() == ROWS_IN_HAND || !each.hasNext()) {
                    keys.addAll(insertWithKeys(handful, key));
                    handful.clear();
                }
            }
            return Collections.unmodifiableList(keys);
        });
    }

    // No engine promises in which order RETURNING returns, so keys are known before, or asked for row by row.
    private List<Map<String, @Nullable Object>> insertWithKeys(List<GivenRow> rows, List<ColumnInfo> key) {
        List<GivenRow> complete = rows.stream().filter(row -> has(row, key)).toList();
        insertByColumns(complete, "");
        List<GivenRow> lacking = rows.stream().filter(row -> !has(row, key)).toList();
        Iterator<Long> numbers = lacking.isEmpty() ? Collections.emptyIterator() : numbers(lacking, key);
        List<GivenRow> numbered = new ArrayList<>();
        List<Map<String, @Nullable Object>> keys = new ArrayList<>();
        for (GivenRow row : rows) {
            if (has(row, key)) {
                keys.add(keyOf(row, key));
            } else if (numbers.hasNext()) {
                GivenRow withNumber = numbered(row, key.get(0), numbers.next());
                numbered.add(withNumber);
                keys.add(keyOf(withNumber, key));
            } else {
                keys.add(returned(writer.insert(row.columns(), List.of(row), ""), outputs(key)));
            }
        }
        insertByColumns(numbered, statements.engine().sql().givenKeys());
        return keys;
    }

    private Iterator<Long> numbers(List<GivenRow> lacking, List<ColumnInfo> key) {
        if (key.size() != 1 || !key.get(0).identity()) {
            return Collections.emptyIterator();
        }
        return statements
                .onConnection(connection ->
                        statements.engine().sql().allocateKeys(connection, table, key.get(0), lacking.size()))
                .iterator();
    }

    private GivenRow numbered(GivenRow row, ColumnInfo column, Long number) {
        Map<ColumnInfo, @Nullable Object> bound = new LinkedHashMap<>(row.bound());
        bound.put(column, values.encode(table, column, number));
        Map<ColumnInfo, @Nullable Object> given = new LinkedHashMap<>(row.given());
        given.put(column, number);
        return new GivenRow(bound, given);
    }

    private static boolean has(GivenRow row, List<ColumnInfo> key) {
        return row.bound().keySet().containsAll(key);
    }

    private Map<String, @Nullable Object> keyOf(GivenRow row, List<ColumnInfo> key) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (ColumnInfo column : key) {
            Object given = row.given().get(column);
            values.put(column.name(), given == null ? null : Values.normalized(column, given));
        }
        return Collections.unmodifiableMap(values);
    }

    private void insertByColumns(List<GivenRow> rows, String beforeValues) {
        Map<List<ColumnInfo>, List<GivenRow>> byColumns = new LinkedHashMap<>();
        for (GivenRow row : rows) {
            byColumns
                    .computeIfAbsent(row.columns(), columns -> new ArrayList<>())
                    .add(row);
        }
        byColumns.forEach((columns, alike) -> insert(columns, alike, beforeValues));
    }

    private void insert(List<ColumnInfo> columns, List<GivenRow> rows, String beforeValues) {
        int most = columns.isEmpty()
                ? 1
                : Math.max(
                        1,
                        Math.min(
                                MOST_ROWS_PER_STATEMENT,
                                statements.engine().sql().maxParameters() / columns.size()));
        for (int from = 0; from < rows.size(); from += most) {
            List<GivenRow> part = rows.subList(from, Math.min(rows.size(), from + most));
            statements.update(writer.insert(columns, part, beforeValues));
        }
    }
}
