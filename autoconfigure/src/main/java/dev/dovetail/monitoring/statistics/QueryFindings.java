package dev.dovetail.monitoring.statistics;

import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Findings of one kind, the 100 that were seen last. Safe for use by several threads. */
final class QueryFindings {

    private static final int MOST = 100;

    private final Consumer<QueryFinding> onFirst;
    private final Map<Key, QueryFinding> known = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, QueryFinding> eldest) {
            return size() > MOST;
        }
    };

    private int told;

    private record Key(long statement, @Nullable String operation) {}

    /** @param onFirst told of a finding when it is first seen, of so many at most */
    QueryFindings(Consumer<QueryFinding> onFirst) {
        this.onFirst = onFirst;
    }

    /**
     * It was seen.
     *
     * @param again whether this goes on with what was counted before
     * @param size how many times, or rows
     */
    void seen(Fingerprint statement, @Nullable String operation, boolean again, long size, Instant now) {
        Key key = new Key(statement.hash(), operation);
        if (!update(key, again, size, now)) {
            QueryFinding first = new QueryFinding(
                    statement.id(), statement.text(), operation, CallingCode.find(), 1, size, now, now);
            if (!putIfAbsent(key, first)) {
                update(key, again, size, now);
            } else if (isToBeTold()) {
                onFirst.accept(first);
            }
        }
    }

    private synchronized boolean putIfAbsent(Key key, QueryFinding first) {
        return known.putIfAbsent(key, first) == null;
    }

    // Where there are more than can be remembered, each would be the first one again and again.
    private synchronized boolean isToBeTold() {
        if (told == MOST) {
            return false;
        }
        told++;
        return true;
    }

    private synchronized boolean update(Key key, boolean again, long size, Instant now) {
        QueryFinding before = known.get(key);
        if (before == null) {
            return false;
        }
        known.put(
                key,
                new QueryFinding(
                        before.id(),
                        before.text(),
                        before.operation(),
                        before.caller(),
                        before.times() + (again ? 0 : 1),
                        Math.max(before.most(), size),
                        before.first(),
                        now));
        return true;
    }

    /** Those that were seen since, the largest first. */
    synchronized List<QueryFinding> since(Instant moment, int top) {
        return known.values().stream()
                .filter(each -> !each.last().isBefore(moment))
                .sorted(Comparator.comparingLong(QueryFinding::most)
                        .thenComparingLong(QueryFinding::times)
                        .reversed()
                        .thenComparing(QueryFinding::id))
                .limit(top)
                .toList();
    }
}
