package dev.dovetail.contract;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;

/** One application per engine for all tests of a class that do not mind sharing it. */
public final class SharedApplications implements AutoCloseable {

    private final Function<TestEngine, TestApplication> start;
    private final Map<TestEngine, TestApplication> started = new EnumMap<>(TestEngine.class);

    SharedApplications(String... properties) {
        this(engine -> TestApplication.on(engine, properties));
    }

    private SharedApplications(Function<TestEngine, TestApplication> start) {
        this.start = start;
    }

    /** Applications without repositories. */
    public static SharedApplications with(String... properties) {
        return new SharedApplications(properties);
    }

    /** Applications with the repositories that the configuration enables. */
    public static SharedApplications withRepositories(Class<?> configuration, String... properties) {
        return new SharedApplications(engine -> TestApplication.withRepositories(engine, configuration, properties));
    }

    /**
     * Applications with the repositories that the configuration enables.
     *
     * @param tables made at the start, in the words of portable migrations
     */
    public static SharedApplications withTables(Class<?> configuration, String tables) {
        return new SharedApplications(engine -> {
            TestApplication application = TestApplication.withRepositories(engine, configuration);
            application.define(tables);
            return application;
        });
    }

    /** Web applications without a server. */
    public static SharedApplications ofWeb(Class<?> configuration, String tables, String... properties) {
        return new SharedApplications(engine -> {
            TestApplication application = TestApplication.ofWeb(engine, configuration, properties);
            application.define(tables);
            return application;
        });
    }

    public TestApplication on(TestEngine engine) {
        return started.computeIfAbsent(engine, start);
    }

    /** Starts anew when it is next asked for. */
    @Override
    public void close() {
        started.values().forEach(TestApplication::close);
        started.clear();
    }
}
