package dev.dovetail.engine;

/**
 * An expression whose value is read and bound again later as exactly what it was, whatever its type.
 *
 * @param expression what is compared and sorted
 * @param reading what is selected, to be read by {@code getObject}
 * @param parameter where the value that was read is bound
 */
public record StoredTerm(String expression, String reading, String parameter) {

    /** Of an expression whose values the driver takes as it returns them. */
    public static StoredTerm plain(String expression) {
        return new StoredTerm(expression, expression, "?");
    }
}
