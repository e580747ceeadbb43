package dev.dovetail.repository;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.data.relational.core.mapping.AggregatePath;
import org.springframework.data.relational.domain.RowDocument;

/**
 * The rows of collections of several aggregates, read together, while these aggregates are made of them. For one thread.
 */
final class Children {

    private static final ThreadLocal<@Nullable Children> CURRENT = new ThreadLocal<>();

    private final Map<AggregatePath, Map<ParentKey, List<RowDocument>>> rows = new HashMap<>();

    void put(AggregatePath path, Map<ParentKey, List<RowDocument>> ofParents) {
        rows.computeIfAbsent(path, each -> new HashMap<>()).putAll(ofParents);
    }

    /** The rows of this parent; null if they were not read. */
    @Nullable
    List<RowDocument> of(AggregatePath path, ParentKey parent) {
        Map<ParentKey, List<RowDocument>> ofParents = rows.get(path);
        return ofParents == null ? null : ofParents.get(parent);
    }

    /** Those among which the running thread looks for children. */
    static @Nullable Children current() {
        return CURRENT.get();
    }

    /** Lets the running thread look for children among these. */
    <T> T during(Reading<T> work) throws SQLException {
        Children before = CURRENT.get();
        CURRENT.set(this);
        try {
            return work.read();
        } finally {
            if (before == null) {
                CURRENT.remove();
            } else {
                CURRENT.set(before);
            }
        }
    }

    /**
     * Makes something of rows.
     *
     * @param <T> what is made
     */
    interface Reading<T> {
        T read() throws SQLException;
    }
}
