package dev.dovetail;

import dev.dovetail.backup.BackupReport;
import dev.dovetail.backup.Backups;
import dev.dovetail.cache.CacheOperations;
import dev.dovetail.cache.ResultCaches;
import dev.dovetail.datasource.DatabaseExceptionTranslator;
import dev.dovetail.engine.DatabaseEngine;
import dev.dovetail.engine.DatabaseError;
import dev.dovetail.engine.DatabaseInfo;
import dev.dovetail.maintenance.OptimizationOptions;
import dev.dovetail.maintenance.OptimizationReport;
import dev.dovetail.maintenance.Optimizer;
import dev.dovetail.maintenance.Optimizers;
import dev.dovetail.monitoring.advice.Advisor;
import dev.dovetail.monitoring.health.HealthMonitor;
import dev.dovetail.monitoring.health.HealthReport;
import dev.dovetail.monitoring.health.StandardRules;
import dev.dovetail.monitoring.statistics.QueryInsights;
import dev.dovetail.monitoring.statistics.StatementStatistics;
import dev.dovetail.monitoring.statistics.Statistics;
import dev.dovetail.repository.table.TableOperations;
import dev.dovetail.schema.SchemaCatalog;
import dev.dovetail.transaction.Retries;
import dev.dovetail.transaction.RetrySettings;
import dev.dovetail.transaction.Saga;
import dev.dovetail.transaction.SagaRunner;
import dev.dovetail.transaction.TransactionOptions;
import dev.dovetail.transaction.TransactionWork;
import dev.dovetail.transaction.Transactions;
import dev.dovetail.transaction.UnitOfWork;
import dev.dovetail.transaction.UnitsOfWork;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * The application's database, whichever engine it runs on. Inject this one bean. Safe for use by several threads.
 *
 * <p>Repositories, {@code JdbcClient}, JPA and everything else that uses the application's {@link DataSource} stand beside
 * it and share its connections.
 */
public interface Database {

    /**
     * What the application is connected to, read from the database now: engine, flavour, version, and the settings in
     * force.
     *
     * @throws org.springframework.dao.DataAccessException if the database cannot be asked
     */
    DatabaseInfo info();

    /**
     * What an exception means, in words that are the same on every engine.
     *
     * @return empty if neither it nor one of its causes came from the database
     */
    Optional<DatabaseError> describe(Throwable exception);

    /**
     * A table or view by its name, with or without its schema, to read and to write.
     *
     * @throws dev.dovetail.schema.UnknownNameException if there is none; it names those that are most alike, and all there are
     */
    TableOperations table(String name);

    /**
     * Runs the work in a transaction that repositories, {@code JdbcClient} and everything else on this thread join. Whatever the
     * work throws rolls back, checked exceptions too. Work that failed by no fault of its own, by a deadlock or a lost connection,
     * is run again as a whole, unless it is inside another transaction.
     *
     * @throws dev.dovetail.datasource.CommitOutcomeUnknownException if the connection was lost while it was committed
     */
    <T extends @Nullable Object, E extends Exception> T inTransaction(
            TransactionOptions options, TransactionWork<T, E> work) throws E;

    /** As {@link #inTransaction(TransactionOptions, TransactionWork)} with the default options. */
    default <T extends @Nullable Object, E extends Exception> T inTransaction(TransactionWork<T, E> work) throws E {
        return inTransaction(TransactionOptions.defaults(), work);
    }

    /** A transaction whose begin and end are said by hand. To be closed by its user. */
    UnitOfWork unitOfWork();

    /** A saga without steps, started with a text. Give it steps, and make it a bean so that it is taken over after a crash. */
    Saga<String> saga(String name);

    /** Reading under a name, which is retried, and may be cached and have a fallback. */
    QuerySpec query(String name);

    /** What is kept of {@code @Cached} repositories and of cached queries. */
    CacheOperations caches();

    /**
     * Makes a backup while others read and write, verifies it, and removes those that are not kept any longer. What the current
     * transaction has not committed is not in it.
     *
     * @throws dev.dovetail.backup.BackupException if there is none now; those that were there before still are
     */
    BackupReport backup();

