package dev.dovetail.datasource;

import dev.dovetail.engine.DatabaseEngine;
import dev.dovetail.engine.DatabaseInfo;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** What a database says of itself, asked for without waiting for its only writer. Safe for use by several threads. */
final class PooledDescription {

    private final DatabaseEngine engine;
    private final ConnectionPool writers;
    private final @Nullable ConnectionPool readers;
    private volatile @Nullable DatabaseInfo describedByWriter;

    /** @param readers asked in the place of a single writer; null if there are more writers */
    PooledDescription(DatabaseEngine engine, ConnectionPool writers, @Nullable ConnectionPool readers) {
        this.engine = engine;
        this.writers = writers;
        this.readers = readers;
    }

    DatabaseInfo read() throws SQLException {
        if (readers == null) {
            return read(writers);
        }
        DatabaseInfo answered = read(readers);
        if (writers.status().active() == 0) {
            describedByWriter = read(writers);
        }
        DatabaseInfo known = describedByWriter;
        return known == null ? answered : known;
    }

    private DatabaseInfo read(ConnectionPool pool) throws SQLException {
        Connection connection = pool.acquire();
        try {
            return OperationContext.health(() -> engine.describe(connection));
        } finally {
            pool.giveBack(connection);
        }
    }
}
