package dev.dovetail.engine.sqlite;

import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** SQLite's error with the SQLState that the standard gives it; the driver leaves it empty. */
final class SqliteStateException extends SQLiteException {

    private static final long serialVersionUID = 1L;

    private final String sqlState;

    SqliteStateException(SQLiteException original, SQLiteErrorCode resultCode, String sqlState) {
        super(original.getMessage(), resultCode);
        this.sqlState = sqlState;
        initCause(original);
    }

    @Override
    public String getSQLState() {
        return sqlState;
    }
}
