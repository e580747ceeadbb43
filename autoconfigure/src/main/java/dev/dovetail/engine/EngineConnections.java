package dev.dovetail.engine;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The source of physical connections to one database, and how they are to be pooled. Safe for use by several threads.
 *
 * <p>Closing it releases what belongs to the database as a whole (a private file, for example), after every connection
 * has been closed; closing it again does nothing.
 */
public interface EngineConnections extends AutoCloseable {

    /** The JDBC URL without credentials, for messages and for those who ask a connection's metadata. */
    String url();

    /** Opens a connection, with its settings applied and read back. */
    Connection open(ConnectionRole role) throws SQLException;

    /** How writers are pooled. */
    PoolSettings writerPool();

    /** How readers are pooled; {@code null} if everything goes to the writers. */
    @Nullable
    PoolSettings readerPool();

    /** Where the database's files lie; {@code null} for a database behind a network. */
    default @Nullable DatabaseFiles files() {
        return null;
    }

    /** Whether the database ends when these connections are closed, so that there is nothing in it to be kept. */
    default boolean isTemporary() {
        return false;
    }

    /**
     * How the database is copied and replaced; needs no connection. Null if this engine does not.
     *
     * @param tool path of the program that makes copies, where one is needed; null to look for it
     */
    default @Nullable DatabaseBackups backups(@Nullable String tool) {
        return null;
    }

    /**
     * Whether another program follows the database's changes by its files, which then must not be tidied up under its eyes: no
     * TRUNCATE checkpoint, no VACUUM.
     */
    default boolean isReplicatedByOthers() throws SQLException {
        return false;
    }

    @Override
    void close();
}
