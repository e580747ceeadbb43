package dev.dovetail.autoconfigure;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.dovetail.Database;
import dev.dovetail.datasource.ConnectionListener;
import dev.dovetail.datasource.DatabaseExceptionTranslator;
import dev.dovetail.datasource.RoutingDataSource;
import dev.dovetail.datasource.StatementListener;
import dev.dovetail.engine.DatabaseEngine;
import dev.dovetail.engine.EngineConnections;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.transaction.autoconfigure.TransactionManagerCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.jdbc.support.SQLExceptionTranslator;

/** The data source on the engine that was asked for, and what every use of it needs. */
@AutoConfiguration(before = DataSourceAutoConfiguration.class)
@ConditionalOnClass({DataSource.class, HikariDataSource.class})
@ConditionalOnBooleanProperty(name = "dovetail.enabled", matchIfMissing = true)
@EnableConfigurationProperties({DovetailProperties.class, DataSourceProperties.class})
@Import({SqliteConfiguration.class, PostgresqlConfiguration.class})
public final class DovetailDataSourceAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    Database database(DatabaseEngine databaseEngine, DataSource dataSource) {
        return Database.of(databaseEngine, dataSource);
    }

    @Bean
    @ConditionalOnMissingBean(SQLExceptionTranslator.class)
    DatabaseExceptionTranslator databaseExceptionTranslator(DatabaseEngine databaseEngine) {
        return new DatabaseExceptionTranslator(databaseEngine);
    }

    // Commit and rollback report errors too, and the transaction manager does not ask for the bean by itself.
    @Bean
    TransactionManagerCustomizer<JdbcTransactionManager> databaseExceptionTranslatorCustomizer(
            SQLExceptionTranslator translator) {
        return manager -> manager.setExceptionTranslator(translator);
    }

    /** The data source is ours. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnMissingBean(DataSource.class)
    static class OwnDataSource {

        @Bean
        DatabaseOpening databaseOpening(
                DovetailProperties properties,
                DataSourceProperties dataSource,
                ObjectProvider<JdbcConnectionDetails> details,
                ListableBeanFactory beans,
                Environment environment) {
            DatabaseTarget target = new DatabaseTarget(properties, dataSource, details.getIfAvailable(), environment);
            return DatabaseOpening.of(new DatabaseSelection(Engines.in(beans)), properties.type(), target.resolve());
        }

        @Bean
        @Primary
        DatabaseEngine databaseEngine(DatabaseOpening opening) {
            return opening.engine();
        }

        // Closed by the data source, after its last connection.
        @Bean(destroyMethod = "")
        EngineConnections engineConnections(DatabaseOpening opening) {
            return opening.connections();
        }

        @Bean
        RoutingDataSource dataSource(
                DatabaseEngine databaseEngine,
                EngineConnections connections,
                DovetailProperties properties,
                ObjectProvider<StatementListener> statementListeners,
                ObjectProvider<ConnectionListener> connectionListeners,
                Environment environment) {
            return new RoutingDataSource(
                    databaseEngine,
                    connections,
                    properties.queryTimeout(),
                    statementListeners.orderedStream().toList(),
                    connectionListeners.orderedStream().toList(),
                    hikariProperties(environment));
        }

        private static Consumer<HikariConfig> hikariProperties(Environment environment) {
            return config -> Binder.get(environment).bind("spring.datasource.hikari", Bindable.ofInstance(config));
        }
    }

    /** The data source is the application's own. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnBean(DataSource.class)
    static class ForeignDataSource {

        @Bean
        @Primary
        DatabaseEngine databaseEngine(DataSource dataSource, ListableBeanFactory beans) {
            return new DatabaseSelection(Engines.in(beans)).byUrl(Engines.urlOf(dataSource));
        }
    }
}
