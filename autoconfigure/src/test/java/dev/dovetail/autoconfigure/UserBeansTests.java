package dev.dovetail.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dovetail.Database;
import dev.dovetail.DatabaseInsights;
import dev.dovetail.QuerySpec;
import dev.dovetail.actuator.DatabaseHealthIndicator;
import dev.dovetail.actuator.DatabaseMetrics;
import dev.dovetail.actuator.DovetailEndpoint;
import dev.dovetail.backup.BackupReport;
import dev.dovetail.cache.CacheOperations;
import dev.dovetail.datasource.DatabaseExceptionTranslator;
import dev.dovetail.datasource.RoutingDataSource;
import dev.dovetail.engine.DatabaseEngine;
import dev.dovetail.engine.DatabaseError;
import dev.dovetail.engine.DatabaseInfo;
import dev.dovetail.engine.EngineConnections;
import dev.dovetail.maintenance.OptimizationOptions;
import dev.dovetail.maintenance.OptimizationReport;
import dev.dovetail.monitoring.health.HealthReport;
import dev.dovetail.monitoring.statistics.Statistics;
import dev.dovetail.repository.table.TableOperations;
import dev.dovetail.transaction.Outbox;
import dev.dovetail.transaction.OutboxHandler;
import dev.dovetail.transaction.Saga;
import dev.dovetail.transaction.TransactionOptions;
import dev.dovetail.transaction.TransactionWork;
import dev.dovetail.transaction.UnitOfWork;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SQLExceptionSubclassTranslator;
import org.springframework.jdbc.support.SQLExceptionTranslator;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.sqlite.SQLiteDataSource;

/** A bean of the application's own wins, and everything else uses it. */
@ExtendWith(OutputCaptureExtension.class)
class UserBeansTests {

    @TempDir
    private Path directory;

    @Test
    void whenTheApplicationHasADataSourceThenEverythingUsesIt() {
        SQLiteDataSource own = new SQLiteDataSource();
        own.setUrl("jdbc:sqlite:" + directory.resolve("own.db"));
        Wiring.runner().withBean(DataSource.class, () -> own).run(context -> {
            assertThat(context)
                    .hasNotFailed()
                    .doesNotHaveBean(RoutingDataSource.class)
                    .doesNotHaveBean(EngineConnections.class)
                    .hasSingleBean(DatabaseExceptionTranslator.class);
            assertThat(context.getBean(Database.class).info().engine()).isEqualTo("sqlite");
            context.getBean(JdbcTemplate.class).execute("CREATE TABLE item (id integer PRIMARY KEY)");
            context.getBean(JdbcTemplate.class).update("INSERT INTO item VALUES (1)");
            assertThatThrownBy(() -> context.getBean(JdbcTemplate.class).update("INSERT INTO item VALUES (1)"))
                    .isInstanceOf(DuplicateKeyException.class);
            Health health = context.getBean(DatabaseHealthIndicator.class).health();
            assertThat(health.getStatus()).isEqualTo(Status.UP);
            assertThat(health.getDetails()).containsEntry("engine", "sqlite").doesNotContainKeys("pools", "file");
        });
    }

