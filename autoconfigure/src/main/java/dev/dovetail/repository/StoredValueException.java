package dev.dovetail.repository;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataRetrievalFailureException;

/**
 * What is stored in a column is not what the column is said to hold, such as a text that is no JSON. The message names table,
 * column and row, and never the value.
 */
public final class StoredValueException extends DataRetrievalFailureException {

    private static final long serialVersionUID = 1L;

    private final String table;
    private final String column;
    private final @Nullable String row;

    /**
     * @param row the row's id; null where the result does not have it
     * @param reason what is wrong with the value, without quoting it
     */
    public StoredValueException(String table, String column, @Nullable String row, String reason, Throwable cause) {
        super(
                "Column \"%s\" of table \"%s\"%s cannot be read: %s"
                        .formatted(column, table, row == null ? "" : " in the row with id " + row, reason),
                cause);
        this.table = table;
        this.column = column;
        this.row = row;
    }

    /** The table that has the column. */
    public String table() {
        return table;
    }

    /** The column whose value cannot be read. */
    public String column() {
        return column;
    }

    /** The id of the row; null where it is not known. */
    public @Nullable String row() {
        return row;
    }
}
