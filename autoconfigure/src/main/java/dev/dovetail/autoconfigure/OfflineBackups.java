package dev.dovetail.autoconfigure;

import dev.dovetail.backup.BackupSettings;
import dev.dovetail.backup.Backups;
import dev.dovetail.encryption.StreamEncryption;
import dev.dovetail.engine.ConnectionTarget;
import dev.dovetail.engine.DatabaseEngine;
import dev.dovetail.engine.EngineConnections;
import java.time.Clock;
import java.util.List;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.ConfigurationPropertiesAutoConfiguration;
import org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/** Backups of a database that this process does not open, because it may be damaged, or in use by the application. */
@Configuration(proxyBeanMethods = false)
@ImportAutoConfiguration({ConfigurationPropertiesAutoConfiguration.class, PropertyPlaceholderAutoConfiguration.class})
@EnableConfigurationProperties({DovetailProperties.class, DataSourceProperties.class})
@Import({SqliteConfiguration.class, PostgresqlConfiguration.class, BackupConfiguration.class})
class OfflineBackups {

    @Bean
    ConnectionTarget connectionTarget(
            DovetailProperties properties, DataSourceProperties dataSource, Environment environment) {
        return new DatabaseTarget(properties, dataSource, null, environment).resolve();
    }

    @Bean
    ChosenEngine chosenEngine(DovetailProperties properties, ConnectionTarget target, ListableBeanFactory beans) {
        return new ChosenEngine(new DatabaseSelection(Engines.in(beans)).choose(properties.type(), target));
    }

    @Bean
    EngineConnections engineConnections(ChosenEngine chosen, ConnectionTarget target) {
        return chosen.engine().connectToExisting(target);
    }

    @Bean
    Backups backups(
            BackupSettings settings,
            ChosenEngine chosen,
            EngineConnections connections,
            ObjectProvider<StreamEncryption> encryption) {
        return Backups.of(
                settings,
                chosen.engine().name(),
                connections,
                null,
                encryption.getIfUnique(),
                Clock.systemUTC(),
                List::of,
                List::of);
    }

    /** Not a bean of the engine's own type, of which each engine has one. */
    record ChosenEngine(DatabaseEngine engine) {}
}
