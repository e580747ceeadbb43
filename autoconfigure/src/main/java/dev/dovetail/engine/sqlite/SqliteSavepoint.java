package dev.dovetail.engine.sqlite;

import java.sql.SQLException;
import java.sql.Savepoint;
import org.jspecify.annotations.Nullable;

/**
 * A savepoint under any name a caller likes; the stock one would put that name into SQL as it is.
 *
 * @param id its number, if it has no name
 * @param name its name, if it was given one
 */
record SqliteSavepoint(int id, @Nullable String name) implements Savepoint {

    static SqliteSavepoint unnamed(int id) {
        return new SqliteSavepoint(id, null);
    }

    static SqliteSavepoint named(String name) {
        return new SqliteSavepoint(0, name);
    }

    static SqliteSavepoint of(Savepoint savepoint) throws SQLException {
        if (savepoint instanceof SqliteSavepoint own) {
            return own;
        }
        throw new SQLException("The savepoint is not one of SQLite", "3B001");
    }

    String quoted() {
        String text = name == null ? "dovetail_savepoint_" + id : name;
        return '"' + text.replace("\"", "\"\"") + '"';
    }

    @Override
    public int getSavepointId() throws SQLException {
        if (name != null) {
            throw new SQLException("A savepoint with a name has no number", "3B001");
        }
        return id;
    }

    @Override
    public String getSavepointName() throws SQLException {
        if (name == null) {
            throw new SQLException("A savepoint without a name has a number only", "3B001");
        }
        return name;
    }
}
