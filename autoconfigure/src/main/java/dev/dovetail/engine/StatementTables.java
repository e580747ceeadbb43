package dev.dovetail.engine;

import java.util.HashSet;
import java.util.Set;

/**
 * Which tables a statement reads and writes, never too few of them. Tables are named as the engine tells them apart, always in
 * the same way; views are not named, but the tables behind them.
 *
 * @param read whose rows its result may come from
 * @param written whose rows it may change, also through triggers, rules and foreign keys
 * @param readsAll whether it may read any table, as a function may of which nothing is known
 * @param writesAll whether it may write any table
 * @param repeatable whether its result, as long as no table changes, is the same for everybody; not so if it locks rows, reads
 *     temporary tables, or if what it finds depends on who asks
 * @param changesSchema whether it makes, changes or drops what this record is worked out from
 * @param effect which rows of the one table that it writes it changes
 */
public record StatementTables(
        Set<String> read,
        Set<String> written,
        boolean readsAll,
        boolean writesAll,
        boolean repeatable,
        boolean changesSchema,
        Effect effect) {

    /** What may do anything. */
    public static final StatementTables UNKNOWN =
            new StatementTables(Set.of(), Set.of(), true, true, false, true, Effect.ANY_ROWS);

    /** What touches no table, such as a setting. */
    public static final StatementTables NONE =
            new StatementTables(Set.of(), Set.of(), false, false, false, false, Effect.ANY_ROWS);

    /** Which rows a statement changes. */
    public enum Effect {
        /** Any, of any table that is written. */
        ANY_ROWS,
        /** Only such of one table as its condition names: no trigger, rule, foreign key or conflict changes others. */
        NAMED_ROWS,
        /** It adds rows to one table, and changes none that is there. */
        NEW_ROWS
    }

    public StatementTables {
        read = Set.copyOf(read);
        written = Set.copyOf(written);
    }

    /** A query on these tables. */
    public static StatementTables reading(Set<String> tables) {
        return new StatementTables(tables, Set.of(), false, false, true, false, Effect.ANY_ROWS);
    }

    /** What both do together. */
    public StatementTables and(StatementTables other) {
        Set<String> bothRead = new HashSet<>(read);
        bothRead.addAll(other.read);
        Set<String> bothWritten = new HashSet<>(written);
        bothWritten.addAll(other.written);
        return new StatementTables(
                bothRead,
                bothWritten,
                readsAll || other.readsAll,
                writesAll || other.writesAll,
                repeatable && other.repeatable,
                changesSchema || other.changesSchema,
                Effect.ANY_ROWS);
    }

    /** Whether it may change something. */
    public boolean writes() {
        return writesAll || !written.isEmpty();
    }
}
