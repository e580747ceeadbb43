package dev.dovetail.autoconfigure;

import dev.dovetail.test.PostgresServer;
import dev.dovetail.test.TestDatabase;
import java.nio.file.Path;
import java.util.Arrays;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.boot.actuate.autoconfigure.endpoint.EndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.web.WebEndpointAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.data.jdbc.autoconfigure.DataJdbcRepositoriesAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.health.autoconfigure.contributor.HealthContributorAutoConfiguration;
import org.springframework.boot.health.autoconfigure.registry.HealthContributorRegistryAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceInitializationAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JndiDataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.XADataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.health.DataSourceHealthContributorAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.metrics.DataSourcePoolMetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionManagerCustomizationAutoConfiguration;
import org.springframework.context.annotation.Configuration;

/** Dovetail's auto-configurations among those of Spring Boot that they meet in an application. */
final class Wiring {

    /** The application as a class, for those who start it as one. */
    @Configuration(proxyBeanMethods = false)
    @AutoConfigurationPackage(basePackages = "dev.dovetail.none")
    @ImportAutoConfiguration({
        DovetailDataSourceAutoConfiguration.class,
        DovetailFlywayAutoConfiguration.class,
        DovetailActuatorAutoConfiguration.class,
        DovetailHibernateAutoConfiguration.class,
        SslAutoConfiguration.class,
        DataSourceAutoConfiguration.class,
        JndiDataSourceAutoConfiguration.class,
        XADataSourceAutoConfiguration.class,
        DataSourceInitializationAutoConfiguration.class,
        DataSourceTransactionManagerAutoConfiguration.class,
        TransactionAutoConfiguration.class,
        TransactionManagerCustomizationAutoConfiguration.class,
        JdbcTemplateAutoConfiguration.class,
        JdbcClientAutoConfiguration.class,
        DataJdbcRepositoriesAutoConfiguration.class,
        FlywayAutoConfiguration.class,
        EndpointAutoConfiguration.class,
        WebEndpointAutoConfiguration.class,
        HealthContributorAutoConfiguration.class,
        HealthContributorRegistryAutoConfiguration.class,
        DataSourceHealthContributorAutoConfiguration.class,
        MetricsAutoConfiguration.class,
        CompositeMeterRegistryAutoConfiguration.class,
        SimpleMetricsExportAutoConfiguration.class,
        DataSourcePoolMetricsAutoConfiguration.class
    })
    static class Application {}

    private Wiring() {}

    /** Without a database of its own: it would be {@code ./data/app.db}. */
    static ApplicationContextRunner runner() {
        return without("nothing");
    }

    /** Where a library is missing: the classes of this package are not found, nor is what configures them. */
    static ApplicationContextRunner without(String library) {
        ImportAutoConfiguration all = Application.class.getAnnotation(ImportAutoConfiguration.class);
        Class<?>[] present = Arrays.stream(all.value())
                .filter(configuration -> !configuration.getName().startsWith(library + "."))
                .filter(configuration -> !needs(configuration, library))
                .toArray(Class<?>[]::new);
        return new ApplicationContextRunner()
                .withInitializer(context ->
                        AutoConfigurationPackages.register((BeanDefinitionRegistry) context, "dev.dovetail.none"))
                .withClassLoader(new FilteredClassLoader(library))
                .withConfiguration(AutoConfigurations.of(present));
    }

    // In an application Spring Boot would not even look at it; it is not in the library's own jar.
    private static boolean needs(Class<?> configuration, String library) {
        return configuration == DataSourceHealthContributorAutoConfiguration.class && library.endsWith(".health");
    }

    /** On a file in this directory, which no property but the path asks for. */
    static ApplicationContextRunner sqlite(Path directory) {
        return runner().withPropertyValues(path(directory));
    }

    static String path(Path directory) {
        return "dovetail.sqlite.path=" + directory.resolve("app.db");
    }

    /** On a new database of the shared server. */
    static ApplicationContextRunner postgresql() {
        return runner().withPropertyValues(properties(PostgresServer.shared().newDatabase()));
    }

    static String[] properties(TestDatabase database) {
        return new String[] {
            "spring.datasource.url=" + database.jdbcUrl(),
            "spring.datasource.username=" + database.username(),
            "spring.datasource.password=" + database.password()
        };
    }
}
