package dev.dovetail.engine;

import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An index.
 *
 * @param name of the index
 * @param columns what it is over, in order: names of columns, or expressions as the database writes them
 * @param unique whether it admits each value once
 * @param condition which rows a partial index holds, as SQL; null if all
 * @param parts what it does by each of its columns, in the same order
 */
public record IndexInfo(
        String name,
        List<String> columns,
        boolean unique,
        @Nullable String condition,
        List<IndexPart> parts) {

    public IndexInfo {
        columns = List.copyOf(columns);
        parts = List.copyOf(parts);
    }

    /** One that compares its columns as they themselves are compared, and sorts them upwards. */
    public IndexInfo(String name, List<String> columns, boolean unique, @Nullable String condition) {
        this(name, columns, unique, condition, Collections.nCopies(columns.size(), IndexPart.PLAIN));
    }
}
