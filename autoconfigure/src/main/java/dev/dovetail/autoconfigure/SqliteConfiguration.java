package dev.dovetail.autoconfigure;

import dev.dovetail.engine.sqlite.SqliteEngine;
import dev.dovetail.engine.sqlite.SqliteSettings;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** SQLite, where its driver is there. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(name = "org.sqlite.JDBC")
class SqliteConfiguration {

    private static final int FEWEST_READERS = 4;

    @Bean
    SqliteEngine sqliteEngine(DovetailProperties properties, Environment environment) {
        return ValidatedSettings.of(() -> new SqliteEngine(settings(properties.sqlite(), environment)));
    }

    private static SqliteSettings settings(DovetailProperties.Sqlite sqlite, Environment environment) {
        return new SqliteSettings(
                sqlite.path() != null ? sqlite.path() : "./data/" + applicationName(environment) + ".db",
                sqlite.journalMode(),
                sqlite.synchronous(),
                sqlite.cacheSize().toBytes(),
                sqlite.readerCacheSize().toBytes(),
                sqlite.busyTimeout(),
                sqlite.readers() != null ? sqlite.readers() : defaultReaders(),
                sqlite.foreignKeys(),
                sqlite.tempStore(),
                sqlite.autoVacuum(),
                sqlite.preparedStatementCacheSize(),
                sqlite.pragmas());
    }

    private static int defaultReaders() {
        return Math.max(FEWEST_READERS, Runtime.getRuntime().availableProcessors());
    }

    private static String applicationName(Environment environment) {
        return environment.getProperty("spring.application.name", "app");
    }
}
