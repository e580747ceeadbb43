package dev.dovetail.autoconfigure;

import dev.dovetail.engine.sqlite.SqliteSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What an application may set.
 *
 * @param enabled Whether Dovetail provides the data source and everything on it.
 * @param type Name of the engine, 'sqlite' or 'postgresql'. Without it the URL decides, and without a URL it is SQLite.
 * @param preset Defaults for an environment: 'development', 'production' or 'test'. Without it the active profile decides.
 * @param queryTimeout Longest that any statement may run before it is stopped. A statement may ask for less. Zero for no
 *     limit.
 */
@ConfigurationProperties("dovetail")
record DovetailProperties(
        @DefaultValue("true") boolean enabled,
        @Nullable String type,
        @Nullable String preset,
        @DefaultValue("30s") Duration queryTimeout,
        @DefaultValue Sqlite sqlite,
        @DefaultValue Postgresql postgresql) {

    /**
     * SQLite.
     *
     * @param path Database file, made if it is missing. The value ':memory:' is a private file that is deleted at the end.
     * @param journalMode How a transaction is kept revocable. Only with 'wal' readers and the writer do not wait for each
     *     other.
     * @param synchronous How often to wait for the disk. With 'full' a commit also survives a power loss.
     * @param cacheSize Page cache of the write connection.
     * @param readerCacheSize Page cache of each read connection.
     * @param busyTimeout How long to wait for a lock that another process holds.
     * @param readers Number of read connections.
     * @param foreignKeys Whether foreign keys are enforced.
     * @param tempStore Where temporary tables and indexes live.
     * @param autoVacuum How a new file gives back free pages. An existing file keeps its own.
     * @param preparedStatementCacheSize Number of prepared statements that each connection keeps compiled. With 0 every one is
     *     compiled anew.
     * @param pragmas Further pragmas by name, applied to every connection and read back.
     */
    record Sqlite(
            @Nullable String path,
            @DefaultValue("wal") SqliteSettings.JournalMode journalMode,
            @DefaultValue("normal") SqliteSettings.Synchronous synchronous,
            @DefaultValue("64MB") DataSize cacheSize,
            @DefaultValue("16MB") DataSize readerCacheSize,
            @DefaultValue("5s") Duration busyTimeout,
            @Nullable Integer readers,
            @DefaultValue("true") boolean foreignKeys,
            @DefaultValue("memory") SqliteSettings.TempStore tempStore,
            @DefaultValue("incremental") SqliteSettings.AutoVacuum autoVacuum,
            @DefaultValue("256") int preparedStatementCacheSize,
            @DefaultValue Map<String, String> pragmas) {}

    /**
     * PostgreSQL.
     *
     * @param host Server to connect to where no URL is given.
     * @param port Port of that server.
     * @param database Database on that server.
     * @param replicas JDBC URLs of read replicas. Read-only transactions go there.
     * @param statementTimeout Longest that the server lets a statement run. The smaller of this and 'dovetail.query-timeout'
     *     counts.
     * @param lockTimeout Longest that a statement waits for a lock.
     * @param idleInTransactionTimeout Longest that a transaction may stay open without doing anything.
     * @param sslBundle Name of the SSL bundle with which connections are secured and the server is verified.
     * @param settings Further settings of each session by name, for example 'work_mem'.
     */
    record Postgresql(
            @Nullable String host,
            @DefaultValue("5432") int port,
            @Nullable String database,
            @DefaultValue List<String> replicas,
            @DefaultValue("30s") Duration statementTimeout,
            @DefaultValue("10s") Duration lockTimeout,
            @DefaultValue("60s") Duration idleInTransactionTimeout,
            @Nullable String sslBundle,
            @DefaultValue Map<String, String> settings) {}
}
