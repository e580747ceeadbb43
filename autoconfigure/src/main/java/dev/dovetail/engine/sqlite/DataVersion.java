package dev.dovetail.engine.sqlite;

import java.sql.SQLException;
import org.sqlite.core.Codes;
import org.sqlite.core.DB;
import org.sqlite.core.SafeStmtPtr;
import org.sqlite.jdbc4.JDBC4PreparedStatement;

/** Reads {@code PRAGMA data_version}: what commits of other connections change, and the connection's own do not. */
final class DataVersion {

    private DataVersion() {}

    // Stepped by hand: the driver's way of executing would begin a transaction where autocommit is off.
    static long of(SqliteConnection connection) throws SQLException {
        try (JDBC4PreparedStatement statement = new JDBC4PreparedStatement(connection, "PRAGMA data_version")) {
            SafeStmtPtr pointer = statement.pointer;
            int outcome = pointer.safeRunInt(DB::step);
            if (outcome != Codes.SQLITE_ROW) {
                connection.getDatabase().throwex(outcome);
            }
            return pointer.safeRunLong((database, address) -> database.column_long(address, 0));
        }
    }
}
