package dev.dovetail.repository.table;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Something computed from the rows of a group. Immutable.
 *
 * <p>What sums and means are is said at {@link TableOperations#sum} and {@link TableOperations#avg}. Conditions and orders by
 * a mean compare it as a {@code double}; what is read is exact.
 */
public final class Aggregate {

    /** The kinds of aggregates. */
    enum Function {
        COUNT,
        COUNT_DISTINCT,
        SUM,
        AVG,
        MIN,
        MAX
    }

    private final Function function;
    private final @Nullable String column;
    private final String label;

    private Aggregate(Function function, @Nullable String column, @Nullable String label) {
        this.function = function;
        this.column = column;
        this.label = label != null ? label : defaultLabel(function, column);
    }

    private static String defaultLabel(Function function, @Nullable String column) {
        String name = function.name().toLowerCase(Locale.ROOT);
        return column == null ? name : name + "_" + column.replace('.', '_');
    }

    /** How many rows. */
    public static Aggregate count() {
        return new Aggregate(Function.COUNT, null, null);
    }

    /** How many rows with a value in this column. */
    public static Aggregate count(String column) {
        return new Aggregate(Function.COUNT, column, null);
    }

    /** How many different values. */
    public static Aggregate countDistinct(String column) {
        return new Aggregate(Function.COUNT_DISTINCT, column, null);
    }

    /** The sum. */
    public static Aggregate sum(String column) {
        return new Aggregate(Function.SUM, column, null);
    }

    /** The mean. */
    public static Aggregate avg(String column) {
        return new Aggregate(Function.AVG, column, null);
    }

    /** The smallest value. */
    public static Aggregate min(String column) {
        return new Aggregate(Function.MIN, column, null);
    }

    /** The largest value. */
    public static Aggregate max(String column) {
        return new Aggregate(Function.MAX, column, null);
    }

    /** The same under another label. */
    public Aggregate as(String newLabel) {
        return new Aggregate(function, column, newLabel);
    }

    /** What it is called in the result; by default for example {@code sum_amount}, or {@code count}. */
    public String label() {
        return label;
    }

    Function function() {
        return function;
    }

    @Nullable
    String column() {
        return column;
    }

    @Override
    public String toString() {
        return function.name().toLowerCase(Locale.ROOT) + "(" + (column == null ? "*" : Names.printable(column)) + ")";
    }
}
