package dev.dovetail.datasource;

import java.util.HashSet;
import java.util.Set;

/**
 * What was changed.
 *
 * @param tables by the names that the engine tells them apart by
 * @param everything whether it may have been any table
 * @param schema whether it may have been what is known of statements, such as which tables a view has or what a trigger does
 */
public record ChangedTables(Set<String> tables, boolean everything, boolean schema) {

    /** Maybe everything, the schema too. */
    public static final ChangedTables EVERYTHING = new ChangedTables(Set.of(), true, true);

    /** Maybe any table, but not the schema. */
    public static final ChangedTables ANY_TABLE = new ChangedTables(Set.of(), true, false);

    /** Nothing. */
    public static final ChangedTables NONE = of(Set.of());

    public ChangedTables {
        tables = Set.copyOf(tables);
    }

    /** These tables. */
    public static ChangedTables of(Set<String> tables) {
        return new ChangedTables(tables, false, false);
    }

    /** Both. */
    public ChangedTables and(ChangedTables other) {
        Set<String> both = new HashSet<>(tables);
        both.addAll(other.tables);
        return new ChangedTables(both, everything || other.everything, schema || other.schema);
    }

    /** Whether nothing was changed. */
    public boolean isNone() {
        return tables.isEmpty() && !everything && !schema;
    }
}
