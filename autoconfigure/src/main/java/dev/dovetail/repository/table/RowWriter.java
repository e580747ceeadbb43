package dev.dovetail.repository.table;

import dev.dovetail.datasource.LoadingConnection;
import dev.dovetail.engine.BulkLoad;
import dev.dovetail.engine.ColumnInfo;
import dev.dovetail.engine.TableInfo;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes rows into one table, in one transaction: in the engine's own way for many where it has one, else by INSERT. */
final class RowWriter {

    private static final int FEWEST_TO_LOAD = 50;
    private static final int MOST_ROWS_PER_STATEMENT = 100;

    private record Shape(BitSet columns, boolean numbered) {}

    private final Statements statements;
    private final TableInfo table;
    private final InsertWriter writer;
    private final Map<Shape, Optional<String>> loads = new HashMap<>();
    private long written;

    RowWriter(Statements statements, TableInfo table, InsertWriter writer) {
        this.statements = statements;
        this.table = table;
        this.writer = writer;
    }

    /** How many rows were stored by now. */
    long written() {
        return written;
    }

    /**
     * @param numbered whether the rows have numbers that were allocated for them
     * @param before how many rows the caller gave before these; negative if these do not follow one upon the other
     */
    void write(List<GivenRow> rows, boolean numbered, long before) {
        Map<BitSet, List<@Nullable Object[]>> alike = new LinkedHashMap<>();
        for (GivenRow row : rows) {
            alike.computeIfAbsent(row.columns(), columns -> new ArrayList<>()).add(row.values());
        }
        alike.forEach((columns, values) -> {
            long stored = write(new Shape(columns, numbered), values, values.size() == rows.size() ? before : -1);
            // What a view's trigger does with a row no engine counts.
            if (stored != values.size() && !table.view()) {
                throw Misuse.of(
                        "Table \"%s\" took %d rows, but stored %d: a trigger or a rule of the database kept the others away",
                        table.name(), values.size(), stored);
            }
            written += values.size();
        });
    }

    private long write(Shape shape, List<@Nullable Object[]> rows, long before) {
        List<ColumnInfo> columns = GivenRow.columns(table.columns(), shape.columns);
        Optional<String> load = rows.size() < FEWEST_TO_LOAD
                ? Optional.empty()
                : loads.computeIfAbsent(shape, each -> statement(columns, each.numbered));
        return load.isPresent()
                ? statements.load(new BulkLoad(load.get(), columns, rows, before))
                : insert(
                        columns,
                        rows,
                        shape.numbered ? statements.engine().sql().givenKeys() : "");
    }

    private Optional<String> statement(List<ColumnInfo> columns, boolean numbered) {
        return statements.onConnection(connection -> connection.isWrapperFor(LoadingConnection.class)
                ? Optional.ofNullable(statements.engine().loadStatement(connection, table, columns, numbered))
                : Optional.empty());
    }

    private long insert(List<ColumnInfo> columns, List<@Nullable Object[]> rows, String beforeValues) {
        int most = columns.isEmpty()
                ? 1
                : Math.max(
                        1,
                        Math.min(
                                MOST_ROWS_PER_STATEMENT,
                                statements.engine().sql().maxParameters() / columns.size()));
        long stored = 0;
        for (int from = 0; from < rows.size(); from += most) {
            List<@Nullable Object[]> part = rows.subList(from, Math.min(rows.size(), from + most));
            stored += statements.update(writer.insert(columns, part, beforeValues));
        }
        return stored;
    }
}
