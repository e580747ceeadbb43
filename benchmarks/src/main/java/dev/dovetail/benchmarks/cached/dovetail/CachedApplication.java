package dev.dovetail.benchmarks.cached.dovetail;

import dev.dovetail.Database;
import dev.dovetail.benchmarks.peer.Contexts;
import dev.dovetail.benchmarks.peer.dovetail.DovetailSubject;
import dev.dovetail.benchmarks.subject.DatabaseUnderTest;
import java.util.Map;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Dovetail with {@link CachedUsers}, as it comes but for the settings that are given. */
public final class CachedApplication implements AutoCloseable {

    /** The cache of {@link CachedUsers}. */
    public static final String CACHE = "cachedUsers";

    private final ConfigurableApplicationContext context;

    private CachedApplication(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** Starts it without a web server. */
    public static CachedApplication on(DatabaseUnderTest database, Map<String, String> settings) {
        return new CachedApplication(Contexts.start(
                Plain.class, DovetailSubject.LIBRARIES, properties(database, settings), Contexts.AS_IT_COMES));
    }

    /** Starts it with the slow query at {@code /pairs/{rows}}. */
    public static CachedApplication onWeb(DatabaseUnderTest database) {
        return new CachedApplication(
                Contexts.startWeb(Web.class, DovetailSubject.LIBRARIES, properties(database, Map.of())));
    }

    private static Map<String, String> properties(DatabaseUnderTest database, Map<String, String> settings) {
        Map<String, String> properties = DovetailSubject.properties(database);
        properties.putAll(settings);
        return properties;
    }

    public CachedUsers users() {
        return context.getBean(CachedUsers.class);
    }

    public Database database() {
        return context.getBean(Database.class);
    }

    /** Where the web server listens. */
    public int port() {
        return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    @Override
    public void close() {
        context.close();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Plain {}

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(PairsController.class)
    static class Web {}
}
