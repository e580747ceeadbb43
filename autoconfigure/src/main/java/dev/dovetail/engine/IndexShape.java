package dev.dovetail.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All of an index that decides whether another one can stand in for it.
 *
 * @param table qualified if need be
 * @param name as messages and SQL have it
 * @param method how it is built, for example {@code btree}
 * @param parts what it is over, each with its direction, collation and operators
 * @param included columns that it only carries along
 * @param condition which rows it holds; null if all
 * @param unique whether it admits each value once
 * @param needed whether something else depends on it: a constraint, a replica
 */
public record IndexShape(
        String table,
        String name,
        String method,
        List<String> parts,
        List<String> included,
        @Nullable String condition,
        boolean unique,
        boolean needed) {

    public IndexShape {
        parts = List.copyOf(parts);
        included = List.copyOf(included);
    }

    /** Whether everything that this one does, the other one does as well. */
    boolean isReplacedBy(IndexShape other) {
        if (needed || !table.equals(other.table) || !method.equals(other.method) || !sameRows(other)) {
            return false;
        }
        boolean same = parts.equals(other.parts);
        return (same || (!unique && isOrdered() && isShorterThan(other)))
                && (!unique || other.unique)
                && other.included.containsAll(included);
    }

    private boolean sameRows(IndexShape other) {
        return String.valueOf(condition).equals(String.valueOf(other.condition));
    }

    // Only where entries are sorted by their first part does a longer one begin with the shorter.
    private boolean isOrdered() {
        return method.equals("btree");
    }

    private boolean isShorterThan(IndexShape other) {
        return parts.size() < other.parts.size()
                && other.parts.subList(0, parts.size()).equals(parts);
    }
}
