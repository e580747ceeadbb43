package dev.dovetail.datasource;

import dev.dovetail.engine.DatabaseEngine;
import dev.dovetail.engine.StatementTables;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * When the tables of one database last changed, as far as this process knows. There is one clock, a counter. A table moves on it
 * just before a COMMIT is sent that changes it, and again when the COMMIT has returned or failed; in between nothing read from it
 * counts as current. So what was read is current if none of its tables has moved since before its snapshot began, whoever made
 * the change: it is seen at the connection.
 *
 * <p>Nothing is followed before {@link #watch()}. Safe for use by several threads.
 */
public class TableVersions {

    private final Map<String, TableVersion> tables = new ConcurrentHashMap<>();
    private final StatementTexts texts = new StatementTexts();
    private final ChangeCounter anything = new ChangeCounter();
    private final ChangeCounter everything = new ChangeCounter();
    private final ChangeCounter outside = new ChangeCounter();
    private final List<Undecided> undecided = new ArrayList<>();
    private final AtomicLong clock = new AtomicLong();
    private volatile boolean watched;
    private volatile @Nullable ChangeAnnouncer announcer;
    private volatile @Nullable OutsideChanges seen;
    private @Nullable Runnable beginning;

    /** A COMMIT of which nobody knows the outcome, and until when the server may still do it. */
    private record Undecided(TableChanges changes, long deadline) {}

    /** Follows changes from now on, for good. What began before counts as having changed everything. */
    public void watch() {
        if (!watched) {
            Runnable begun = begin();
            if (begun != null) {
                begun.run();
            }
        }
    }

    private synchronized @Nullable Runnable begin() {
        if (!watched) {
            watched = true;
            moveAll();
        }
        Runnable begun = beginning;
        beginning = null;
        return begun;
    }

    /** Runs this once: when changes are first followed, or now if they are already. */
    public void whenWatched(Runnable action) {
        Runnable begun;
        synchronized (this) {
            beginning = action;
            begun = watched ? begin() : null;
        }
        if (begun != null) {
            begun.run();
        }
    }

    /** Whether changes are followed. */
    public boolean isWatched() {
        return watched;
    }

    /** Has changes announced to others from now on; null for nobody. */
    public void announceTo(@Nullable ChangeAnnouncer other) {
        announcer = other;
    }

    void seeOutside(OutsideChanges changes) {
        seen = changes;
    }

    /** What is seen of other processes at the only writer; null where there are many, or none. */
    @Nullable
    OutsideChanges seenOutside() {
        return seen;
    }

    @Nullable
    ChangeAnnouncer announcer() {
        return announcer;
    }

    long now() {
        return clock.get();
    }

    TableVersion table(String name) {
        TableVersion known = tables.get(name);
        return known != null ? known : tables.computeIfAbsent(name, unseen -> new TableVersion());
    }

    ChangeCounter anything() {
        return anything;
    }

    ChangeCounter everything() {
        return everything;
    }

    ChangeCounter outside() {
        return outside;
    }

    /** Which tables a statement uses; remembered, unless the transaction that asks has itself changed the schema. */
    StatementTables tablesOf(DatabaseEngine engine, Connection connection, String sql, boolean remembered) {
        return texts.of(engine, connection, sql, remembered);
    }

    int schemaVersion() {
        return texts.schemaVersion();
    }

    /** What was read from these as of that moment. */
    TableStamp stamp(Collection<ChangeCounter> dependencies, long asOf, Set<String> names) {
        return new TableStamp(dependencies.toArray(ChangeCounter[]::new), asOf, names);
    }

    /** Just before COMMIT is sent. */
    synchronized void committing(TableChanges changes) {
        long tick = clock.incrementAndGet();
        forEach(changes, counter -> counter.enterCommit(tick));
    }

    /** After COMMIT has returned, or has certainly failed. */
    synchronized void committed(TableChanges changes) {
        long tick = clock.incrementAndGet();
        forEach(changes, counter -> counter.leaveCommit(tick));
    }

    /** After COMMIT of which nobody knows the outcome: the server may still do it, but no later than that. */
    synchronized void undecided(TableChanges changes, Duration atMost) {
        undecided.add(new Undecided(changes, System.nanoTime() + atMost.toNanos()));
    }

    /** Ends the wait for COMMITs of unknown outcome whose time is over. */
    public synchronized void settle() {
        for (Iterator<Undecided> each = undecided.iterator(); each.hasNext(); ) {
            Undecided one = each.next();
            if (System.nanoTime() - one.deadline >= 0) {
                each.remove();
                committed(one.changes);
                tell(one.changes);
            }
        }
    }

    // Who was told before may have read what was not committed yet.
    private void tell(TableChanges changes) {
        ChangeAnnouncer other = announcer;
        if (other != null && !changes.isAnnounced()) {
            other.committed(changes.summary());
        }
    }

    private void forEach(TableChanges changes, Consumer<ChangeCounter> movement) {
        changes.counters().forEach(movement);
        movement.accept(anything);
        // Which tables a view has is what others looked up before.
        if (changes.everything() || changes.schema()) {
            movement.accept(everything);
        }
        if (changes.schema()) {
            texts.forget();
        }
    }

    /** Others have committed this. */
    public void move(ChangedTables changed) {
        if (changed.schema()) {
            moveAll();
        } else if (changed.everything()) {
            moveAllTables();
        } else if (!changed.isNone()) {
            move(changed.tables());
        }
    }

    /** These tables have changed, by others who have committed it. */
    public synchronized void move(Collection<String> changed) {
        long tick = clock.incrementAndGet();
        anything.move(tick);
        for (String name : changed) {
            List<ChangeCounter> counters = new ArrayList<>();
            table(name).changedBy(StatementTables.Effect.ANY_ROWS, null, counters);
            counters.forEach(counter -> counter.move(tick));
        }
    }

    /**
     * The tables of this name have changed, with or without their schema, where nobody has seen it, so that others are told too;
     * if there is none that anybody has read, it may be any.
     */
    public void changedUnseen(String name) {
        String wanted = name.toLowerCase(Locale.ROOT);
        Set<String> named = tables.keySet().stream()
                .filter(known -> isNamed(known.toLowerCase(Locale.ROOT), wanted))
                .collect(Collectors.toSet());
        changedUnseen(named.isEmpty() ? ChangedTables.ANY_TABLE : ChangedTables.of(named));
    }

    private void changedUnseen(ChangedTables changed) {
        move(changed);
        ChangeAnnouncer other = announcer;
        if (other != null) {
            other.committed(changed);
        }
    }

    private static boolean isNamed(String known, String wanted) {
        return known.equals(wanted) || known.endsWith("." + wanted);
    }

    /** Anything may have changed, the schema too. */
    public synchronized void moveAll() {
        moveAllTables();
        texts.forget();
    }

    /** Any table may have changed, but not the schema. */
    synchronized void moveAllTables() {
        long tick = clock.incrementAndGet();
        anything.move(tick);
        everything.move(tick);
    }

    /** Another database is in the place of this one: nothing is current, neither here nor at those who are told of changes. */
    public void replaced() {
        changedUnseen(ChangedTables.EVERYTHING);
    }

    /** From now on changes by others are not heard of: nothing is current until {@link #resume()}. May be called again. */
    public synchronized void suspend() {
        outside.enterCommit(clock.incrementAndGet());
    }

    /** Changes by others are heard of again; what was read before is not current any more. Once for each {@link #suspend()}. */
    public synchronized void resume() {
        texts.forget();
        outside.leaveCommit(clock.incrementAndGet());
    }
}
