package dev.dovetail.contract;

import dev.dovetail.Database;
import dev.dovetail.autoconfigure.DovetailActuatorAutoConfiguration;
import dev.dovetail.autoconfigure.DovetailDataJdbcAutoConfiguration;
import dev.dovetail.autoconfigure.DovetailDataSourceAutoConfiguration;
import dev.dovetail.datasource.RoutingDataSource;
import dev.dovetail.datasource.StatementEvent;
import dev.dovetail.datasource.StatementListener;
import dev.dovetail.engine.DatabaseEngine;
import dev.dovetail.engine.EngineConnections;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.data.jdbc.autoconfigure.DataJdbcRepositoriesAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionManagerCustomizationAutoConfiguration;
import org.springframework.boot.web.context.servlet.AnnotationConfigServletWebApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockServletContext;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** An application with Dovetail's data source and Spring's JDBC support on it, as a user would have it; no web server. */
public final class TestApplication implements AutoCloseable {

    private final ConfigurableApplicationContext context;
    private final Map<String, String> database;

    private TestApplication(ConfigurableApplicationContext context, Map<String, String> database) {
        this.context = context;
        this.database = database;
    }

    /** Starts on a fresh database of the engine; further properties are given as {@code name=value}. */
    public static TestApplication on(TestEngine engine, String... properties) {
        return with(engine.freshDatabase(), properties);
    }

    /** Starts on the database that these properties name. */
    public static TestApplication with(Map<String, String> database, String... properties) {
        return with(Beans.class, database, properties);
    }

    /** Starts on a fresh database with repositories: those that the configuration enables. */
    public static TestApplication withRepositories(TestEngine engine, Class<?> configuration, String... properties) {
        return with(engine.freshDatabase(), configuration, properties);
    }

    /** Starts with repositories on the database that these properties name. */
    public static TestApplication with(Map<String, String> database, Class<?> configuration, String... properties) {
        return with(List.of(Repositories.class, configuration), database, properties);
    }

    /** Starts on a fresh database with repositories, as a web application without a server. */
    public static TestApplication ofWeb(TestEngine engine, Class<?> configuration, String... properties) {
        SpringApplicationBuilder builder = new SpringApplicationBuilder(Repositories.class, configuration)
                .web(WebApplicationType.SERVLET)
                .contextFactory(type -> webContext());
        return with(builder, engine.freshDatabase(), properties);
    }

    /** Starts on the database that these properties name, with the beans of this configuration. */
    public static TestApplication withBeans(
            Map<String, String> database, Class<?> configuration, String... properties) {
        return with(List.of(Beans.class, configuration), database, properties);
    }

    private static ConfigurableApplicationContext webContext() {
        AnnotationConfigServletWebApplicationContext context = new AnnotationConfigServletWebApplicationContext();
        context.setServletContext(new MockServletContext());
        return context;
    }

    private static TestApplication with(Class<?> configuration, Map<String, String> database, String... properties) {
        return with(List.of(configuration), database, properties);
    }

    private static TestApplication with(
            List<Class<?>> configurations, Map<String, String> database, String... properties) {
        SpringApplicationBuilder builder =
                new SpringApplicationBuilder(configurations.toArray(Class<?>[]::new)).web(WebApplicationType.NONE);
        return with(builder, database, properties);
    }

