package dev.dovetail.contract.repository;

import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import java.util.EnumMap;
import java.util.Map;

/** One application with repositories per engine, for all tests of a class. */
final class RepositoryApplications implements AutoCloseable {

    private final Class<?> configuration;
    private final String tables;
    private final Map<TestEngine, TestApplication> started = new EnumMap<>(TestEngine.class);

    /**
     * @param configuration enables the repositories
     * @param tables makes their tables, in the words of portable migrations
     */
    RepositoryApplications(Class<?> configuration, String tables) {
        this.configuration = configuration;
        this.tables = tables;
    }

    TestApplication on(TestEngine engine) {
        return started.computeIfAbsent(engine, this::start);
    }

    private TestApplication start(TestEngine engine) {
        TestApplication application = TestApplication.withRepositories(engine, configuration);
        application.define(tables);
        return application;
    }

    @Override
    public void close() {
        started.values().forEach(TestApplication::close);
        started.clear();
    }
}
