package dev.dovetail.datasource;

import dev.dovetail.engine.StatementTables.Effect;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** When a table last changed, as a whole and by rows. Safe for use by several threads. */
final class TableVersion {

    private static final int STRIPES = 256;

    private final ChangeCounter whole = new ChangeCounter();
    private final ChangeCounter unknownRows = new ChangeCounter();
    private final ChangeCounter newRows = new ChangeCounter();
    private final AtomicReferenceArray<@Nullable ChangeCounter> stripes = new AtomicReferenceArray<>(STRIPES);

    /** What whoever reads rows by any condition depends on. */
    ChangeCounter whole() {
        return whole;
    }

    /** Adds what depends on a change. */
    void changedBy(Effect effect, @Nullable Object row, Collection<ChangeCounter> counters) {
        counters.add(whole);
        counters.add(rows(effect, row));
    }

    private ChangeCounter rows(Effect effect, @Nullable Object row) {
        return switch (effect) {
            case ANY_ROWS -> unknownRows;
            case NAMED_ROWS -> row == null ? unknownRows : stripe(row);
            case NEW_ROWS -> newRows;
        };
    }

    /** Adds what the row with this id depends on, or that there is none. */
    void dependenciesOf(Object row, boolean found, Collection<ChangeCounter> counters) {
        counters.add(unknownRows);
        counters.add(stripe(row));
        if (!found) {
            counters.add(newRows);
        }
    }

    private ChangeCounter stripe(Object row) {
        int hash = row instanceof Number number ? Long.hashCode(number.longValue()) : row.hashCode();
        int index = (hash ^ (hash >>> 8) ^ (hash >>> 16)) & (STRIPES - 1);
        ChangeCounter known = stripes.get(index);
        if (known != null) {
            return known;
        }
        ChangeCounter made = new ChangeCounter();
        ChangeCounter before = stripes.compareAndExchange(index, null, made);
        return before == null ? made : before;
    }
}
