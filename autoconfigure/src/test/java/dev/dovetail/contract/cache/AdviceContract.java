package dev.dovetail.contract.cache;

import dev.dovetail.cache.CacheAdvice;
import dev.dovetail.contract.EngineContract;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import dev.dovetail.contract.cache.AdvisedRepositories.Plain;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;

/** An application whose repositories are watched, new for each test. */
@EngineContract
abstract class AdviceContract {

    static final String BY_NAME = "Plain.findByName(String)";
    /** So many calls of a method do not count. */
    static final int FIRST = 20;

    private final TestEngine engine;
    TestApplication application;
    Plain plain;

    AdviceContract(TestEngine engine) {
        this.engine = engine;
        this.application = AdvisedRepositories.start(engine, "dovetail.cache.advice=true");
        this.plain = application.bean(Plain.class);
    }

    @AfterEach
    void stop() {
        application.close();
    }

    void restart(String... properties) {
        application.close();
        application = AdvisedRepositories.start(engine, properties);
        plain = application.bean(Plain.class);
    }

    void badges(int count) {
        List<Object[]> rows = IntStream.rangeClosed(1, count)
                .mapToObj(i -> new Object[] {i, "badge" + i, i % 10})
                .toList();
        application
                .transaction()
                .executeWithoutResult(status -> application
                        .template()
                        .batchUpdate("INSERT INTO badge (id, name, points) VALUES (?, ?, ?)", rows));
    }

    void change() {
        application.template().update("UPDATE badge SET points = points + 1 WHERE id = 1");
    }

    List<CacheAdvice> advice() {
        return application.database().caches().advice();
    }

    Optional<CacheAdvice> adviceOn(String method) {
        return advice().stream().filter(one -> one.method().equals(method)).findFirst();
    }

    CacheAdvice requiredAdviceOn(String method) {
        return adviceOn(method).orElseThrow(() -> new AssertionError(method + " not in " + advice()));
    }

    static void times(int count, IntConsumer action) {
        for (int i = 0; i < count; i++) {
            action.accept(i);
        }
    }
}
