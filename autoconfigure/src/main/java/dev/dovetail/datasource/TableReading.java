package dev.dovetail.datasource;

import dev.dovetail.engine.StatementTables;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Watches what the current thread reads from a database while it is open, so that the result can be kept for as long as it is
 * current. Readings may be inside of each other. To be closed by the thread that began it.
 */
public final class TableReading implements AutoCloseable {

    private static final ThreadLocal<@Nullable TableReading> CURRENT = new ThreadLocal<>();

    private final TableVersions versions;
    private final @Nullable TableReading outer;
    private final Set<String> tables = new HashSet<>();
    private final Set<ChangeCounter> included = Collections.newSetFromMap(new IdentityHashMap<>());
    private long stamp;
    private long since = Long.MAX_VALUE;
    private int statements;
    private boolean readsAll;
    private boolean unrepeatable;
    private boolean written;

    private TableReading(TableVersions versions, @Nullable TableReading outer) {
        this.versions = versions;
        this.outer = outer;
        this.stamp = versions.now();
    }

    /** Begins to watch the current thread. */
    public static TableReading of(TableVersions versions) {
        TableReading reading = new TableReading(versions, CURRENT.get());
        CURRENT.set(reading);
        return reading;
    }

    /** Whether the current thread is watched. */
    public static boolean isActive() {
        return CURRENT.get() != null;
    }

    /** Something takes part in what the current thread reads that was kept since then, by its keeper's clock. */
    public static void include(TableStamp kept, long since) {
        for (TableReading each = CURRENT.get(); each != null; each = each.outer) {
            each.add(kept, since);
        }
    }

    /** Reads something of which the current thread's result holds nothing, such as which tables there are. */
    public static <T> T apart(Supplier<T> reading) {
        TableReading current = CURRENT.get();
        if (current == null) {
            return reading.get();
        }
        CURRENT.remove();
        try {
            return reading.get();
        } finally {
            CURRENT.set(current);
        }
    }

    private void add(TableStamp kept, long keptSince) {
        statements++;
        since = Math.min(since, keptSince);
        stamp = Math.min(stamp, kept.stamp());
        tables.addAll(kept.tables());
        Collections.addAll(included, kept.dependencies());
    }

    /** A statement is about to be executed whose snapshot begins no earlier than this. */
    static void statement(
            TableVersions versions, StatementTables statement, long snapshot, boolean lags, boolean writes) {
        for (TableReading each = CURRENT.get(); each != null; each = each.outer) {
            each.add(versions, statement, snapshot, lags);
            each.written |= writes;
        }
    }

    private void add(TableVersions others, StatementTables statement, long snapshot, boolean lags) {
        statements++;
        readsAll |= statement.readsAll();
        unrepeatable |= lags || !statement.repeatable() || others != versions;
        stamp = Math.min(stamp, snapshot);
        tables.addAll(statement.read());
    }

    /** Since when the oldest part of it was kept; the greatest number if all of it was just read. */
    public long since() {
        return since;
    }

    /** Whether anything was read, or changed, by this thread. */
    public boolean hasRead() {
        return statements > 0;
    }

    /** Whether something was changed, or may have been. */
    public boolean hasWritten() {
        return written;
    }

    /**
     * What the result depends on; null if it must not be kept: nothing was read by this thread through this database's
     * connections, something was changed, or it is not the same for everybody.
     */
    public @Nullable TableStamp stamp() {
        if (!isKept()) {
            return null;
        }
        List<ChangeCounter> dependencies = common();
        if (readsAll) {
            dependencies.add(versions.anything());
        }
        for (String table : tables) {
            dependencies.add(versions.table(table).whole());
        }
        return versions.stamp(dependencies, stamp, readsAll ? Set.of() : tables);
    }

    /**
     * The same for what was found by its primary key. If that took one statement on one table, it does not depend on other rows.
     *
     * @param row the key
     * @param found whether there is such a row
     */
    public @Nullable TableStamp stampOfRow(Object row, boolean found) {
        if (!isKept() || statements != 1 || readsAll || !included.isEmpty() || tables.size() != 1) {
            return stamp();
        }
        List<ChangeCounter> dependencies = common();
        versions.table(tables.iterator().next()).dependenciesOf(row, found, dependencies);
        return versions.stamp(dependencies, stamp, tables);
    }

    private boolean isKept() {
        return statements > 0 && !written && !unrepeatable;
    }

    private List<ChangeCounter> common() {
        List<ChangeCounter> dependencies = new ArrayList<>(List.of(versions.outside(), versions.everything()));
        for (ChangeCounter each : included) {
            if (each != versions.outside() && each != versions.everything()) {
                dependencies.add(each);
            }
        }
        return dependencies;
    }

    @Override
    public void close() {
        if (outer == null) {
            CURRENT.remove();
        } else {
            CURRENT.set(outer);
        }
    }
}
