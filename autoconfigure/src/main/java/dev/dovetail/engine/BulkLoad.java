package dev.dovetail.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows that are put into one table at once, in the engine's own way for many.
 *
 * @param sql what {@link DatabaseEngine#loadStatement} returned for the table and the columns
 * @param columns which columns the rows have values for
 * @param rows for each column what its {@link ColumnCodec} made of the value, null for NULL
 * @param before how many rows of the same call came before, from which errors count on; negative if that is not known
 */
public record BulkLoad(String sql, List<ColumnInfo> columns, List<? extends @Nullable Object[]> rows, long before) {

    public BulkLoad {
        columns = List.copyOf(columns);
    }
}
