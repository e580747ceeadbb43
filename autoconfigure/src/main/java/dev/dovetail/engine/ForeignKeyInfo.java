package dev.dovetail.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A reference from one table to another.
 *
 * @param name of the constraint; null where the database does not name it
 * @param columns those that refer, in order
 * @param referencedTable the table they refer to
 * @param referencedColumns its columns, in the same order
 * @param onDelete what happens when the referenced row is deleted, for example {@code CASCADE} or {@code NO ACTION}
 */
public record ForeignKeyInfo(
        @Nullable String name,
        List<String> columns,
        String referencedTable,
        List<String> referencedColumns,
        String onDelete) {

    public ForeignKeyInfo {
        columns = List.copyOf(columns);
        referencedColumns = List.copyOf(referencedColumns);
    }
}
