package dev.dovetail.contract;

import java.util.EnumMap;
import java.util.Map;

/** One application per engine, with repositories and their tables, for all tests of a class. */
final class SharedRepositories implements AutoCloseable {

    private final Class<?> configuration;
    private final String tables;
    private final Map<TestEngine, TestApplication> started = new EnumMap<>(TestEngine.class);

    /**
     * @param configuration what enables the repositories
     * @param tables statements in the words of portable migrations
     */
    SharedRepositories(Class<?> configuration, String tables) {
        this.configuration = configuration;
        this.tables = tables;
    }

    TestApplication on(TestEngine engine) {
        return started.computeIfAbsent(engine, each -> {
            TestApplication application = TestApplication.withRepositories(each, configuration);
            application.define(tables);
            return application;
        });
    }

    @Override
    public void close() {
        started.values().forEach(TestApplication::close);
        started.clear();
    }
}
