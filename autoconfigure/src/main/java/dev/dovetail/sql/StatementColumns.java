package dev.dovetail.sql;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which tables a statement names, and which columns it compares and sorts by: what an index might help with. It is read without
 * regard to where a name is known, so it may say too much; whoever uses it asks the database. Neither does it say everything:
 * what a function is applied to is none, nor what is compared by LIKE.
 *
 * @param tables in the order of the text
 * @param compared columns of conditions, in the order of the text
 * @param sorted for each ORDER BY that begins with columns, those columns
 * @param limited whether not all rows may be wanted
 */
public record StatementColumns(
        List<Table> tables, List<Compared> compared, List<List<Sorted>> sorted, boolean limited) {

    /** How a column is compared. */
    public enum Comparison {
        /** With a value, or with several of which it has to be one. */
        EQUAL,
        /** With a column, which has to be equal. */
        JOINED,
        /** With a value that it has to be above or below. */
        RANGE
    }

    /**
     * A table that is named.
     *
     * @param schema before it, if there is one
     * @param alias by which its columns are known; null if that is its name
     */
    public record Table(
            @Nullable String schema, String name, @Nullable String alias) {

        /** Whether this stands before the names of its columns. */
        public boolean isKnownAs(String qualifier) {
            return qualifier.equalsIgnoreCase(alias != null ? alias : name);
        }
    }

    /**
     * A column in a condition.
     *
     * @param qualifier table or alias before it; null without one
     */
    public record Compared(@Nullable String qualifier, String column, Comparison comparison) {}

    /**
     * A column in an ORDER BY.
     *
     * @param qualifier table or alias before it; null without one
     */
    public record Sorted(@Nullable String qualifier, String column, boolean descending) {}

    public StatementColumns {
        tables = List.copyOf(tables);
        compared = List.copyOf(compared);
        sorted = List.copyOf(sorted);
    }

    /** Those of a statement or of its fingerprint. */
    public static StatementColumns of(String sql) {
        return new StatementColumnsReader(sql).read();
    }
}
