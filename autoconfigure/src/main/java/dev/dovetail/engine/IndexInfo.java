package dev.dovetail.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An index.
 *
 * @param name of the index
 * @param columns what it is over, in order: names of columns, or expressions as the database writes them
 * @param unique whether it admits each value once
 * @param condition which rows a partial index holds, as SQL; null if all
 */
public record IndexInfo(
        String name,
        List<String> columns,
        boolean unique,
        @Nullable String condition) {

    public IndexInfo {
        columns = List.copyOf(columns);
    }
}
