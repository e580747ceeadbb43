package dev.dovetail;

import dev.dovetail.backup.BackupException;
import dev.dovetail.backup.BackupReport;
import dev.dovetail.backup.Backups;
import dev.dovetail.cache.CacheOperations;
import dev.dovetail.cache.CachedQueries;
import dev.dovetail.cache.ResultCaches;
import dev.dovetail.datasource.DatabaseExceptionTranslator;
import dev.dovetail.datasource.RoutingDataSource;
import dev.dovetail.engine.DatabaseEngine;
import dev.dovetail.engine.DatabaseError;
import dev.dovetail.engine.DatabaseInfo;
import dev.dovetail.maintenance.OptimizationOptions;
import dev.dovetail.maintenance.OptimizationReport;
import dev.dovetail.maintenance.Optimizer;
import dev.dovetail.monitoring.advice.Advisor;
import dev.dovetail.monitoring.health.HealthMonitor;
import dev.dovetail.monitoring.health.HealthReport;
import dev.dovetail.monitoring.statistics.StatementStatistics;
import dev.dovetail.monitoring.statistics.Statistics;
import dev.dovetail.repository.table.TableOperations;
import dev.dovetail.repository.table.Tables;
import dev.dovetail.schema.SchemaCatalog;
import dev.dovetail.transaction.Retries;
import dev.dovetail.transaction.Saga;
import dev.dovetail.transaction.SagaRunner;
import dev.dovetail.transaction.TransactionOptions;
import dev.dovetail.transaction.TransactionWork;
import dev.dovetail.transaction.Transactions;
import dev.dovetail.transaction.UnitOfWork;
import dev.dovetail.transaction.UnitsOfWork;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;

/** The facade over what the rooms below offer. */
final class DefaultDatabase implements Database {

    private final DatabaseEngine engine;
    private final DataSource dataSource;
    private final DatabaseExceptionTranslator translator;
    private final JdbcTemplate jdbc;

    private final Tables tables;
    private final NamedQuery.Tools queries;
    private final CacheOperations caches;
    private final Transactions transactions;
    private final UnitsOfWork unitsOfWork;
    private final SagaRunner sagas;
    private final @Nullable Backups backups;
    private final Optimizer optimizer;
    private final UsageFigures usage;
    private final HealthMonitor health;

    DefaultDatabase(
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
        this.backups = backups;
        this.optimizer = optimizer;
        this.health = health;
        this.engine = catalog.engine();
        this.dataSource = dataSource;
        this.translator = new DatabaseExceptionTranslator(engine);
        this.jdbc = new JdbcTemplate(dataSource);
        this.jdbc.setExceptionTranslator(translator);
        this.tables = new Tables(catalog, dataSource, translator, transactions);
        this.caches = caches == null ? CacheOperations.none() : caches;
        this.queries =
                new NamedQuery.Tools(retries, translator::describe, caches == null ? null : new CachedQueries(caches));
        this.transactions = new Transactions(transactions, retries);
        this.unitsOfWork = unitsOfWork;
        this.sagas = sagas;
        this.usage = new UsageFigures(dataSource, this.caches, statistics, advisor);
    }

    @Override
    public DatabaseInfo info() {
        RoutingDataSource own = RoutingDataSource.behind(dataSource);
        return own == null ? jdbc.execute(engine::describe) : info(own);
    }

    private DatabaseInfo info(RoutingDataSource own) {
        try {
            return own.describe();
        } catch (SQLException e) {
            DataAccessException translated = translator.translate("Describing the database", null, e);
            throw translated != null ? translated : new UncategorizedSQLException("Describing the database", null, e);
        }
    }

    @Override
    public Optional<DatabaseError> describe(Throwable exception) {
        return translator.describe(exception);
    }

    @Override
    public TableOperations table(String name) {
        return tables.table(name);
    }

    @Override
    public <T extends @Nullable Object, E extends Exception> T inTransaction(
            TransactionOptions options, TransactionWork<T, E> work) throws E {
        return transactions.run(options, work);
    }

    @Override
    public UnitOfWork unitOfWork() {
        return unitsOfWork.create();
    }

    @Override
    public Saga<String> saga(String name) {
        return sagas.saga(name);
    }

    @Override
    public QuerySpec query(String name) {
        return new NamedQuery(name, queries);
    }

    @Override
    public CacheOperations caches() {
        return caches;
    }

    @Override
    public BackupReport backup() {
        Backups own = backups;
        if (own == null) {
            throw new BackupException(
                    BackupException.Reason.NOT_POSSIBLE,
                    "There are no backups, because the data source is not Dovetail's. Use the database's own tools.");
        }
        return own.backup();
    }

    @Override
    public Statistics statistics() {
        return usage.statistics();
    }

    @Override
    public DatabaseInsights insights(Duration window, int top) {
        return usage.insights(window, top);
    }

    @Override
    public OptimizationReport optimize(OptimizationOptions options) {
        return optimizer.optimize(options);
    }

    @Override
    public HealthReport health() {
        return health.report();
    }
}
