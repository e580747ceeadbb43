package dev.dovetail.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.engine.DatabaseEngine;
import dev.dovetail.migration.MigrationLock;
import dev.dovetail.migration.OwnMigrations;
import dev.dovetail.migration.Scripts;
import dev.dovetail.migration.TestDatabase;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/** The layer's own tables in an application that has tables of its own. */
class DovetailFlywayOwnTablesTests {

    @TempDir
    Path directory;

    private TestDatabase database;
    private Scripts scripts;

    @BeforeEach
    void start() {
        database = TestDatabase.sqlite(directory);
        scripts = new Scripts(directory.resolve("scripts"))
                .with("V1__users.sql", "CREATE TABLE users (id ${identity}, name ${text}) ${strict};");
    }

    private ApplicationContextRunner application() {
        return FlywayContexts.on(database)
                .withUserConfiguration(WithOwnScripts.class)
                .withPropertyValues("spring.flyway.locations=" + scripts.location());
    }

    @Test
    void ownTablesAreThereBeforeWhoeverUsesTheDatabase() {
        application().run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(context.getBean(User.class).found()).isTrue();
            assertThat(database.applied(OwnMigrations.HISTORY_TABLE)).containsExactly("1", "2");
        });
        application().run(context -> assertThat(database.applied()).containsExactly("1"));
    }

    @Test
    void ownTablesSurviveAStrategyThatCleans() {
        ApplicationContextRunner cleaning = application()
                .withPropertyValues("spring.flyway.clean-disabled=false")
                .withBean(FlywayMigrationStrategy.class, () -> flyway -> {
                    flyway.clean();
                    flyway.migrate();
                });
        for (int start = 0; start < 2; start++) {
            cleaning.run(
                    context -> assertThat(context.getBean(User.class).found()).isTrue());
        }
    }

    /** What a bean that uses the database found when it was made. */
    record User(boolean found) {}

    @Configuration(proxyBeanMethods = false)
    static class WithOwnScripts {

        @Bean
        @DependsOnDatabaseInitialization
        User user(DataSource dataSource) {
            return new User(!new JdbcTemplate(dataSource)
                    .queryForList("SELECT 1 FROM sqlite_master WHERE name = 'dovetail_things'")
                    .isEmpty());
        }

        @Bean
        OwnMigrationsInitializer ownMigrationsInitializer(
                ObjectProvider<DatabaseEngine> engines,
                ObjectProvider<Flyway> flyway,
                ObjectProvider<DataSource> dataSource,
                MigrationLock lock) {
            return new OwnMigrationsInitializer(engines, flyway, dataSource, lock, "db/dovetail-test");
        }
    }
}