    private static TestApplication with(
            SpringApplicationBuilder builder, Map<String, String> database, String... properties) {
        Map<String, Object> all = new LinkedHashMap<>(database);
        List<String> arguments = new ArrayList<>();
        for (String property : properties) {
            arguments.add("--" + property);
        }
        SpringApplication application = builder.bannerMode(org.springframework.boot.Banner.Mode.OFF)
                .logStartupInfo(false)
                .properties(all)
                .build();
        return new TestApplication(application.run(arguments.toArray(String[]::new)), database);
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    public ConfigurableApplicationContext context() {
        return context;
    }

    public JdbcClient jdbc() {
        return bean(JdbcClient.class);
    }

    public JdbcTemplate template() {
        return bean(JdbcTemplate.class);
    }

    public RoutingDataSource dataSource() {
        return bean(RoutingDataSource.class);
    }

    public Database database() {
        return bean(Database.class);
    }

    /** The properties that name the database. */
    public Map<String, String> databaseProperties() {
        return database;
    }

    /** Another process, as far as the database can tell: a connection of the driver's own. */
    public Connection foreignConnection() throws SQLException {
        Properties login = new Properties();
        login.setProperty("user", database.getOrDefault("spring.datasource.username", ""));
        login.setProperty("password", database.getOrDefault("spring.datasource.password", ""));
        return DriverManager.getConnection(bean(EngineConnections.class).url(), login);
    }

    /** A template for transactions that read and write, joining one that is there. */
    public TransactionTemplate transaction() {
        return new TransactionTemplate(bean(PlatformTransactionManager.class));
    }

    /** A template for transactions with this propagation, for example {@code PROPAGATION_REQUIRES_NEW}. */
    public TransactionTemplate transaction(int propagation) {
        return new TransactionTemplate(
                bean(PlatformTransactionManager.class), new DefaultTransactionDefinition(propagation));
    }

    public TransactionTemplate readOnlyTransaction() {
        DefaultTransactionDefinition definition =
                new DefaultTransactionDefinition(TransactionDefinition.PROPAGATION_REQUIRED);
        definition.setReadOnly(true);
        return new TransactionTemplate(bean(PlatformTransactionManager.class), definition);
    }

    /** Runs statements, separated by semicolons, in the words of portable migrations, for example {@code ${identity}}. */
    public void define(String portable) {
        String sql = portable;
        for (Map.Entry<String, String> word :
                bean(DatabaseEngine.class).migrationWords().entrySet()) {
            sql = sql.replace("${" + word.getKey() + "}", word.getValue());
        }
        for (String statement : sql.split(";")) {
            if (!statement.isBlank()) {
                template().execute(statement);
            }
        }
    }

    /** Makes the layer's own tables anew, as its migrations do. */
    public void defineOwnTables() {
        for (String table : List.of(
                "dovetail_lease",
                "dovetail_saga",
                "dovetail_outbox",
                "dovetail_table_version",
                "dovetail_maintenance_step",
                "dovetail_maintenance_run")) {
            template().execute("DROP TABLE IF EXISTS " + table);
        }
        for (String script :
                List.of("V1__leases_sagas_and_outbox.sql", "V2__table_versions.sql", "V3__maintenance_runs.sql")) {
            define(ownScript(script));
        }
    }

    private static String ownScript(String name) {
        try (InputStream script = TestApplication.class.getResourceAsStream("/db/dovetail/common/" + name)) {
            return new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every statement that was executed since the last call. */
    public List<StatementEvent> statements() {
        return bean(Recorder.class).drain();
    }

    @Override
    public void close() {
        context.close();
    }

    /** Remembers every statement. */
    static final class Recorder implements StatementListener {

        private final Queue<StatementEvent> events = new ConcurrentLinkedQueue<>();

        @Override
        public void onStatement(StatementEvent event) {
            events.add(event);
        }

        List<StatementEvent> drain() {
            List<StatementEvent> drained = new ArrayList<>();
            for (StatementEvent event = events.poll(); event != null; event = events.poll()) {
                drained.add(event);
            }
            return drained;
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        DovetailDataSourceAutoConfiguration.class,
        DovetailActuatorAutoConfiguration.class,
        DataSourceAutoConfiguration.class,
        TransactionManagerCustomizationAutoConfiguration.class,
        DataSourceTransactionManagerAutoConfiguration.class,
        TransactionAutoConfiguration.class,
        JdbcTemplateAutoConfiguration.class,
        JdbcClientAutoConfiguration.class
    })
    static class Beans {

        @Bean
        Recorder recorder() {
            return new Recorder();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @Import(Beans.class)
    @ImportAutoConfiguration({DovetailDataJdbcAutoConfiguration.class, DataJdbcRepositoriesAutoConfiguration.class})
    static class Repositories {}
}
