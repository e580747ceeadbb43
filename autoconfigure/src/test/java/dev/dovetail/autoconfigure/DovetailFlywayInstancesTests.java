package dev.dovetail.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.migration.Jvm;
import dev.dovetail.migration.Scripts;
import dev.dovetail.migration.TestDatabase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several instances of an application that start at the same moment on one empty database. */
@Timeout(120)
class DovetailFlywayInstancesTests {

    private static final int INSTANCES = 3;

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgresql"})
    void inOneProcess(String engine) throws Exception {
        TestDatabase database = engine.equals("sqlite") ? TestDatabase.sqlite(directory) : TestDatabase.postgresql();
        Scripts scripts = slowScripts();
        CyclicBarrier together = new CyclicBarrier(INSTANCES);
        ExecutorService threads = Executors.newFixedThreadPool(INSTANCES);
        List<Future<?>> instances = new ArrayList<>();
        for (int i = 0; i < INSTANCES; i++) {
            instances.add(threads.submit(() -> {
                together.await();
                FlywayContexts.on(database)
                        .withPropertyValues("spring.flyway.locations=" + scripts.location())
                        .run(context -> assertThat(context).hasNotFailed());
                return null;
            }));
        }
        for (Future<?> instance : instances) {
            instance.get(60, TimeUnit.SECONDS);
        }
        threads.shutdown();
        assertEachAppliedOnce(database);
    }

    @Test
    void inProcessesOfTheirOwn() throws Exception {
        TestDatabase database = TestDatabase.sqlite(directory);
        Scripts scripts = slowScripts();
        List<Jvm> instances = IntStream.range(0, INSTANCES)
                .mapToObj(i -> Jvm.start(StartingInstance.class, String.valueOf(database.file()), scripts.location()))
                .toList();
        try {
            for (Jvm instance : instances) {
                instance.await("ready");
            }
            for (Jvm instance : instances) {
                instance.go();
            }
            for (Jvm instance : instances) {
                assertThat(instance.exitCode()).isZero();
            }
        } finally {
            instances.forEach(Jvm::kill);
        }
        assertEachAppliedOnce(database);
    }

    /** Each takes long enough for the others to come along in the middle of it. */
    private Scripts slowScripts() {
        Scripts scripts =
                new Scripts(directory.resolve("scripts")).with("V1__log.sql", "CREATE TABLE log (n ${bigint});");
        for (int version = 2; version <= 5; version++) {
            scripts.with("V%d__work.sql".formatted(version), """
                    CREATE TABLE work_%d (id ${identity}) ${strict};
                    INSERT INTO log WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200000)
                    SELECT count(*) FROM n;
                    """.formatted(version));
        }
        return scripts;
    }

    private static void assertEachAppliedOnce(TestDatabase database) {
        assertThat(database.applied()).containsExactly("1", "2", "3", "4", "5");
        assertThat(database.jdbc().queryForObject("SELECT count(*) FROM log", Integer.class))
                .isEqualTo(4);
    }
}
