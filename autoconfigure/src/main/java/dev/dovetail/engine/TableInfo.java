package dev.dovetail.engine;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A table or view, as the database describes it.
 *
 * @param schema the schema it lies in; null on engines without schemas
 * @param name as the database spells it
 * @param view whether it is a view, materialized or not
 * @param columns in their order
 * @param primaryKey the names of the columns of the primary key, in the key's order; empty without one
 * @param foreignKeys references to other tables
 * @param indexes including those behind constraints
 * @param keptColumns those that an UPDATE does better not to set to the value that they have, as setting them costs more than
 *     comparing them; empty if none are
 */
public record TableInfo(
        @Nullable String schema,
        String name,
        boolean view,
        List<ColumnInfo> columns,
        List<String> primaryKey,
        List<ForeignKeyInfo> foreignKeys,
        List<IndexInfo> indexes,
        List<KeptColumn> keptColumns) {

    public TableInfo {
        columns = List.copyOf(columns);
        primaryKey = List.copyOf(primaryKey);
        foreignKeys = List.copyOf(foreignKeys);
        indexes = List.copyOf(indexes);
        keptColumns = List.copyOf(keptColumns);
    }

    /** One in which setting a column to the value that it has costs nothing. */
    public TableInfo(
            @Nullable String schema,
            String name,
            boolean view,
            List<ColumnInfo> columns,
            List<String> primaryKey,
            List<ForeignKeyInfo> foreignKeys,
            List<IndexInfo> indexes) {
        this(schema, name, view, columns, primaryKey, foreignKeys, indexes, List.of());
    }

    /** The column of this name; letter case decides only between columns that otherwise have the same. */
    public Optional<ColumnInfo> column(String columnName) {
        return columns.stream()
                .filter(column -> column.name().equals(columnName))
                .findFirst()
                .or(() -> columns.stream()
                        .filter(column -> lower(column.name()).equals(lower(columnName)))
                        .findFirst());
    }

    /** Whether this column is the number of the row, so that rows are found by it without an index beside the table. */
    public boolean isRowNumber(String columnName) {
        return primaryKey.equals(List.of(columnName))
                && column(columnName).filter(ColumnInfo::identity).isPresent();
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
