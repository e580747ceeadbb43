package dev.dovetail.engine;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a kind of database is kept small and fast. Without state, and safe for use by several threads. */
public interface DatabaseUpkeep {

    /** Of a database that needs none, or of which nothing is known. */
    DatabaseUpkeep NONE = settings -> List.of();

    /** What is done from time to time. */
    List<UpkeepTask> tasks(UpkeepSettings settings);

    /** Has the connection refuse whatever would change the database, to its end. */
    default void forbidWrites(Connection connection) throws SQLException {
        connection.setReadOnly(true);
    }

    /** How many bytes of disk the database takes; null if nobody says. */
    default @Nullable Long size(Connection connection) throws SQLException {
        return null;
    }

    /** How its write-ahead log is copied into it; null if that is no business of an application's. */
    default @Nullable LogCheckpoint logCheckpoint() {
        return null;
    }

    /** Whether {@link #problemsOf} can look into a copy of the database. */
    default boolean examinesCopies() {
        return false;
    }

    /**
     * What is wrong with a copy that nobody writes to; empty if nothing is. Changes neither the copy nor what lies beside it.
     *
     * @return null if the file is no plain copy, for example a compressed one
     */
    default @Nullable List<String> problemsOf(Path copy) throws SQLException {
        return List.of();
    }
}
