package dev.dovetail.contract;

import java.util.EnumMap;
import java.util.Map;

/** One application per engine for all tests of a class that do not mind sharing it. */
final class SharedApplications implements AutoCloseable {

    private final String[] properties;
    private final Map<TestEngine, TestApplication> started = new EnumMap<>(TestEngine.class);

    SharedApplications(String... properties) {
        this.properties = properties;
    }

    TestApplication on(TestEngine engine) {
        return started.computeIfAbsent(engine, each -> TestApplication.on(each, properties));
    }

    /** Starts anew when it is next asked for. */
    @Override
    public void close() {
        started.values().forEach(TestApplication::close);
        started.clear();
    }
}
