package dev.dovetail.contract.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.dovetail.backup.BackupException;
import dev.dovetail.backup.BackupReport;
import dev.dovetail.backup.Backups;
import dev.dovetail.contract.OwnThread;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Backups while others write as fast as they can. Each restores to a prefix of what was acknowledged: all that was before it began,
 * of each writer without a gap, and of no transaction only a half (F151).
 */
class BackupLoadTests {

    private static final int WRITERS = 3;

    @TempDir
    private Path directory;

    private final AtomicIntegerArray acknowledged = new AtomicIntegerArray(WRITERS);
    private volatile boolean stopped;

    private record Made(String name, List<Integer> before) {}

    @ParameterizedTest
    @EnumSource(TestEngine.class)
    void eachRestoresToAConsistentPrefix(TestEngine engine) throws Exception {
        eachRestores(engine, Duration.ofSeconds(4), Duration.ofMillis(200));
    }

    @ParameterizedTest
    @EnumSource(TestEngine.class)
    @Tag("soak")
    void eachRestoresToAConsistentPrefixForLong(TestEngine engine) throws Exception {
        eachRestores(engine, Duration.ofSeconds(60), Duration.ofSeconds(2));
    }

    private TestApplication start(TestEngine engine) {
        TestApplication application = TestApplication.with(
                DumpableDatabase.fresh(engine),
                "dovetail.backup.directory=" + directory,
                "dovetail.backup.keep-last=1000",
                "logging.level.dev.dovetail=error");
        application.template().execute("CREATE TABLE counter (writer integer PRIMARY KEY, number integer)");
        application
                .template()
                .execute(
                        "CREATE TABLE log (writer integer, number integer, filler varchar(1000), PRIMARY KEY (writer, number))");
        for (int writer = 0; writer < WRITERS; writer++) {
            application.template().update("INSERT INTO counter VALUES (?, 0)", writer);
        }
        return application;
    }

    private void eachRestores(TestEngine engine, Duration time, Duration interval) throws Exception {
        try (TestApplication application = start(engine)) {
            List<CompletableFuture<Void>> writers = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                int writer = i;
                writers.add(OwnThread.run(() -> write(application, writer)));
            }
            List<Made> made = makeBackups(application, time, interval);
            stopped = true;
            writers.forEach(CompletableFuture::join);

            assertThat(made).hasSizeGreaterThan(1);
            for (Made each : made) {
                application.bean(Backups.class).restore(each.name);
                assertPrefix(application, each);
            }
            System.out.printf("%s: %d backups beside %s commits%n", engine, made.size(), acknowledged);
        }
    }

    private void write(TestApplication application, int writer) {
        for (int number = 1; !stopped; number++) {
            int next = number;
            application.transaction().executeWithoutResult(status -> {
                application.template().update("UPDATE counter SET number = ? WHERE writer = ?", next, writer);
                application.template().update("INSERT INTO log VALUES (?, ?, ?)", writer, next, "x".repeat(500));
            });
            acknowledged.set(writer, next);
        }
    }

    private List<Made> makeBackups(TestApplication application, Duration time, Duration interval) throws Exception {
        List<Made> made = new ArrayList<>();
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        try {
            clock.scheduleWithFixedDelay(
                            () -> made.add(make(application)), 0, interval.toMillis(), TimeUnit.MILLISECONDS)
                    .get(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            // None of them has failed.
        } finally {
            clock.shutdown();
            assertThat(clock.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        }
        // However slow the machine is.
        while (made.size() < 2) {
            made.add(make(application));
        }
        return made;
    }

    private Made make(TestApplication application) {
        List<Integer> before = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            before.add(acknowledged.get(i));
        }
        BackupReport report = application.database().backup();
        assertThat(report.verified()).isTrue();
        return new Made(report.name(), before);
    }

    private static void assertPrefix(TestApplication application, Made backup) {
        Map<Integer, Integer> counters = new LinkedHashMap<>();
        application.template().query("SELECT writer, number FROM counter ORDER BY writer", row -> {
            counters.put(row.getInt(1), row.getInt(2));
        });
        assertThat(counters).hasSize(WRITERS);
        counters.forEach((writer, number) -> {
            assertThat(number)
                    .as("of writer %d in %s", writer, backup)
                    .isGreaterThanOrEqualTo(backup.before.get(writer));
            assertThat(application
                            .template()
                            .queryForList(
                                    "SELECT number FROM log WHERE writer = ? ORDER BY number", Integer.class, writer))
                    .as("log of writer %d", writer)
                    .hasSize(number)
                    .isEqualTo(IntStream.rangeClosed(1, number).boxed().toList());
        });
    }

    /** Who writes through a restore loses nothing that was acknowledged after it, and is never told of success in vain. */
    @ParameterizedTest
    @EnumSource(TestEngine.class)
    void aRestoreUnderLoadIsSeenByAllAtOnce(TestEngine engine) {
        try (TestApplication application = start(engine)) {
            String name = application.database().backup().name();
            List<CompletableFuture<Void>> writers = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                int writer = i;
                writers.add(OwnThread.run(() -> writeOn(application, writer)));
            }
            for (int round = 0; round < 3; round++) {
                restoreWhileTheyWrite(application, name);
            }
            stopped = true;
            writers.forEach(CompletableFuture::join);

            Map<Integer, Integer> counted = new LinkedHashMap<>();
            application.template().query("SELECT writer, count(*) FROM log GROUP BY writer", row -> {
                counted.put(row.getInt(1), row.getInt(2));
            });
            application.template().query("SELECT writer, number FROM counter", row -> {
                assertThat(counted.getOrDefault(row.getInt(1), 0)).as("halves").isEqualTo(row.getInt(2));
            });
            assertThatCode(() -> application.bean(Backups.class).backup()).doesNotThrowAnyException();
        }
    }

    private static void restoreWhileTheyWrite(TestApplication application, String name) {
        try {
            application.bean(Backups.class).restore(name);
        } catch (BackupException e) {
            throw new AssertionError("The restore under load failed", e);
        }
    }

    // One more than there is, so that it goes on from wherever the restore leads back to.
    private void writeOn(TestApplication application, int writer) {
        while (!stopped) {
            try {
                application.transaction().executeWithoutResult(status -> {
                    application.template().update("UPDATE counter SET number = number + 1 WHERE writer = ?", writer);
                    application
                            .template()
                            .update("INSERT INTO log SELECT writer, number, 'x' FROM counter WHERE writer = ?", writer);
                });
            } catch (DataAccessException | TransactionException e) {
                // Ended in the midst of it, and told so.
            }
        }
    }
}
