package dev.dovetail.autoconfigure;

import com.zaxxer.hikari.HikariDataSource;
import dev.dovetail.Database;
import dev.dovetail.backup.Backups;
import dev.dovetail.cache.ResultCaches;
import dev.dovetail.datasource.ConnectionGuard;
import dev.dovetail.datasource.ConnectionListener;
import dev.dovetail.datasource.DatabaseExceptionTranslator;
import dev.dovetail.datasource.RoutingDataSource;
import dev.dovetail.datasource.StatementListener;
import dev.dovetail.datasource.TableVersions;
import dev.dovetail.engine.DatabaseEngine;
import dev.dovetail.engine.DatabaseStartException;
import dev.dovetail.engine.EngineConnections;
import dev.dovetail.maintenance.Optimizer;
import dev.dovetail.monitoring.advice.Advisor;
import dev.dovetail.monitoring.health.HealthMonitor;
import dev.dovetail.monitoring.statistics.StatementStatistics;
import dev.dovetail.schema.SchemaCatalog;
import dev.dovetail.transaction.Retries;
import dev.dovetail.transaction.SagaRunner;
import dev.dovetail.transaction.TransactionJournal;
import dev.dovetail.transaction.UnitsOfWork;
import javax.sql.DataSource;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.jdbc.autoconfigure.JndiDataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.XADataSourceAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionManagerCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.jdbc.support.SQLExceptionTranslator;

/** The data source on the engine that was asked for, and what every use of it needs. */
@AutoConfiguration(
        after = {JndiDataSourceAutoConfiguration.class, XADataSourceAutoConfiguration.class},
        before = DataSourceAutoConfiguration.class)
@ConditionalOnClass({DataSource.class, SQLExceptionTranslator.class})
@ConditionalOnBooleanProperty(name = "dovetail.enabled", matchIfMissing = true)
@EnableConfigurationProperties({DovetailProperties.class, DataSourceProperties.class})
@Import({
    SqliteConfiguration.class,
    PostgresqlConfiguration.class,
    TransactionConfiguration.class,
    CacheConfiguration.class,
    CacheCoherenceConfiguration.class,
    ScheduleConfiguration.class,
    BackupConfiguration.class,
    OptimizerConfiguration.class,
    RetentionConfiguration.class,
    StatisticsConfiguration.class,
    AdviceConfiguration.class,
    HealthConfiguration.class,
    AlertConfiguration.class
})
public final class DovetailDataSourceAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnBean(name = Engines.CHOSEN)
    Database database(
            SchemaCatalog catalog,
            DataSource dataSource,
            ChosenTransactionManager transactions,
            Retries retries,
            UnitsOfWork unitsOfWork,
            SagaRunner sagas,
            ObjectProvider<ResultCaches> caches,
            ObjectProvider<Backups> backups,
            Optimizer optimizer,
            ObjectProvider<StatementStatistics> statistics,
            ObjectProvider<Advisor> advisor,
            HealthMonitor health) {
        return Database.of(
                catalog,
                dataSource,
                transactions,
                retries,
                unitsOfWork,
                sagas,
                caches.getIfUnique(),
                backups.getIfUnique(),
                optimizer,
                statistics.getIfUnique(),
                advisor.getIfUnique(),
                health);
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnBean(name = Engines.CHOSEN)
    SchemaCatalog schemaCatalog(
            DatabaseEngine engine, DataSource dataSource, ObjectProvider<SQLExceptionTranslator> translator) {
        JdbcTemplate jdbc = new JdbcTemplate(dataSource);
        translator.ifUnique(jdbc::setExceptionTranslator);
        return new SchemaCatalog(engine, jdbc);
    }

    @Bean
    @ConditionalOnMissingBean(SQLExceptionTranslator.class)
    @ConditionalOnBean(name = Engines.CHOSEN)
    SQLExceptionTranslator databaseExceptionTranslator(DatabaseEngine engine, DataSource dataSource) {
        return engine instanceof UnknownEngine
                ? UnknownEngine.translator(dataSource)
                : new DatabaseExceptionTranslator(engine);
    }

    // Commit and rollback report errors too, and the transaction manager does not ask for the bean by itself.
    @Bean
    TransactionManagerCustomizer<JdbcTransactionManager> databaseExceptionTranslatorCustomizer(
            ObjectProvider<SQLExceptionTranslator> translator, ObjectProvider<TransactionJournal> journal) {
        return manager -> {
            translator.ifUnique(manager::setExceptionTranslator);
            journal.ifUnique(
                    each -> manager.setExceptionTranslator(each.remembering(manager.getExceptionTranslator())));
        };
    }

    /** The data source is ours. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnMissingBean(DataSource.class)
    @ConditionalOnClass(HikariDataSource.class)
    static class OwnDataSource {

        @Bean
        DatabaseOpening databaseOpening(
                DovetailProperties properties,
                DataSourceProperties dataSource,
                ObjectProvider<JdbcConnectionDetails> details,
                ListableBeanFactory beans,
                Environment environment) {
            DatabaseTarget target = new DatabaseTarget(properties, dataSource, details.getIfAvailable(), environment);
            return DatabaseOpening.of(
                    new DatabaseSelection(Engines.in(beans)),
                    properties.type(),
                    target,
                    properties.postgresql().startupTimeout());
        }

        @Bean(Engines.CHOSEN)
        @Primary
        DatabaseEngine chosenEngine(DatabaseOpening opening) {
            return opening.engine();
        }

        // Closed by the data source, after its last connection.
        @Bean(destroyMethod = "")
        EngineConnections engineConnections(DatabaseOpening opening) {
            return opening.connections();
        }

        @Bean
        @ConditionalOnMissingBean
        TableVersions tableVersions() {
            return new TableVersions();
        }

        @Bean
        RoutingDataSource dataSource(
                DatabaseOpening opening,
                DovetailProperties properties,
                ObjectProvider<StatementListener> statementListeners,
                ObjectProvider<ConnectionListener> connectionListeners,
                ObjectProvider<ConnectionGuard> guard,
                TableVersions versions,
                Environment environment) {
            return new RoutingDataSource(
                    opening.engine(),
                    opening.connections(),
                    properties.queryTimeout(),
                    statementListeners.orderedStream().toList(),
                    connectionListeners.orderedStream().toList(),
                    guard.getIfUnique(() -> ConnectionGuard.NONE),
                    versions,
                    new HikariProperties(environment));
        }
    }

    /** The data source would be ours, but there is nothing to pool connections with. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnMissingBean(DataSource.class)
    @ConditionalOnMissingClass("com.zaxxer.hikari.HikariDataSource")
    static class NoPool {

        @Bean
        DataSource dataSource() {
            throw new DatabaseStartException(
                    "HikariCP, which pools the connections, is not on the class path",
                    "Add com.zaxxer:HikariCP to the application, or define a DataSource bean, or set"
                            + " dovetail.enabled=false to get Spring Boot's data source.",
                    null);
        }
    }

    /** The data source is the application's own. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnSingleCandidate(DataSource.class)
    @ConditionalOnMissingBean({DatabaseOpening.class, NoPool.class})
    static class ForeignDataSource {

        @Bean(Engines.CHOSEN)
        @Primary
        DatabaseEngine chosenEngine(DataSource dataSource, ListableBeanFactory beans) {
            return Engines.of(dataSource, beans);
        }
    }
}
