package dev.dovetail.engine.sqlite;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.sqlite.core.Codes;
import org.sqlite.core.DB;
import org.sqlite.core.SafeStmtPtr;
import org.sqlite.jdbc4.JDBC4ResultSet;

/**
 * The result of one execution of a prepared statement. The stock one is the same object for every execution, so that whoever
 * still holds an old result reads the rows of the new one; and it asks for the names of all columns, even if nobody reads a
 * column by its name.
 */
final class SqliteResultSet extends JDBC4ResultSet {

    private final DB database;
    private final SafeStmtPtr pointer;
    private final long address;
    private final boolean textIsUtf8;

    SqliteResultSet(SqlitePreparedStatement statement, boolean hasRow, long maxRows, boolean textIsUtf8)
            throws SQLException {
        super(statement);
        this.database = statement.getDatabase();
        this.pointer = statement.pointer;
        this.textIsUtf8 = textIsUtf8;
        this.address = pointer.safeRunLong((db, each) -> each);
        // The superclass only counts them.
        this.colsMeta = new String[pointer.safeRunInt(DB::column_count)];
        this.maxRows = maxRows;
        this.emptyResultSet = !hasRow;
        this.open = true;
    }

    @Override
    public int findColumn(String column) throws SQLException {
        if (cols == null && open) {
            cols = pointer.safeRun(DB::column_names);
        }
        return super.findColumn(column);
    }

    @Override
    public long getLong(int column) throws SQLException {
        int index = markCol(column);
        synchronized (database) {
            requireOpen();
            return database.column_long(address, index);
        }
    }

    @Override
    public int getInt(int column) throws SQLException {
        int index = markCol(column);
        synchronized (database) {
            requireOpen();
            return database.column_int(address, index);
        }
    }

    @Override
    public @Nullable String getString(int column) throws SQLException {
        int index = markCol(column);
        synchronized (database) {
            requireOpen();
            return text(index);
        }
    }

    @Override
    public @Nullable Object getObject(int column) throws SQLException {
        int index = markCol(column);
        synchronized (database) {
            requireOpen();
            return switch (database.column_type(address, index)) {
                case Codes.SQLITE_INTEGER -> number(database.column_long(address, index));
                case Codes.SQLITE_FLOAT -> database.column_double(address, index);
                case Codes.SQLITE_BLOB -> database.column_blob(address, index);
                case Codes.SQLITE_NULL -> null;
                default -> text(index);
            };
        }
    }

    private static Object number(long value) {
        int small = (int) value;
        if (small == value) {
            return small;
        }
        return value;
    }

    // The bytes of a text as they lie there are cheaper to have than the text itself, which comes in a buffer of its
    // own.
    private @Nullable String text(int index) throws SQLException {
        if (!textIsUtf8) {
            return database.column_text(address, index);
        }
        byte[] bytes = database.column_blob(address, index);
        return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
    }

    // The connection may have been closed by another thread.
    private void requireOpen() throws SQLException {
        if (pointer.isClosed()) {
            throw new SQLException("The statement of this result is closed", "24000");
        }
    }
}
