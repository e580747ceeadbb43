package dev.dovetail.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.contract.EngineContract;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import dev.dovetail.datasource.RoutingDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The application ends while it is at work: nothing hangs, nothing is lost, nothing is left behind (F18).
 *
 * <p>While the pools were closed at once, seven of eight callers hung for ten seconds, and SQLite's -wal and -shm stayed.
 */
@EngineContract
class ShutdownTests {

    private static final int THREADS = 8;
    private static final Duration TO_CLOSE = Duration.ofSeconds(20);
    private static final Duration TO_SETTLE = Duration.ofSeconds(10);

    private final TestEngine engine;

    @TempDir
    Path directory;

    ShutdownTests(TestEngine engine) {
        this.engine = engine;
    }

    @Test
    void closingUnderLoadLosesAndLeavesNothing() throws Exception {
        apart(() -> closeUnderLoad(3));
    }

    @Test
    @Tag("soak")
    void closingUnderLoadLosesAndLeavesNothingForLong() throws Exception {
        apart(() -> closeUnderLoad(300));
    }

    @Test
    void startingAndClosingTwentyTimesLeavesNothing() throws Exception {
        apart(() -> startAndClose(20));
    }

    @Test
    @Tag("soak")
    void startingAndClosingLeavesNothingForLong() throws Exception {
        apart(() -> startAndClose(1_000));
    }

    @Test
    void aLongQueryDoesNotHoldUpTheClose() throws Exception {
        TestApplication application = TestApplication.on(engine, "logging.level.root=off");
        CountDownLatch begun = new CountDownLatch(1);
        try (Workers query = Workers.start(1, number -> {
            begun.countDown();
            application.template().queryForList(engine.slowQuery());
        })) {
            begun.await();
            awaitActiveConnection(application);
            Duration closing = timed(application::close);
            assertThat(closing).as("closing while a query runs").isLessThan(TO_CLOSE);
            Awaitility.await("the query ends")
                    .atMost(TO_SETTLE)
                    .until(() -> !query.errors().isEmpty());
        }
    }

    @Test
    void sigtermUnderLoadEndsInOrder() throws Exception {
        Map<String, String> database = engine.freshDatabase();
        Set<Integer> acknowledged = new TreeSet<>();
        int exitCode;
        try (Child child = Child.start(directory, Application.class, arguments(database))) {
            String line = child.awaitPrefix(Committer.ACKNOWLEDGED);
            for (int i = 0; i < 200; i++) {
                acknowledged.add(Integer.valueOf(line.substring(Committer.ACKNOWLEDGED.length())));
                line = child.awaitPrefix(Committer.ACKNOWLEDGED);
            }
            child.terminate();
            for (String next = line; next != null; next = child.readLine()) {
                if (next.startsWith(Committer.ACKNOWLEDGED)) {
                    acknowledged.add(Integer.valueOf(next.substring(Committer.ACKNOWLEDGED.length())));
                }
            }
            exitCode = child.exitCode();
        }
        assertThat(exitCode).as("exit code").isIn(0, 143);
        assertNothingBesideTheFile(database);
        verify(database, acknowledged);
    }

    private interface Work {
        void run() throws Exception;
    }

    // In a group of threads of its own, which all that it starts are in: other tests' applications may still be open in
    // this JVM.
    private static void apart(Work work) throws Exception {
        FutureTask<@Nullable Void> task = new FutureTask<>(() -> {
            work.run();
            return null;
        });
        new Thread(new ThreadGroup("apart"), task, "apart").start();
        task.get();
    }

    private void closeUnderLoad(int times) throws Exception {
        for (int i = 0; i < times; i++) {
            closeUnderLoad();
        }
    }

    private void closeUnderLoad() throws Exception {
        Map<String, String> database = engine.freshDatabase();
        Set<Integer> acknowledged = new ConcurrentSkipListSet<>();
        Set<Thread> before = threads();
        TestApplication application = TestApplication.with(database, "logging.level.root=off");
        Ledger ledger = new Ledger(application.dataSource());
        ledger.create();
        try (Workers workers = Workers.repeat(THREADS, number -> ledger.write(acknowledged::add))) {
            Awaitility.await("work").until(() -> acknowledged.size() > 100);
            Duration closing = timed(application::close);
            assertThat(closing).as("closing under load").isLessThan(TO_CLOSE);
            workers.awaitAllFailed(TO_SETTLE);
        }
        assertNothingBesideTheFile(database);
        assertSettled(before, database);
        verify(database, acknowledged);
    }

