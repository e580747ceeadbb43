package dev.dovetail.autoconfigure;

import dev.dovetail.cache.CacheSettings;
import dev.dovetail.cache.Coherence;
import dev.dovetail.cache.coherence.CacheCoherence;
import dev.dovetail.encryption.KeyRing;
import dev.dovetail.engine.sqlite.SqliteSettings;
import dev.dovetail.transaction.CircuitSettings;
import dev.dovetail.transaction.OutboxSettings;
import dev.dovetail.transaction.RetrySettings;
import dev.dovetail.transaction.SagaSettings;
import dev.dovetail.web.ErrorFormat;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
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
 * @param slowQueryThreshold From which duration on a statement is slow, and logged without its values. Zero for never.
 */
@ConfigurationProperties("dovetail")
record DovetailProperties(
        @DefaultValue("true") boolean enabled,
        @Nullable String type,
        @Nullable String preset,
        @DefaultValue("30s") Duration queryTimeout,
        @DefaultValue("200ms") Duration slowQueryThreshold,
        @DefaultValue Sqlite sqlite,
        @DefaultValue Postgresql postgresql,
        @DefaultValue Transaction transaction,
        @DefaultValue CircuitBreaker circuitBreaker,
        @DefaultValue Saga saga,
        @DefaultValue Outbox outbox,
        @DefaultValue Cache cache,
        @DefaultValue @NestedConfigurationProperty BackupProperties backup,
        @DefaultValue Encryption encryption,
        @DefaultValue @NestedConfigurationProperty MigrationProperties migration,
        @DefaultValue @NestedConfigurationProperty OptimizerProperties optimizer,
        @DefaultValue @NestedConfigurationProperty MonitoringProperties monitoring,
        @DefaultValue Web web) {

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
     * @param startupTimeout How long the start waits for a server that does not accept connections yet, at most 1 day. Zero for
     *     not at all.
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
            @DefaultValue("30s") Duration startupTimeout,
            @Nullable String sslBundle,
            @DefaultValue Map<String, String> settings) {}

    /**
     * Transactions, and how those are run again that failed by no fault of their own.
     *
     * @param maxRetries How often at most, beside the first time. Zero for never.
     * @param retryDelay How long to wait before the first retry after a lost connection, at most 1 day.
     * @param contentionDelay How long to wait before the first retry after a deadlock, a serialization failure or a lock that
     *     others held, at most 1 day.
     * @param multiplier By what each further wait is longer than the one before.
     * @param maxDelay Longest wait, at most 1 day.
     * @param jitter Share by which a wait is made shorter or longer at random, from 0 to 1.
     * @param retryTimeout How long after its begin a unit of work is no longer run again. Zero for no limit.
     * @param slowThreshold From which duration on a transaction is logged with its statements. Zero for never.
     */
    record Transaction(
            @DefaultValue("3") int maxRetries,
            @DefaultValue("1s") Duration retryDelay,
            @DefaultValue("20ms") Duration contentionDelay,
            @DefaultValue("2") double multiplier,
            @DefaultValue("10s") Duration maxDelay,
            @DefaultValue("0.2") double jitter,
            @DefaultValue("30s") Duration retryTimeout,
            @DefaultValue("1s") Duration slowThreshold) {

        RetrySettings retries() {
            return new RetrySettings(
                    maxRetries, retryDelay, contentionDelay, multiplier, maxDelay, jitter, retryTimeout);
        }
    }

    /**
     * Refusing at once while the database does not answer.
     *
     * @param enabled Whether callers are refused.
     * @param failureThreshold After how many failures of the infrastructure, one after the other, from 1 to 1000.
     * @param openDuration How long the database is then left alone before one caller may try, from 1 ms to 1 day.
     */
    record CircuitBreaker(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("5") int failureThreshold,
            @DefaultValue("10s") Duration openDuration) {

        CircuitSettings settings() {
            return new CircuitSettings(failureThreshold, openDuration);
        }
    }

    /**
     * Sagas.
     *
     * @param ownership How long a step may take before another instance takes its saga for abandoned and undoes it.
     * @param recoveryInterval How often to look for abandoned sagas.
     * @param retention How long sagas that have ended are kept. Zero for ever.
     */
    record Saga(
            @DefaultValue("5m") Duration ownership,
            @DefaultValue("30s") Duration recoveryInterval,
            @DefaultValue("7d") Duration retention) {

        SagaSettings settings() {
            return new SagaSettings(ownership, recoveryInterval, retention);
        }
    }

    /**
     * The outbox.
     *
     * @param pollInterval How often to look for messages of other instances, and for those whose delivery failed.
     * @param ownership How long an instance that does not answer any more keeps others from delivering.
     * @param batchSize How many messages are read at once.
     * @param firstDelay How long to wait after a delivery that failed, doubled with each further one.
     * @param maxDelay Longest wait.
     */
    record Outbox(
            @DefaultValue("1s") Duration pollInterval,
            @DefaultValue("30s") Duration ownership,
            @DefaultValue("100") int batchSize,
            @DefaultValue("1s") Duration firstDelay,
            @DefaultValue("5m") Duration maxDelay) {

        OutboxSettings settings() {
            return new OutboxSettings(pollInterval, ownership, batchSize, firstDelay, maxDelay);
        }
    }

    /**
     * What is kept of {@code @Cached} repositories and of cached queries.
     *
     * @param enabled Whether anything is kept.
     * @param ttl How long at the longest, at most 365 days.
     * @param maximumSize How many results in each cache.
     * @param staleTtl How much longer, for when the database does not answer, at most 365 days. Zero for not at all.
     * @param coherence How other instances on the same database hear of changes.
     * @param signals Whether they hear by the database's own signals, where it has them ('auto'), or by a table, as where a
     *     connection pooler keeps signals away ('table').
     * @param advice Whether calls of repositories are watched to say what would be worth caching, and what is not.
     * @param caches Single caches by name.
     */
    record Cache(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("5m") Duration ttl,
            @DefaultValue("1000") long maximumSize,
            @DefaultValue("1h") Duration staleTtl,
            @DefaultValue("transactional") Coherence coherence,
            @DefaultValue("auto") CacheCoherence.Signals signals,
            @DefaultValue("false") boolean advice,
            @DefaultValue Map<String, OneCache> caches) {

        CacheSettings settings() {
            Map<String, CacheSettings.Own> own = new LinkedHashMap<>();
            caches.forEach((name, one) -> own.put(name, new CacheSettings.Own(one.ttl, one.maximumSize, one.enabled)));
            return new CacheSettings(ttl, maximumSize, staleTtl, advice, own);
        }

        /**
         * One cache.
         *
         * @param ttl How long at the longest. Without it as for all.
         * @param maximumSize How many results. Without it as for all.
         * @param enabled Whether anything is kept.
         */
        record OneCache(
                @Nullable Duration ttl,
                @Nullable Long maximumSize,
                @DefaultValue("true") boolean enabled) {}
    }

    /**
     * Keys.
     *
     * @param activeKey Name of the key with which new things are encrypted.
     * @param keys Keys by their names, each 32 bytes as Base64. Old ones stay as long as something is encrypted with them.
     */
    record Encryption(
            @Nullable String activeKey, @DefaultValue Map<String, String> keys) {

        KeyRing keyRing() {
            return new KeyRing(activeKey, keys);
        }

        @Override
        public String toString() {
            return keyRing().toString();
        }
    }

    /**
     * What a web application answers when the database refuses or does not answer.
     *
     * @param errors Whether exceptions of data access become answers with a fitting status.
     * @param errorFormat Form of these answers: 'problem-details' (RFC 9457) or 'error-object'.
     */
    record Web(
            @DefaultValue("true") boolean errors,
            @DefaultValue("problem-details") ErrorFormat errorFormat) {}
}
