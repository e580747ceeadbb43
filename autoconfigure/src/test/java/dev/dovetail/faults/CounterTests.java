package dev.dovetail.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.contract.EngineContract;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Read, add one, write back: no update is lost and nobody sees an error, from however many threads, applications and
 * processes (F92).
 *
 * <p>With {@code BEGIN} instead of {@code BEGIN IMMEDIATE} two applications on one SQLite file fail at once, by
 * SQLITE_BUSY_SNAPSHOT; without FOR UPDATE the sum on PostgreSQL is short.
 */
@EngineContract
class CounterTests {

    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final TestEngine engine;

    @TempDir
    Path directory;

    CounterTests(TestEngine engine) {
        this.engine = engine;
    }

    @Test
    void twentyThreadsCountExactly() throws Exception {
        countInOneApplication(20, 100);
    }

    @Test
    @Tag("soak")
    void twentyThreadsCountExactlyForLong() throws Exception {
        countInOneApplication(20, 5_000);
    }

    @Test
    void threeApplicationsCountExactly() throws Exception {
        countInApplications(3, 7, 50);
    }

    @Test
    @Tag("soak")
    void threeApplicationsCountExactlyForLong() throws Exception {
        countInApplications(3, 7, 2_000);
    }

    @Test
    void threeProcessesCountExactly() throws Exception {
        countInProcesses(3, 4, 50);
    }

    @Test
    @Tag("soak")
    void threeProcessesCountExactlyForLong() throws Exception {
        countInProcesses(3, 7, 2_000);
    }

    private void countInOneApplication(int threads, int times) throws Exception {
        try (TestApplication application = TestApplication.on(engine)) {
            Counter.create(application);
            countIn(List.of(application), threads, times);
            assertThat(Counter.value(application)).isEqualTo(threads * times);
        }
    }

    private void countInApplications(int number, int threads, int times) throws Exception {
        Map<String, String> database = engine.freshDatabase();
        List<TestApplication> applications = new ArrayList<>();
        try {
            for (int i = 0; i < number; i++) {
                applications.add(TestApplication.with(database));
            }
            Counter.create(applications.get(0));
            countIn(applications, threads, times);
            for (TestApplication each : applications) {
                assertThat(Counter.value(each)).isEqualTo(number * threads * times);
            }
        } finally {
            applications.forEach(TestApplication::close);
        }
    }

    private void countIn(List<TestApplication> applications, int threads, int times) throws Exception {
        try (Workers workers = Workers.start(
                threads * applications.size(),
                number -> new Counter(applications.get(number % applications.size()), engine).add(times))) {
            workers.await(LONGEST);
        }
    }

    private void countInProcesses(int number, int threads, int times) throws Exception {
        Map<String, String> database = engine.freshDatabase();
        List<Child> children = new ArrayList<>();
        try (TestApplication application = TestApplication.with(database)) {
            Counter.create(application);
            for (int i = 0; i < number; i++) {
                children.add(Child.start(directory, Counter.class, arguments(database, threads, times)));
            }
            for (Child child : children) {
                child.await("ready");
            }
            for (Child child : children) {
                child.tell("go");
            }
            for (Child child : children) {
                assertThat(child.await("done").exitCode()).isZero();
            }
            assertThat(Counter.value(application)).isEqualTo(number * threads * times);
        } finally {
            children.forEach(Child::close);
        }
    }

    private String[] arguments(Map<String, String> database, int threads, int times) {
        List<String> arguments =
                new ArrayList<>(List.of(engine.name(), String.valueOf(threads), String.valueOf(times)));
        database.forEach((name, value) -> arguments.add(name + "=" + value));
        return arguments.toArray(String[]::new);
    }
}
