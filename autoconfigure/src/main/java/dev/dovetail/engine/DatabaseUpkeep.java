package dev.dovetail.engine;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
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

    /**
     * Numbers of how it stands, by their names, beside its size. They are asked each minute, so they cost nearly nothing.
     *
     * @param connection a physical one in autocommit mode; may be one that cannot write
     */
    default Map<String, Object> figures(Connection connection) throws SQLException {
        return Map.of();
    }

    /** How its write-ahead log is copied into it; null if that is no business of an application's. */
    default @Nullable LogCheckpoint logCheckpoint() {
        return null;
    }
}