    /**
     * Keeps the database small and fast, as is done every night: gives back free space, renews the planner's statistics, copies
     * the write-ahead log. Only what pays by its numbers is done; what was not needed is in the report, too.
     *
     * @throws dev.dovetail.maintenance.MaintenanceRunningException if that is being done already
     */
    default OptimizationReport optimize() {
        return optimize(OptimizationOptions.defaults());
    }

    /**
     * As {@link #optimize()}, or only the plan of it, or more than that. Not to be called inside a transaction.
     *
     * @throws dev.dovetail.maintenance.MaintenanceRunningException if that is being done already
     */
    OptimizationReport optimize(OptimizationOptions options);

    /** How much it was used since the start: connections, statements, caches. */
    Statistics statistics();

    /** What is worth looking at among the statements of the last hour, and what is advised. */
    default DatabaseInsights insights() {
        return insights(QueryInsights.LONGEST_WINDOW, QueryInsights.DEFAULT_TOP);
    }

    /**
     * What is worth looking at among the statements: the slowest, the most frequent, those that fail, and what is read in a
     * way that costs more than it has to. Nothing, if statements are not watched. And what is advised: by the {@link Advisor}
     * when it looked last, as it does not look anew for this, and by those who watch calls for caches.
     *
     * @param window how far to look back at statements, one hour at most; counted in whole minutes of the clock
     * @param top how many of each
     * @throws IllegalArgumentException if the window or the number is not above zero
     */
    DatabaseInsights insights(Duration window, int top);

    /**
     * How the database is, as all {@link dev.dovetail.monitoring.health.HealthRule}s found it last: evaluated every minute, and
     * now only if nobody has done so.
     */
    HealthReport health();

    /** A database of this engine, reached through this data source, with transactions of its own on it. */
    static Database of(DatabaseEngine engine, DataSource dataSource) {
        SchemaCatalog catalog = new SchemaCatalog(engine, new JdbcTemplate(dataSource));
        JdbcTransactionManager transactions = new JdbcTransactionManager(dataSource);
        transactions.setExceptionTranslator(new DatabaseExceptionTranslator(engine));
        return of(catalog, dataSource, () -> transactions);
    }

    /**
     * A database of the catalog's engine, reached through this data source, with default settings.
     *
     * @param catalog which tables there are
     * @param transactions the application's; asked for when one is needed
     */
    static Database of(
            SchemaCatalog catalog, DataSource dataSource, Supplier<PlatformTransactionManager> transactions) {
        Retries retries = Retries.of(catalog.engine(), RetrySettings.DEFAULTS, (name, error) -> {});
        return of(
                catalog,
                dataSource,
                transactions,
                retries,
                UnitsOfWork.withoutEntities(transactions),
                SagaRunner.on(dataSource, catalog.engine(), new Transactions(transactions, retries)),
                null,
                null,
                Optimizers.on(catalog.engine(), dataSource),
                null,
                null,
                HealthMonitor.of(StandardRules.basic(catalog.engine(), dataSource)));
    }

    /**
     * A database of the catalog's engine, reached through this data source.
     *
     * @param catalog which tables there are
     * @param transactions the application's; asked for when one is needed
     * @param retries runs again what failed by no fault of its own
     * @param unitsOfWork makes units of work
     * @param sagas does sagas
     * @param caches keep results; null if nothing is kept
     * @param backups are made of it; null if they cannot be
     * @param optimizer keeps it small and fast
     * @param statistics of its statements; null if they are not watched
     * @param advisor knows what would make it better; null if nobody does
     * @param health knows how it is
     */
    static Database of(
            SchemaCatalog catalog,
            DataSource dataSource,
            Supplier<PlatformTransactionManager> transactions,
            Retries retries,
            UnitsOfWork unitsOfWork,
            SagaRunner sagas,
            @Nullable ResultCaches caches,
            @Nullable Backups backups,
            Optimizer optimizer,
            @Nullable StatementStatistics statistics,
            @Nullable Advisor advisor,
            HealthMonitor health) {
        return new DefaultDatabase(
                catalog,
                dataSource,
                transactions,
                retries,
                unitsOfWork,
                sagas,
                caches,
                backups,
                optimizer,
                statistics,
                advisor,
                health);
    }
}
