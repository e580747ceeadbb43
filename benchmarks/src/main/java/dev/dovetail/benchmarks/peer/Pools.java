package dev.dovetail.benchmarks.peer;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.dovetail.benchmarks.subject.DatabaseUnderTest;
import dev.dovetail.benchmarks.subject.Engine;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** The connections of the peers: HikariCP on the stock drivers, with what is recommended for each. */
public final class Pools {

    /** Spring Boot's and HikariCP's default. */
    public static final int SIZE = 10;

    private Pools() {}

    /** A pool of {@link #SIZE} connections. */
    public static HikariDataSource open(DatabaseUnderTest database) {
        return open(database, SIZE);
    }

    /** A pool of connections with the settings that {@link #url} gives them. */
    public static HikariDataSource open(DatabaseUnderTest database, int size) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url(database));
        config.setUsername(database.username());
        config.setPassword(database.password());
        config.setMaximumPoolSize(size);
        return new HikariDataSource(config);
    }

    /** A connection with the same settings, without a pool. */
    public static Connection connect(DatabaseUnderTest database) throws SQLException {
        return database.engine() == Engine.SQLITE
                ? DriverManager.getConnection(url(database))
                : DriverManager.getConnection(url(database), database.username(), database.password());
    }

    /**
     * The URL with settings: on SQLite what Dovetail sets too, and transactions that take the write lock when they
     * begin; on PostgreSQL batches that become one statement.
     */
    public static String url(DatabaseUnderTest database) {
        return database.engine() == Engine.SQLITE
                ? database.url()
                        + "?journal_mode=WAL&synchronous=NORMAL&busy_timeout=5000&foreign_keys=true"
                        + "&cache_size=-64000&temp_store=MEMORY&transaction_mode=IMMEDIATE"
                : database.url() + (database.url().contains("?") ? "&" : "?") + "reWriteBatchedInserts=true";
    }
}
