package dev.dovetail.datasource;

import java.util.Set;

/** From which tables something was read, and as of when. Immutable, and safe for use by several threads. */
public final class TableStamp {

    // The first is what is not heard of others.
    private final ChangeCounter[] dependencies;
    private final long stamp;
    private final Set<String> tables;

    TableStamp(ChangeCounter[] dependencies, long stamp, Set<String> tables) {
        this.dependencies = dependencies;
        this.stamp = stamp;
        this.tables = Set.copyOf(tables);
    }

    /** Whether nothing that it was read from has changed since, or is just being changed. Costs a few nanoseconds. */
    public boolean isCurrent() {
        return isCurrent(0);
    }

    /** The same as far as this process itself knows, where it cannot hear of others at the moment. */
    public boolean isCurrentHere() {
        return isCurrent(1);
    }

    private boolean isCurrent(int first) {
        for (int i = first; i < dependencies.length; i++) {
            if (!dependencies[i].isUnchangedSince(stamp)) {
                return false;
            }
        }
        return true;
    }

    /** The tables; empty if it was read from any of them. */
    public Set<String> tables() {
        return tables;
    }

    ChangeCounter[] dependencies() {
        return dependencies;
    }

    long stamp() {
        return stamp;
    }
}
