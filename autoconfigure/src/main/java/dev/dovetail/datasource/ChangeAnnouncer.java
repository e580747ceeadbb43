package dev.dovetail.datasource;

import java.sql.Connection;
import java.sql.SQLException;

/** Tells other processes on the same database what was changed. Must be safe for use by several threads. */
public interface ChangeAnnouncer {

    /**
     * Whether changes are announced in the transaction that makes them, so that the others hear of them if and only if they are
     * committed. A statement that commits by itself then gets a transaction.
     */
    boolean isTransactional();

    /** Announces what the transaction of this physical connection has changed, just before it is committed. */
    void announce(Connection connection, ChangedTables changes) throws SQLException;

    /** What was not announced in its transaction has been committed, or may have been. */
    void committed(ChangedTables changes);
}
