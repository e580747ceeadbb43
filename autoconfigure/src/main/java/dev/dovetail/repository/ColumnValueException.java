package dev.dovetail.repository;

import org.springframework.dao.DataIntegrityViolationException;

/** A value cannot be stored in its column. The message names both, and never the value. */
public final class ColumnValueException extends DataIntegrityViolationException {

    private static final long serialVersionUID = 1L;

    private final String table;
    private final String column;

    /**
     * @param what that holds the value, for example a property
     * @param reason why it cannot be stored, without the value
     */
    public ColumnValueException(String table, String column, String what, String reason, Throwable cause) {
        super("%s cannot be stored in column \"%s\" of table \"%s\": %s".formatted(what, column, table, reason), cause);
        this.table = table;
        this.column = column;
    }

    /** The table that has the column. */
    public String table() {
        return table;
    }

    /** The column that cannot hold the value. */
    public String column() {
        return column;
    }
}
