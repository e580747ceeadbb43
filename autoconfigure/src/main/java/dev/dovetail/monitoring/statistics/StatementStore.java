package dev.dovetail.monitoring.statistics;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A bounded number of statements, each with figures of its own, and all others together. Which ones are kept follows their use:
 * one that is not kept takes the place of one that was used less in the last hour, whose figures then go to the others, so that
 * the sum of all is exact at any time. Safe for use by several threads.
 */
final class StatementStore {

    /** After so many uses it is asked for the first time whether one should be kept, and then after each doubling. */
    private static final int USES_TO_BE_KEPT = 8;

    static final int MINUTES_OF_USE = 60;

    private final int capacity;
    private final Map<Long, KeptStatement> kept = new HashMap<>();
    private final Map<Long, Integer> candidates;
    private final KeptStatement others = KeptStatement.others();

    StatementStore(int capacity) {
        this.capacity = capacity;
        this.candidates = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Long, Integer> eldest) {
                return size() > 2 * capacity;
            }
        };
    }

    /** Counts an execution; returns where it was counted. */
    KeptStatement add(Fingerprint fingerprint, boolean query, Execution execution) {
        KeptStatement known = fingerprint.kept();
        if (known != null && known.figures().add(execution)) {
            return known;
        }
        KeptStatement found = find(fingerprint, query, execution);
        while (!found.figures().add(execution)) {
            found = find(fingerprint, query, execution);
        }
        return found;
    }

    private synchronized KeptStatement find(Fingerprint fingerprint, boolean query, Execution execution) {
        KeptStatement found = kept.get(fingerprint.hash());
        if (found == null && (kept.size() < capacity || takesPlace(fingerprint.hash(), execution.minute()))) {
            found = new KeptStatement(fingerprint, query);
            kept.put(fingerprint.hash(), found);
        }
        fingerprint.keptAs(found);
        return found == null ? others : found;
    }

    private boolean takesPlace(long hash, long minute) {
        int uses = candidates.merge(hash, 1, Integer::sum);
        if (uses < USES_TO_BE_KEPT || Integer.bitCount(uses) != 1) {
            return false;
        }
        KeptStatement least = leastUsed(minute);
        if (least == null || uses(least, minute) >= uses) {
            return false;
        }
        candidates.remove(hash);
        kept.remove(least.hash());
        others.figures().add(least.figures().close());
        return true;
    }

    private @Nullable KeptStatement leastUsed(long minute) {
        return kept.values().stream()
                .min(Comparator.comparingLong(each -> uses(each, minute)))
                .orElse(null);
    }

    private static long uses(KeptStatement statement, long minute) {
        return statement.figures().sum(minute - MINUTES_OF_USE, minute).count;
    }

    /** Those that are kept. */
    synchronized List<KeptStatement> kept() {
        return new ArrayList<>(kept.values());
    }

    /** All those together that are not kept. */
    KeptStatement others() {
        return others;
    }
}
