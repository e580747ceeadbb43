package dev.dovetail.monitoring.statistics;

import dev.dovetail.engine.QueryPlan;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** What is known of one statement, or of all those together that are not kept one by one. Safe for use by several threads. */
final class KeptStatement {

    private static final int MOST_CALLERS = 8;
    private static final int MOST_QUESTIONS = 3;

    private final String id;
    private final long hash;
    private final String text;
    private final boolean query;
    private final Figures figures = new Figures(false);
    private final Throttle slowWarnings = new Throttle();
    private final AtomicBoolean explained = new AtomicBoolean();
    private final AtomicInteger unexplained = new AtomicInteger();
    private volatile String[] callers = {};
    private volatile @Nullable QueryPlan plan;

    KeptStatement(Fingerprint fingerprint, boolean query) {
        this.id = fingerprint.id();
        this.hash = fingerprint.hash();
        this.text = fingerprint.text();
        this.query = query;
    }

    private KeptStatement(String name) {
        this.id = name;
        this.hash = 0;
        this.text = name;
        this.query = false;
    }

    /** All those that are not kept one by one. */
    static KeptStatement others() {
        return new KeptStatement("other");
    }

    long hash() {
        return hash;
    }

    Figures figures() {
        return figures;
    }

    Throttle slowWarnings() {
        return slowWarnings;
    }

    void calledBy(@Nullable String operation) {
        if (operation != null && !isKnown(operation)) {
            remember(operation);
        }
    }

    private boolean isKnown(String operation) {
        String[] known = callers;
        for (String each : known) {
            if (each.equals(operation)) {
                return true;
            }
        }
        return known.length == MOST_CALLERS;
    }

    private synchronized void remember(String operation) {
        if (!isKnown(operation)) {
            String[] more = Arrays.copyOf(callers, callers.length + 1);
            more[more.length - 1] = operation;
            callers = more;
        }
    }

    /** Whether its plan was not asked for yet; it is from now on. */
    boolean isToBeExplained() {
        return hash != 0 && !explained.get() && explained.compareAndSet(false, true);
    }

    /** Nobody has asked for it after all. */
    void explainLater() {
        explained.set(false);
    }

    /** There was no answer: when queries are slow there is often no connection, either. Some others are never answered. */
    void couldNotBeExplained() {
        if (unexplained.incrementAndGet() < MOST_QUESTIONS) {
            explained.set(false);
        }
    }

    void runsBy(QueryPlan known) {
        plan = known;
    }

    private List<String> callers() {
        return List.of(callers);
    }

    /** All there is since it is kept. */
    StatementFigures all() {
        Minute all = figures.sum();
        return new StatementFigures(
                id,
                text,
                query,
                all.count,
                all.errors,
                all.slow,
                all.rows,
                all.nanos,
                all.mean(),
                all.longest,
                all.percentile(0.5),
                all.percentile(0.95),
                all.percentile(0.99),
                callers(),
                moment(all.first, all.count),
                moment(all.last, all.count),
                plan);
    }

    private static Instant moment(long millis, long count) {
        return count == 0 ? Instant.EPOCH : Instant.ofEpochMilli(millis);
    }

    /** The minutes from one to another one, both included. */
    StatementInsight between(long from, long to) {
        Minute sum = figures.sum(from, to);
        return new StatementInsight(id, text, sum.count, sum.errors, sum.mean(), sum.longest, sum.nanos, callers());
    }
}
