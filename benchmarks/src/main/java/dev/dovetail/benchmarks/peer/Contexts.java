package dev.dovetail.benchmarks.peer;

import dev.dovetail.benchmarks.subject.DatabaseUnderTest;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/** Starts small Spring Boot applications without a web server. */
public final class Contexts {

    /** Nothing is changed. */
    public static final ApplicationContextInitializer<ConfigurableApplicationContext> AS_IT_COMES = context -> {};

    /** The repository {@code users} opens no transactions by itself. */
    public static final ApplicationContextInitializer<ConfigurableApplicationContext> NO_DEFAULT_TRANSACTIONS =
            context -> context.addBeanFactoryPostProcessor(beans ->
                    beans.getBeanDefinition("users").getPropertyValues().add("enableDefaultTransactions", false));

    private Contexts() {}

    /**
     * Starts an auto-configured application.
     *
     * @param libraries what else of the class path it has than what all have; see {@link LibraryFilter}
     */
    public static ConfigurableApplicationContext start(
            Class<?> configuration,
            String libraries,
            Map<String, String> properties,
            ApplicationContextInitializer<ConfigurableApplicationContext> initializer) {
        return application(configuration, libraries, properties)
                .web(WebApplicationType.NONE)
                .initializers(initializer)
                .run();
    }

    /** The same with a web server, on a port that is free. */
    public static ConfigurableApplicationContext startWeb(
            Class<?> configuration, String libraries, Map<String, String> properties) {
        return application(configuration, libraries, properties)
                .web(WebApplicationType.SERVLET)
                .properties("server.port=0", "server.address=127.0.0.1")
                .run();
    }

    private static SpringApplicationBuilder application(
            Class<?> configuration, String libraries, Map<String, String> properties) {
        Map<String, Object> all = new LinkedHashMap<>(properties);
        all.put(LibraryFilter.LIBRARIES, libraries);
        return new SpringApplicationBuilder(configuration)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .properties(all);
    }

    /** The properties with which a peer uses the database: {@link Pools}' URL and size. */
    public static Map<String, String> stockDataSource(DatabaseUnderTest database) {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("dovetail.enabled", "false");
        properties.put("spring.datasource.url", Pools.url(database));
        properties.put("spring.datasource.username", database.username());
        properties.put("spring.datasource.password", database.password());
        properties.put("spring.datasource.hikari.maximum-pool-size", Integer.toString(Pools.SIZE));
        properties.put("spring.flyway.enabled", "false");
        return properties;
    }
}