    @Test
    void whenNoEngineKnowsTheDataSourceThenSpringsMeaningsHold(CapturedOutput output) {
        Wiring.runner().withBean(DataSource.class, () -> h2("unknown")).run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(output).contains("No engine accepts the URL", "jdbc:h2:");
            assertThat(context.getBean(SQLExceptionTranslator.class))
                    .isInstanceOf(SQLExceptionSubclassTranslator.class);
            JdbcTemplate jdbc = context.getBean(JdbcTemplate.class);
            jdbc.execute("CREATE TABLE item (id integer PRIMARY KEY)");
            jdbc.update("INSERT INTO item VALUES (1)");
            assertThatThrownBy(() -> jdbc.update("INSERT INTO item VALUES (1)"))
                    .isInstanceOf(DuplicateKeyException.class);
            assertThat(context.getBean(Database.class).info())
                    .extracting(DatabaseInfo::engine, DatabaseInfo::flavour)
                    .containsExactly("h2", "H2");
            assertThat(context.getBean(DatabaseHealthIndicator.class).health().getStatus())
                    .isEqualTo(Status.UP);
        });
    }

    @Test
    void whenAnEngineOfTheApplicationKnowsTheDataSourceThenItIsUsed() {
        Wiring.runner()
                .withBean(DataSource.class, () -> h2("known"))
                .withBean(H2Engine.class)
                .run(context ->
                        assertThat(context.getBean(DatabaseEngine.class)).isInstanceOf(H2Engine.class));
    }

    @Test
    void whenThereAreSeveralDataSourcesThenNoneIsGuessed() {
        Wiring.runner()
                .withBean("one", DataSource.class, () -> h2("one"))
                .withBean("two", DataSource.class, () -> h2("two"))
                .withPropertyValues("spring.flyway.enabled=false")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(Database.class));
    }

    @Test
    void whenOneOfSeveralDataSourcesIsPrimaryThenItIsUsed() {
        Wiring.runner()
                .withBean("one", DataSource.class, () -> h2("first"), bean -> bean.setPrimary(true))
                .withBean("two", DataSource.class, () -> h2("second"))
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(Database.class));
    }

    @Test
    void whenTheOtherDataSourceIsNoCandidateThenThereIsOursBesideIt() {
        Wiring.sqlite(directory)
                .withBean(
                        "other",
                        DataSource.class,
                        () -> h2("beside"),
                        bean -> ((AbstractBeanDefinition) bean).setDefaultCandidate(false))
                .run(context -> {
                    assertThat(context).hasNotFailed().hasSingleBean(RoutingDataSource.class);
                    assertThat(context.getBean(Database.class).info().engine()).isEqualTo("sqlite");
                    assertThat(context.getBean(DatabaseHealthIndicator.class)
                                    .health()
                                    .getDetails())
                            .containsKey("pools");
                });
    }

    @Test
    void whenADataSourceIsLookedUpThenItWins() {
        System.setProperty("java.naming.factory.initial", NamingContexts.class.getName());
        try {
            Wiring.runner()
                    .withPropertyValues("spring.datasource.jndi-name=jdbc/own")
                    .run(context -> {
                        assertThat(context).hasNotFailed().doesNotHaveBean(RoutingDataSource.class);
                        assertThat(context.getBean(DataSource.class)).isInstanceOf(JdbcDataSource.class);
                    });
        } finally {
            System.clearProperty("java.naming.factory.initial");
        }
    }

    @Test
    void whenTheEngineIsOfTheApplicationThenTheTypeChoosesIt() {
        assertRunsOnH2(Wiring.runner().withPropertyValues("dovetail.type=h2"));
    }

    @Test
    void whenTheEngineIsOfTheApplicationThenTheUrlChoosesIt() {
        assertRunsOnH2(
                Wiring.runner().withPropertyValues("spring.datasource.url=jdbc:h2:mem:by-url;DB_CLOSE_DELAY=-1"));
    }

    private static void assertRunsOnH2(ApplicationContextRunner runner) {
        runner.withBean("databaseEngine", H2Engine.class).run(context -> {
            assertThat(context).hasNotFailed().hasSingleBean(RoutingDataSource.class);
            JdbcClient jdbc = context.getBean(JdbcClient.class);
            jdbc.sql("CREATE TABLE item (id integer PRIMARY KEY)").update();
            jdbc.sql("INSERT INTO item VALUES (1)").update();
            assertThat(jdbc.sql("SELECT count(*) FROM item")
                            .query(Integer.class)
                            .single())
                    .isEqualTo(1);
            assertThatThrownBy(() -> jdbc.sql("INSERT INTO item VALUES (1)").update())
                    .isInstanceOf(DuplicateKeyException.class);
            assertThat(context.getBean(DatabaseHealthIndicator.class).health().getDetails())
                    .containsEntry("engine", "h2")
                    .containsKey("pools");
        });
    }

    @Test
    void whenTheEngineHasNoClockThenMessagesAreRefusedAndTheRestWorks(CapturedOutput output) {
        Wiring.runner()
                .withPropertyValues("dovetail.type=h2")
                .withBean("databaseEngine", H2Engine.class)
                .withBean(OutboxHandler.class, () -> message -> {})
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(output).contains("Messages of the outbox are not delivered", "h2");
                    TransactionTemplate transaction =
                            new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
                    assertThatThrownBy(() -> transaction.executeWithoutResult(
                                    status -> context.getBean(Outbox.class).send("orders", "first")))
                            .isInstanceOf(UnsupportedOperationException.class);
                });
    }

    @Test
    void whenTheApplicationTranslatesErrorsThenItsTranslatorIsUsed() {
        SQLExceptionTranslator own = (task, sql, error) -> null;
        Wiring.sqlite(directory)
                .withBean(SQLExceptionTranslator.class, () -> own)
                .run(context -> assertThat(context.getBean(JdbcTemplate.class).getExceptionTranslator())
                        .isSameAs(own));
    }

    @Test
    void whenTheApplicationHasTheFacadeThenOursIsNotThere() {
        Wiring.sqlite(directory)
                .withBean(Database.class, OwnDatabase::new)
                .run(context -> assertThat(context.getBean(Database.class)).isInstanceOf(OwnDatabase.class));
    }

    @Test
    void whenTheApplicationHasHealthEndpointOrMetersThenOursAreNotThere() {
        HealthIndicator own = () -> Health.up().build();
        Wiring.sqlite(directory)
                .withBean("dovetailHealthIndicator", HealthIndicator.class, () -> own)
                .withBean(
                        "ownEndpoint",
                        DovetailEndpoint.class,
                        () -> new DovetailEndpoint(new OwnDatabase(), null, null, List.of(), false))
                .withBean("ownMetrics", DatabaseMetrics.class, DatabaseMetrics::new)
                .withPropertyValues("management.endpoints.web.exposure.include=dovetail")
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .doesNotHaveBean(DatabaseHealthIndicator.class)
                        .doesNotHaveBean("dovetailEndpoint")
                        .doesNotHaveBean("databaseMetrics"));
    }

    private static JdbcDataSource h2(String name) {
        JdbcDataSource dataSource = new JdbcDataSource();
        dataSource.setURL("jdbc:h2:mem:%s;DB_CLOSE_DELAY=-1".formatted(name));
        return dataSource;
    }

    /** What a server's naming would answer. */
    public static final class NamingContexts implements javax.naming.spi.InitialContextFactory {

        @Override
        public javax.naming.Context getInitialContext(java.util.Hashtable<?, ?> environment)
                throws javax.naming.NamingException {
            return new javax.naming.InitialContext(true) {
                @Override
                public Object lookup(String name) {
                    return h2("looked-up");
                }
            };
        }
    }

    private static final class OwnDatabase implements Database {

        @Override
        public BackupReport backup() {
            throw new UnsupportedOperationException();
        }

        @Override
        public DatabaseInfo info() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<DatabaseError> describe(Throwable exception) {
            return Optional.empty();
        }

        @Override
        public TableOperations table(String name) {
            throw new UnsupportedOperationException();
        }

        @Override
        public <T extends @Nullable Object, E extends Exception> T inTransaction(
                TransactionOptions options, TransactionWork<T, E> work) {
            throw new UnsupportedOperationException();
        }

        @Override
        public UnitOfWork unitOfWork() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Saga<String> saga(String name) {
            throw new UnsupportedOperationException();
        }

        @Override
        public QuerySpec query(String name) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Statistics statistics() {
            throw new UnsupportedOperationException();
        }

        @Override
        public DatabaseInsights insights(Duration window, int top) {
            throw new UnsupportedOperationException();
        }

        @Override
        public OptimizationReport optimize(OptimizationOptions options) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CacheOperations caches() {
            throw new UnsupportedOperationException();
        }

        @Override
        public HealthReport health() {
            throw new UnsupportedOperationException();
        }
    }
}
