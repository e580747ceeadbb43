package dev.dovetail.maintenance;

import dev.dovetail.engine.DatabaseEngine;
import dev.dovetail.engine.DatabaseUpkeep;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** What a step has to work with. Used by the thread that runs the step. */
public final class MaintenanceContext {

    private final DatabaseEngine engine;
    private final DatabaseUpkeep upkeep;
    private final DataSource dataSource;
    private final OptimizationOptions options;
    private final BooleanSupplier idle;
    private final BooleanSupplier goesOn;
    private volatile @Nullable Connection opened;

    MaintenanceContext(
            DatabaseEngine engine,
            DatabaseUpkeep upkeep,
            DataSource dataSource,
            OptimizationOptions options,
            BooleanSupplier idle,
            BooleanSupplier goesOn) {
        this.engine = engine;
        this.upkeep = upkeep;
        this.dataSource = dataSource;
        this.options = options;
        this.idle = idle;
        this.goesOn = goesOn;
    }

    /** Whose database it is. */
    public DatabaseEngine engine() {
        return engine;
    }

    DatabaseUpkeep upkeep() {
        return upkeep;
    }

    /** What was asked for. */
    public OptimizationOptions options() {
        return options;
    }

    /** Whether nothing may be changed. */
    public boolean dryRun() {
        return options.dryRun();
    }

    /** Whether nobody else in this process uses the database at the moment. */
    public boolean isIdle() {
        return idle.getAsBoolean();
    }

    /** False as soon as the application ends: whatever takes long asks in between, and leaves the rest. */
    public boolean goesOn() {
        return goesOn.getAsBoolean();
    }

    /**
     * A connection of this step's own, without statement and socket timeouts, in autocommit mode. It is closed after the step. A
     * step that writes much does so in short transactions: while it writes to a SQLite file, nobody else can.
     */
    public Connection connection() throws SQLException {
        Connection known = opened;
        return known == null ? open() : known;
    }

    private Connection open() throws SQLException {
        Connection connection = dataSource.getConnection();
        opened = connection;
        connection.setAutoCommit(true);
        if (options.dryRun()) {
            upkeep.forbidWrites(connection);
        }
        return connection;
    }

    void close() throws SQLException {
        Connection known = opened;
        if (known != null) {
            known.close();
        }
    }

    /** Ends what the step has the database do. May be called by another thread. */
    void abort() throws SQLException {
        Connection known = opened;
        if (known != null) {
            known.abort(Runnable::run);
        }
    }
}
