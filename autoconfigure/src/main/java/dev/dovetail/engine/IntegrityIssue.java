package dev.dovetail.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something in the data or the schema on which its constraints do not hold, or only at a price.
 *
 * @param kind what is wrong
 * @param table in which it is
 * @param columns concerned; empty if a constraint is about none in particular
 * @param row SQLite's rowid, for an {@link Kind#ORPHAN} in a table that has one; null otherwise
 * @param referencedTable to which the columns refer; null if they refer to none
 * @param constraint concerned, if it has a name
 */
public record IntegrityIssue(
        Kind kind,
        String table,
        List<String> columns,
        @Nullable Long row,
        @Nullable String referencedTable,
        @Nullable String constraint) {

    /** What is wrong. */
    public enum Kind {
        /** A row refers to one that is not there. NULL refers to nothing, and is none. */
        ORPHAN,
        /** A constraint holds for new rows only: those that were there before were not checked. */
        NOT_VALIDATED,
        /** The columns of a foreign key have no index: whoever deletes a referenced row searches the whole table. */
        NOT_INDEXED
    }

    public IntegrityIssue {
        columns = List.copyOf(columns);
    }
}
