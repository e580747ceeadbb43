package dev.dovetail.repository.table;

import dev.dovetail.engine.ColumnInfo;
import dev.dovetail.engine.TableInfo;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes inserts as SQL. */
final class InsertWriter {

    private final TableInfo table;

    InsertWriter(TableInfo table) {
        this.table = table;
    }

    /** Rows of the same columns; none of them for one row of defaults. */
    SqlText insert(List<ColumnInfo> columns, List<@Nullable Object[]> rows, String beforeValues) {
        SqlText sql = new SqlText().add("INSERT INTO ").add(Names.quoted(table));
        if (columns.isEmpty()) {
            return sql.add(" DEFAULT VALUES");
        }
        String row = "(" + "?, ".repeat(columns.size() - 1) + "?)";
        sql.add(columns.stream()
                        .map(column -> Names.quoted(column.name()))
                        .collect(Collectors.joining(", ", " (", ") ")))
                .add(beforeValues)
                .add("VALUES ")
                .add((row + ", ").repeat(rows.size() - 1))
                .add(row);
        for (@Nullable Object[] values : rows) {
            for (Object value : values) {
                sql.bind(value);
            }
        }
        return sql;
    }

    SqlText insert(GivenRow row) {
        List<@Nullable Object[]> one = new ArrayList<>();
        one.add(row.values());
        return insert(columns(row), one, "");
    }

    List<ColumnInfo> columns(GivenRow row) {
        return GivenRow.columns(table.columns(), row.columns());
    }

    /** The row, or its values for the row that has the same in these columns. Its primary key stays as it is. */
    SqlText upsert(GivenRow row, List<String> conflict) {
        SqlText sql = insert(row);
        List<String> changed = columns(row).stream()
                .map(ColumnInfo::name)
                .filter(name -> !conflict.contains(name) && !table.primaryKey().contains(name))
                .toList();
        // Something must be set, or the row that is there would not be returned.
        List<String> set = changed.isEmpty() ? conflict : changed;
        return sql.add(quoted(conflict).collect(Collectors.joining(", ", " ON CONFLICT (", ") DO UPDATE SET ")))
                .add(quoted(set).map(name -> name + " = excluded." + name).collect(Collectors.joining(", ")));
    }

    SqlText returning(SqlText sql, Collection<Output> outputs) {
        return sql.add(outputs.stream().map(Output::sql).collect(Collectors.joining(", ", " RETURNING ", "")));
    }

    /** The columns by their names in the schema, if one unique key is over exactly these. */
    List<String> conflictColumns(List<String> columns) {
        Set<String> wanted = Set.copyOf(columns);
        List<Set<String>> keys = table.indexes().stream()
                .filter(index -> index.unique() && index.condition() == null)
                .map(index -> Set.copyOf(index.columns()))
                .collect(Collectors.toList());
        if (!table.primaryKey().isEmpty()) {
            keys.add(0, Set.copyOf(table.primaryKey()));
        }
        if (keys.stream().noneMatch(wanted::equals)) {
            throw Misuse.of(
                    "An upsert needs a unique key over exactly the columns %s of table \"%s\". Its unique keys are %s.",
                    columns,
                    table.name(),
                    keys.stream()
                            .map(key -> key.stream().sorted().toList().toString())
                            .distinct()
                            .collect(Collectors.joining(", ", "", "")));
        }
        return columns;
    }

    private static java.util.stream.Stream<String> quoted(List<String> names) {
        return names.stream().map(Names::quoted);
    }
}
