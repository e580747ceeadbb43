package dev.dovetail.monitoring.statistics;

import java.lang.ref.WeakReference;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How often each query was executed in the units that one thread is in: nearly always one, and some more where transactions
 * are suspended for others. Belongs to the thread.
 */
final class UnitCounts {

    private static final int MOST_UNITS = 4;

    private final Unit[] units = new Unit[MOST_UNITS];
    private int next;

    UnitCounts() {
        Arrays.setAll(units, i -> new Unit());
    }

    /** Counts a query in a transaction; returns how often it was executed there. */
    int count(long transaction, long query) {
        for (Unit unit : units) {
            if (unit.transaction == transaction) {
                return unit.count(query);
            }
        }
        return begin(transaction, null).count(query);
    }

    /** Counts a query outside of transactions; returns how often it was executed in this unit. */
    int count(Object scope, long query) {
        for (Unit unit : units) {
            if (unit.scope != null && unit.scope.refersTo(scope)) {
                return unit.count(query);
            }
        }
        return begin(0, scope).count(query);
    }

    // The one that was begun first is over, most likely.
    private Unit begin(long transaction, @Nullable Object scope) {
        Unit unit = units[next];
        next = (next + 1) % MOST_UNITS;
        unit.begin(transaction, scope == null ? null : new WeakReference<>(scope));
        return unit;
    }

    private static final class Unit {

        private static final int MOST_QUERIES = 64;

        private long transaction;
        private @Nullable WeakReference<Object> scope;
        private long[] queries = new long[8];
        private int[] counts = new int[8];
        private int size;
        private int oldest;

        void begin(long transaction, @Nullable WeakReference<Object> scope) {
            this.transaction = transaction;
            this.scope = scope;
            this.size = 0;
            this.oldest = 0;
        }

        int count(long query) {
            for (int i = 0; i < size; i++) {
                if (queries[i] == query) {
                    return ++counts[i];
                }
            }
            int place = place();
            queries[place] = query;
            counts[place] = 1;
            return 1;
        }

        private int place() {
            if (size == MOST_QUERIES) {
                oldest = (oldest + 1) % MOST_QUERIES;
                return oldest;
            }
            if (size == queries.length) {
                queries = Arrays.copyOf(queries, 2 * size);
                counts = Arrays.copyOf(counts, 2 * size);
            }
            return size++;
        }
    }
}
