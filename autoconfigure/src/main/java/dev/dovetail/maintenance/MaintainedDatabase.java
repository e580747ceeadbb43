package dev.dovetail.maintenance;

import dev.dovetail.datasource.DatabaseExceptionTranslator;
import dev.dovetail.datasource.RoutingDataSource;
import dev.dovetail.engine.DatabaseEngine;
import dev.dovetail.engine.DatabaseError;
import dev.dovetail.engine.DatabaseUpkeep;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A database as maintenance sees it: connections of its own, and whether others are using it. Safe for use by several threads. */
public final class MaintainedDatabase {

    private static final Logger log = LoggerFactory.getLogger(MaintainedDatabase.class);

    private final DatabaseEngine engine;
    private final DataSource connections;
    private final @Nullable RoutingDataSource pools;

    private MaintainedDatabase(DatabaseEngine engine, DataSource connections, @Nullable RoutingDataSource pools) {
        this.engine = engine;
        this.connections = connections;
        this.pools = pools;
    }

    /** The one behind this data source: past its pools if they are ours, and else through them. */
    public static MaintainedDatabase behind(DatabaseEngine engine, DataSource dataSource) {
        RoutingDataSource own = RoutingDataSource.behind(dataSource);
        return own == null
                ? new MaintainedDatabase(engine, dataSource, null)
                : new MaintainedDatabase(engine, own.maintenance(), own);
    }

    DatabaseEngine engine() {
        return engine;
    }

    /** How it is kept; connections that are not ours go back to somebody's pool, and are not to be set up for it. */
    DatabaseUpkeep upkeep() {
        return pools == null ? DatabaseUpkeep.NONE : engine.upkeep();
    }

    DataSource connections() {
        return connections;
    }

    /** Whether no connection is in use; of pools that are not ours nobody knows. */
    boolean isIdle() {
        RoutingDataSource own = pools;
        return own != null && own.pools().stream().allMatch(each -> each.active() == 0 && each.waiting() == 0);
    }

    /** Whether a connection that may write is in use; of pools that are not ours nobody knows. */
    boolean isWriting() {
        RoutingDataSource own = pools;
        return own != null && own.pools().get(0).active() > 0;
    }

    /** How long the connection that somebody is reading with for the longest has been in use. */
    Duration longestRead() {
        RoutingDataSource own = pools;
        return own == null ? Duration.ZERO : own.longestRead();
    }

    /** What it takes on disk; null if nobody can say. */
    @Nullable
    Long size() {
        try (Connection connection = connections.getConnection()) {
            return upkeep().size(connection);
        } catch (SQLException e) {
            log.debug("The size of the database could not be read", e);
            return null;
        }
    }

    /** What an exception means, if it came from the database. */
    Optional<DatabaseError> describe(Throwable exception) {
        return new DatabaseExceptionTranslator(engine).describe(exception);
    }
}
