package dev.dovetail.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.dovetail.Database;
import dev.dovetail.datasource.DatabaseExceptionTranslator;
import dev.dovetail.datasource.RoutingDataSource;
import dev.dovetail.engine.DatabaseEngine;
import dev.dovetail.engine.DatabaseError;
import dev.dovetail.engine.DescribedSqlException;
import dev.dovetail.engine.ErrorCode;
import dev.dovetail.test.PostgresServer;
import dev.dovetail.test.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** Which data source there is, and whose word counts. */
class DovetailDataSourceAutoConfigurationTests {

    @TempDir
    private Path directory;

    @Test
    void whenNothingIsSaidThenItIsSqliteInTheApplicationsFile() {
        Wiring.sqlite(directory).run(context -> {
            assertThat(context)
                    .hasSingleBean(RoutingDataSource.class)
                    .hasSingleBean(Database.class)
                    .hasSingleBean(DatabaseExceptionTranslator.class)
                    .hasBean("dovetailHealthIndicator");
            assertThat(context.getBean(Database.class).info().engine()).isEqualTo("sqlite");
            DatabaseError held = DatabaseError.of(ErrorCode.WRITER_HELD, "25000");
            assertThat(context.getBean(JdbcTransactionManager.class)
                            .getExceptionTranslator()
                            .translate("COMMIT", null, new DescribedSqlException("held", held, null)))
                    .as("only our own translator knows this")
                    .isInstanceOf(InvalidDataAccessApiUsageException.class);
            assertThat(directory.resolve("app.db")).exists();
        });
    }

    @Test
    void whenTheUrlIsOfPostgresqlThenItIsPostgresql() {
        Wiring.postgresql()
                .run(context -> assertThat(
                                context.getBean(Database.class).info().engine())
                        .isEqualTo("postgresql"));
    }

    @Test
    void whenAUrlOfSqliteIsGivenThenItNamesTheFile() {
        Path file = directory.resolve("deep/er/by-url.db");
        Wiring.runner()
                .withPropertyValues("spring.datasource.url=jdbc:sqlite:" + file)
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(file).exists();
                });
    }

    @Test
    void whenTheTypeIsSqliteThenPartsForPostgresqlDoNotMatter() {
        Wiring.sqlite(directory)
                .withPropertyValues("dovetail.type=sqlite", "dovetail.postgresql.host=db.invalid")
                .run(context -> assertThat(
                                context.getBean(Database.class).info().engine())
                        .isEqualTo("sqlite"));
    }

    @Test
    void whenPartsAreGivenThenTheyMakeTheUrl() {
        TestDatabase database = PostgresServer.shared().newDatabase();
        Wiring.runner()
                .withPropertyValues(
                        "dovetail.postgresql.host=" + database.info().host(),
                        "dovetail.postgresql.port=" + database.info().port(),
                        "dovetail.postgresql.database=" + database.info().database(),
                        "spring.datasource.username=" + database.username(),
                        "spring.datasource.password=" + database.password())
                .run(context -> assertThat(currentDatabase(context.getBean(JdbcClient.class)))
                        .isEqualTo(database.info().database()));
    }

    @Test
    void whenSwitchedOffThenSpringBootsDataSourceIsLeftAlone() {
        Wiring.runner()
                .withPropertyValues("dovetail.enabled=false", "spring.datasource.url=jdbc:h2:mem:boots-own")
                .run(context -> {
                    assertThat(context)
                            .hasNotFailed()
                            .doesNotHaveBean(Database.class)
                            .doesNotHaveBean(DatabaseEngine.class)
                            .doesNotHaveBean(RoutingDataSource.class)
                            .doesNotHaveBean("dovetailHealthIndicator");
                    assertThat(context.getBean(DataSource.class)).isInstanceOf(HikariDataSource.class);
                    assertThat(context.getBean(JdbcClient.class)
                                    .sql("SELECT 1")
                                    .query(Integer.class)
                                    .single())
                            .isEqualTo(1);
                });
    }

    @Test
    void whenThereAreConnectionDetailsThenTheyWinOverProperties() {
        TestDatabase database = PostgresServer.shared().newDatabase();
        Wiring.sqlite(directory)
                .withPropertyValues("spring.datasource.url=jdbc:sqlite:" + directory.resolve("not-this.db"))
                .withBean(JdbcConnectionDetails.class, () -> new Details(database))
                .run(context -> {
                    assertThat(currentDatabase(context.getBean(JdbcClient.class)))
                            .isEqualTo(database.info().database());
                    assertThat(directory.resolve("not-this.db")).doesNotExist();
                });
    }

    @Test
    void whenConnectionsShallBeFetchedLazilyThenNothingChanges() {
        Wiring.sqlite(directory)
                .withPropertyValues("spring.datasource.connection-fetch=lazy")
                .run(context -> {
                    assertThat(context).hasNotFailed().hasSingleBean(RoutingDataSource.class);
                    assertThat(context.getBean(JdbcTemplate.class).queryForObject("SELECT 1", Integer.class))
                            .isEqualTo(1);
                });
    }

    @Test
    void whenSomebodyWrapsTheDataSourceThenThePoolsAreFoundAllTheSame() {
        AtomicReference<DataSource> wrapper = new AtomicReference<>();
        Wiring.sqlite(directory)
                .withInitializer(context -> context.getBeanFactory().addBeanPostProcessor(new Wrapping(wrapper)))
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(context.getBean(DataSource.class)).isSameAs(wrapper.get());
                    assertThat(RoutingDataSource.behind(context.getBean(DataSource.class)))
                            .isNotNull();
                    assertThat(context.getBean(dev.dovetail.actuator.DatabaseHealthIndicator.class)
                                    .health()
                                    .getDetails())
                            .containsKey("pools");
                });
    }

    @Test
    void whenThereIsASchemaScriptThenSpringBootRunsIt() {
        for (ApplicationContextRunner runner : Set.of(Wiring.sqlite(directory), Wiring.postgresql())) {
            runner.withPropertyValues(
                            "spring.sql.init.mode=always",
                            "spring.flyway.enabled=false",
                            "spring.sql.init.schema-locations=classpath:wiring/schema.sql")
                    .run(context -> assertThat(context.getBean(JdbcTemplate.class)
                                    .queryForObject("SELECT count(*) FROM from_script", Integer.class))
                            .isEqualTo(1));
        }
    }

    private static String currentDatabase(JdbcClient jdbc) {
        return jdbc.sql("SELECT current_database()").query(String.class).single();
    }

    /** Stands for what {@code @ServiceConnection} and Docker Compose provide. */
    private record Details(TestDatabase database) implements JdbcConnectionDetails {

        @Override
        public String getJdbcUrl() {
            return database.jdbcUrl();
        }

        @Override
        public String getUsername() {
            return database.username();
        }

        @Override
        public String getPassword() {
            return database.password();
        }
    }

    private record Wrapping(AtomicReference<DataSource> wrapper)
            implements org.springframework.beans.factory.config.BeanPostProcessor {

        @Override
        public Object postProcessAfterInitialization(Object bean, String name) {
            if (!(bean instanceof DataSource dataSource)) {
                return bean;
            }
            DataSource wrapped = new Watching(dataSource);
            wrapper.set(wrapped);
            return wrapped;
        }
    }

    private static final class Watching extends DelegatingDataSource {

        Watching(DataSource target) {
            super(target);
        }

        @Override
        public Connection getConnection() throws SQLException {
            return Objects.requireNonNull(super.getConnection());
        }
    }
}
