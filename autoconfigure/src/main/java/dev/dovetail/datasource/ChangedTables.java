package dev.dovetail.datasource;

import java.util.Set;

/**
 * What a transaction has changed.
 *
 * @param tables by the names that the engine tells them apart by
 * @param everything whether it may have changed any table
 */
public record ChangedTables(Set<String> tables, boolean everything) {

    /** Maybe everything. */
    public static final ChangedTables EVERYTHING = new ChangedTables(Set.of(), true);

    public ChangedTables {
        tables = Set.copyOf(tables);
    }
}
