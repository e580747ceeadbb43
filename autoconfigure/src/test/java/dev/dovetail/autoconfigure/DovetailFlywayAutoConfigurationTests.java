package dev.dovetail.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.contract.OwnThread;
import dev.dovetail.engine.DatabaseStartException;
import dev.dovetail.migration.MigrationLock;
import dev.dovetail.migration.Scripts;
import dev.dovetail.migration.TestDatabase;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.Configuration;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationInitializer;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class DovetailFlywayAutoConfigurationTests {

    @TempDir
    Path directory;

    private TestDatabase database;
    private Scripts scripts;

    @BeforeEach
    void start() {
        database = TestDatabase.sqlite(directory);
        scripts = new Scripts(directory.resolve("scripts"))
                .with("V1__users.sql", "CREATE TABLE users (id ${identity}, name ${text}) ${strict};")
                .with("postgresql/V2__theirs.sql", "THIS IS NOT SQL;");
    }

    private ApplicationContextRunner application() {
        return FlywayContexts.on(database).withPropertyValues("spring.flyway.locations=" + scripts.location());
    }

    @Test
    void migratesWithWordsFoldersAndLock() {
        application().run(context -> {
            assertThat(context).hasNotFailed().hasSingleBean(FlywayMigrationInitializer.class);
            assertThat(context.getBean(FlywayMigrationInitializer.class))
                    .isInstanceOf(LockedFlywayMigrationInitializer.class);
            assertThat(context.getBean(MigrationLock.class)).isNotSameAs(MigrationLock.none());
            assertThat(database.applied()).containsExactly("1");
            assertThat(directory).isDirectoryContaining("glob:**.migration.lock");
        });
    }

    @Test
    void locationsByVendorReplaceCommonFiles() {
        scripts.with("common/V1__users.sql", "CREATE TABLE users (id ${identity});")
                .with("common/V2__orders.sql", "THIS IS NOT SQL;")
                .with("sqlite/V2__orders.sql", "CREATE TABLE orders (id ${identity}) ${strict};");
        String location = scripts.location();
        FlywayContexts.on(database)
                .withPropertyValues("spring.flyway.locations=%1$s/common,%1$s/{vendor}".formatted(location))
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(database.applied()).containsExactly("1", "2");
                });
    }

    @Test
    void bootsDefaultLocationIsSortedByEngine() throws IOException {
        new Scripts(directory)
                .with("classes/db/migration/V1__a.sql", "CREATE TABLE a (id ${identity});")
                .with("classes/db/migration/sqlite/V2__b.sql", "CREATE TABLE b (id ${identity}) ${strict};")
                .with("classes/db/migration/postgresql/V2__b.sql", "THIS IS NOT SQL;");
        URL[] classes = {directory.resolve("classes").toUri().toURL()};
        try (URLClassLoader loader = new URLClassLoader(classes, getClass().getClassLoader())) {
            FlywayContexts.on(database).withClassLoader(loader).run(context -> {
                assertThat(context).hasNotFailed();
                assertThat(database.applied()).containsExactly("1", "2");
            });
        }
    }

    @Test
    void offWithFlyway() {
        application().withPropertyValues("spring.flyway.enabled=false").run(context -> {
            assertThat(context)
                    .hasNotFailed()
                    .doesNotHaveBean(MigrationLock.class)
                    .doesNotHaveBean(FlywayMigrationInitializer.class)
                    .doesNotHaveBean(OwnMigrationsInitializer.class);
            assertThat(database.hasTable("users")).isFalse();
        });
    }

    @Test
    void offWithoutFlywayOnTheClassPath() {
        FlywayContexts.on(database)
                .withClassLoader(new FilteredClassLoader(Flyway.class))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(MigrationLock.class));
    }

    @Test
    void offWithoutADatabase() {
        FlywayContexts.withoutDatabase()
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(MigrationLock.class));
    }

    @Test
    void worksWithoutFlywaysPostgresqlModule() {
        application()
                .withClassLoader(new FilteredClassLoader("org.flywaydb.database.postgresql"))
                .run(context -> {
                    assertThat(context).hasNotFailed().doesNotHaveBean(SessionLockCustomizer.class);
                    assertThat(database.applied()).containsExactly("1");
                });
    }

    @Test
    void withoutAnEngineFlywayIsAsBootSetsItUp() {
        FlywayContexts.withoutDatabase()
                .withBean(DataSource.class, database::dataSource)
                .withPropertyValues("spring.flyway.locations=classpath:nowhere")
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    Configuration configuration = context.getBean(Flyway.class).getConfiguration();
                    assertThat(configuration.getPlaceholders()).isEmpty();
                    assertThat(configuration.getResourceProvider()).isNull();
                    assertThat(context.getBean(MigrationLock.class)).isSameAs(MigrationLock.none());
                });
    }

    @Test
    void theApplicationsInitializerWins() {
        application()
                .withBean(
                        "mine",
                        FlywayMigrationInitializer.class,
                        () -> new FlywayMigrationInitializer(Flyway.configure().load(), flyway -> {}))
                .run(context -> {
                    assertThat(context)
                            .hasSingleBean(FlywayMigrationInitializer.class)
                            .hasBean("mine");
                    assertThat(database.hasTable("users")).isFalse();
                });
    }

    @Test
    void anApplicationsFlywayIsNotMigratedUnasked() {
        application()
                .withBean(
                        Flyway.class,
                        () -> Flyway.configure()
                                .dataSource(database.dataSource())
                                .load())
                .run(context -> {
                    assertThat(context).hasNotFailed().doesNotHaveBean(FlywayMigrationInitializer.class);
                    assertThat(database.hasTable("users")).isFalse();
                });
    }

    @Test
    void theApplicationsLockWins() {
        application()
                .withBean(MigrationLock.class, MigrationLock::none)
                .run(context -> assertThat(directory).isDirectoryNotContaining("glob:**.migration.lock"));
    }

    @Test
    void theApplicationsStrategyRunsUnderTheLock() {
        MigrationLock same = MigrationLock.beside(directory.resolve("app.db"), Duration.ZERO);
        database = TestDatabase.sqliteFile(directory.resolve("app.db"));
        List<Throwable> others = new ArrayList<>();
        application()
                .withBean(FlywayMigrationStrategy.class, () -> flyway -> {
                    others.add(OwnThread.run(() -> same.during(() -> {}))
                            .handle((nothing, e) -> ((CompletionException) e).getCause())
                            .join());
                    flyway.migrate();
                })
                .run(context -> assertThat(context).hasNotFailed());

        assertThat(others).singleElement().isInstanceOf(DatabaseStartException.class);
        assertThat(database.applied()).containsExactly("1");
    }

    @Test
    void placeholdersOfPropertiesAndOfCustomizersWin() {
        application()
                .withPropertyValues("spring.flyway.placeholders.text=varchar(3)", "spring.flyway.placeholders.strict=")
                .withBean(FlywayConfigurationCustomizer.class, () -> configuration -> {
                    configuration
                            .getPlaceholders()
                            .forEach((name, value) -> assertThat(name).isIn("text", "strict"));
                    configuration.placeholders(Map.of("identity", "INTEGER", "text", "TEXT", "strict", ""));
                })
                .run(context -> assertThat(
                                context.getBean(Flyway.class).getConfiguration().getPlaceholders())
                        .containsEntry("identity", "INTEGER")
                        .containsEntry("text", "TEXT")
                        .containsEntry("blob", "BLOB"));
    }

    @Test
    void waitsForTheLockAsLongAsFlywayDoes() {
        MigrationLock same = MigrationLock.beside(directory.resolve("app.db"), Duration.ZERO);
        database = TestDatabase.sqliteFile(directory.resolve("app.db"));
        same.during(() -> OwnThread.run(() -> application()
                        .withPropertyValues("spring.flyway.lock-retry-count=0")
                        .run(context -> assertThat(context)
                                .getFailure()
                                .rootCause()
                                .isInstanceOf(DatabaseStartException.class)))
                .join());
        application()
                .withPropertyValues("spring.flyway.lock-retry-count=-1")
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void locksOutsideATransactionUnlessToldOtherwise() {
        application()
                .run(context -> assertThat(transactionalLock(context.getBean(Flyway.class)))
                        .isFalse());
        application()
                .withPropertyValues("spring.flyway.postgresql.transactional-lock=true")
                .run(context -> assertThat(transactionalLock(context.getBean(Flyway.class)))
                        .isTrue());
    }

    private static boolean transactionalLock(Flyway flyway) {
        return flyway.getConfiguration()
                .getPluginRegister()
                .getExact(PostgreSQLConfigurationExtension.class)
                .isTransactionalLock();
    }
}
