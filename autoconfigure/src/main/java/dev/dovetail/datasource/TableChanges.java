package dev.dovetail.datasource;

import dev.dovetail.engine.StatementTables;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What one transaction changes, as its statements run. Used by one thread. */
final class TableChanges {

    private final Set<ChangeCounter> counters = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<String> tables = new HashSet<>();
    private boolean everything;
    private boolean schema;
    private boolean announced;
    private int since = -1;

    /** Adds what a statement changes; of the rows that it names, this one is known. */
    void add(TableVersions versions, StatementTables statement, @Nullable Object row) {
        everything |= statement.writesAll();
        schema |= statement.changesSchema();
        for (String table : statement.written()) {
            tables.add(table);
            versions.table(table).changedBy(statement.effect(), row, counters);
        }
    }

    /** Notes of which version the schema was before it was looked up what a statement changes. */
    void since(int version) {
        since = since < 0 ? version : since;
    }

    /** A statement that waited for a change of the schema may have done what a new trigger says. */
    boolean addEverythingIfSchemaChanged(int version) {
        boolean changed = since >= 0 && since != version;
        everything |= changed;
        return changed;
    }

    void addEverything() {
        everything = true;
        schema = true;
    }

    Set<ChangeCounter> counters() {
        return counters;
    }

    boolean everything() {
        return everything;
    }

    /** Whether what is known of statements is not true any more. */
    boolean schema() {
        return schema;
    }

    /** Others are told of it in the transaction itself. */
    void markAnnounced() {
        announced = true;
    }

    boolean isAnnounced() {
        return announced;
    }

    ChangedTables summary() {
        return new ChangedTables(everything ? Set.of() : tables, everything, schema);
    }
}
