package dev.dovetail.engine;

/**
 * What an index does by one of its columns.
 *
 * @param finds which rows it finds by it
 * @param descending whether it is sorted downwards
 */
public record IndexPart(Finds finds, boolean descending) {

    /** A column of which nothing more is said. */
    static final IndexPart PLAIN = new IndexPart(Finds.ALL, false);

    /** Which rows an index finds by a column. */
    public enum Finds {
        /** Those whose value is equal or lies between others, and in order: it compares as the column itself does. */
        ALL,
        /** Those that refer to a row by a foreign key; what else is for the planner to say. */
        REFERRING,
        /** None by the column's own values: it is an expression, or compares otherwise than the column does. */
        NONE
    }
}
