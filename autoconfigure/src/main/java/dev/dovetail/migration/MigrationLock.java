package dev.dovetail.migration;

import dev.dovetail.engine.DatabaseStartException;
import java.nio.file.Path;
import java.time.Duration;
import javax.sql.DataSource;

/**
 * Lets one instance migrate a database at a time, where Flyway does not see to it itself. Safe for use by several
 * threads; the same thread may take it again while it holds it.
 */
public sealed interface MigrationLock permits FileMigrationLock, DatabaseMigrationLock, NoMigrationLock {

    /**
     * Does the work while no other holder of this lock does its own. The lock is given back however the work ends.
     *
     * @throws DatabaseStartException if another instance did not give the lock back in time
     * @throws E what the work throws
     */
    <E extends Exception> void during(Work<E> work) throws E;

    /**
     * For a database that is a file, which Flyway does not lock.
     *
     * @param database the database file; it need not exist yet, the directory must
     * @param patience how long to wait for another instance
     */
    static MigrationLock beside(Path database, Duration patience) {
        return new FileMigrationLock(database, patience);
    }

    /**
     * In a database, for what comes before Flyway takes a lock of its own there; keeps a connection.
     *
     * @param query that tells whether the transaction has got the lock whose number is bound
     * @param table with the history of what is migrated, in the connection's schema: each has a lock of its own
     * @param patience how long to wait for another instance
     */
    static MigrationLock in(DataSource dataSource, String query, String table, Duration patience) {
        return new DatabaseMigrationLock(dataSource, query, table, patience);
    }

    /** For a database that Flyway locks itself. */
    static MigrationLock none() {
        return NoMigrationLock.INSTANCE;
    }

    /**
     * What is to be done.
     *
     * @param <E> what it may throw
     */
    @FunctionalInterface
    interface Work<E extends Exception> {

        /** Does it. */
        void run() throws E;
    }
}