    private void startAndClose(int times) throws Exception {
        Map<String, String> database = engine.freshDatabase();
        // The first one loads classes and starts what stays for the life of the JVM.
        useOnce(database);
        Set<Thread> before = threads();
        int descriptors = descriptors().size();
        for (int i = 0; i < times; i++) {
            useOnce(database);
        }
        assertSettled(before, database);
        Awaitility.await("no more file descriptors than before (" + descriptors + ")")
                .atMost(TO_SETTLE)
                .untilAsserted(() -> assertThat(descriptors().size()).isLessThanOrEqualTo(descriptors + 5));
    }

    private static void useOnce(Map<String, String> database) {
        try (TestApplication application = TestApplication.with(database, "logging.level.root=off")) {
            application.template().execute("CREATE TABLE IF NOT EXISTS item (id integer)");
            application.template().update("INSERT INTO item VALUES (1)");
            application.template().queryForList("SELECT * FROM item");
        }
    }

    private static void assertSettled(Set<Thread> before, Map<String, String> database) {
        ThreadGroup own = Thread.currentThread().getThreadGroup();
        Awaitility.await("no thread is left")
                .atMost(TO_SETTLE)
                .untilAsserted(() -> assertThat(leftOver(own, before)).isEmpty());
        String path = database.get("dovetail.sqlite.path");
        if (path != null) {
            Awaitility.await("nobody holds the file")
                    .atMost(TO_SETTLE)
                    .untilAsserted(() -> assertThat(descriptors()).noneMatch(target -> target.startsWith(path)));
        }
    }

    /** Each with what it is at. */
    private static Map<String, List<StackTraceElement>> leftOver(ThreadGroup own, Set<Thread> before) {
        Map<String, List<StackTraceElement>> left = new LinkedHashMap<>();
        Thread.getAllStackTraces().forEach((thread, stack) -> {
            String name = thread.getName();
            // What the JVM and the libraries start once for all.
            boolean lasting =
                    name.matches("worker-.*|ForkJoinPool.*|Cleaner.*|awaitility.*|PostgreSQL-JDBC-.*|process reaper.*");
            if (thread.getThreadGroup() == own && !before.contains(thread) && !lasting) {
                left.put(thread.toString(), List.of(stack));
            }
        });
        return left;
    }

    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet();
    }

    /** What the open file descriptors of this process point to, where the operating system tells. */
    private static List<String> descriptors() throws IOException {
        Path own = Path.of("/proc/self/fd");
        if (!Files.isDirectory(own)) {
            return List.of();
        }
        try (Stream<Path> links = Files.list(own)) {
            return links.map(ShutdownTests::target).collect(Collectors.toList());
        }
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            return "closed meanwhile";
        }
    }

    private static void assertNothingBesideTheFile(Map<String, String> database) throws IOException {
        String path = database.get("dovetail.sqlite.path");
        if (path != null) {
            try (Stream<Path> files = Files.list(Path.of(path).getParent())) {
                assertThat(files.map(Path::toString))
                        .as("files of the closed database")
                        .containsExactly(path);
            }
        }
    }

    private static void verify(Map<String, String> database, Set<Integer> acknowledged) {
        try (TestApplication application = TestApplication.with(database)) {
            new Ledger(application.dataSource()).verify(acknowledged, THREADS);
        }
    }

    private static void awaitActiveConnection(TestApplication application) {
        Awaitility.await("the query runs")
                .until(() -> application.bean(RoutingDataSource.class).pools().stream()
                        .anyMatch(pool -> pool.active() > 0));
    }

    private static Duration timed(Runnable work) {
        long started = System.nanoTime();
        work.run();
        return Duration.ofNanos(System.nanoTime() - started);
    }

    private static String[] arguments(Map<String, String> database) {
        return database.entrySet().stream()
                .map(property -> property.getKey() + "=" + property.getValue())
                .toArray(String[]::new);
    }

    /** The application as a process, which writes until it is told to end. */
    static final class Application {

        private Application() {}

        /** Arguments: the properties of the database. */
        public static void main(String[] arguments) {
            Map<String, String> database = new LinkedHashMap<>();
            for (String property : arguments) {
                int equals = property.indexOf('=');
                database.put(property.substring(0, equals), property.substring(equals + 1));
            }
            TestApplication application = TestApplication.with(database, "logging.level.root=off");
            Ledger ledger = new Ledger(application.dataSource());
            ledger.create();
            try (Workers workers = Workers.repeat(
                    THREADS, number -> ledger.write(id -> System.out.println(Committer.ACKNOWLEDGED + id)))) {
                workers.awaitAllFailed(Duration.ofMinutes(1));
            }
        }
    }
}
