package dev.dovetail.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.actuator.DatabaseHealthIndicator;
import dev.dovetail.backup.BackupReport;
import dev.dovetail.backup.Backups;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import dev.dovetail.contract.backup.DumpableDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.health.contributor.Status;

/** The process is killed (SIGKILL) while it backs up or restores: the database opens and is whole, and what counts as a backup is one. */
class KilledBackupTests {

    private static final int ROWS = 4_000;
    private static final int LONGEST_MILLIS = 1_500;

    @TempDir
    private Path directory;

    private Map<String, String> database = Map.of();

    @ParameterizedTest
    @EnumSource(TestEngine.class)
    void noHalfBackupCounts(TestEngine engine) throws Exception {
        killWhileBackingUp(engine, 3);
    }

    @ParameterizedTest
    @EnumSource(TestEngine.class)
    @Tag("soak")
    void noHalfBackupCountsForLong(TestEngine engine) throws Exception {
        killWhileBackingUp(engine, 10);
    }

    @ParameterizedTest
    @EnumSource(TestEngine.class)
    void aRestoreIsDoneOrNot(TestEngine engine) throws Exception {
        killWhileRestoring(engine, 3);
    }

    @ParameterizedTest
    @EnumSource(TestEngine.class)
    @Tag("soak")
    void aRestoreIsDoneOrNotForLong(TestEngine engine) throws Exception {
        killWhileRestoring(engine, 10);
    }

    private TestApplication open() {
        return TestApplication.with(
                database,
                "dovetail.backup.directory=" + directory.resolve("backups"),
                "dovetail.backup.keep-last=100",
                "logging.level.dev.dovetail=warn");
    }

    private void prepare(TestEngine engine, TestApplication application) {
        application.template().execute("CREATE TABLE item (id integer PRIMARY KEY, filler varchar(1000))");
        insert(engine, application, 1, ROWS);
    }

    private static void insert(TestEngine engine, TestApplication application, int from, int to) {
        application.transaction().executeWithoutResult(status -> {
            for (int id = from; id <= to; id++) {
                application.template().update("INSERT INTO item VALUES (?, ?)", id, engine + "x".repeat(500));
            }
        });
    }

    private void killWhileBackingUp(TestEngine engine, int rounds) throws Exception {
        database = DumpableDatabase.fresh(engine);
        try (TestApplication application = open()) {
            prepare(engine, application);
            assertThat(application.database().backup().verified()).isTrue();
        }
        Random random = new Random(11);
        int verified = 0;
        for (int round = 0; round < rounds; round++) {
            List<String> said = runUntilKilled(BackupProcess.BACKUP, random);
            try (TestApplication application = open()) {
                verified += verify(application, said);
            }
        }
        System.out.printf("%s: %d backups verified after %d kills%n", engine, verified, rounds);
    }

    private int verify(TestApplication application, List<String> said) {
        Backups backups = application.bean(Backups.class);
        List<BackupReport> all = backups.list();
        assertThat(all).as("what counts").isNotEmpty().allMatch(BackupReport::verified);
        assertThat(all)
                .allSatisfy(each ->
                        assertThat(backups.verify(each.name()).problem()).isNull());
        assertThat(all.stream().map(BackupReport::name))
                .containsAll(said.stream()
                        .filter(line -> line.startsWith(BackupProcess.BACKUP))
                        .map(line -> line.substring(BackupProcess.BACKUP.length() + 1))
                        .skip(Math.max(
                                0,
                                said.stream()
                                                .filter(line -> line.startsWith(BackupProcess.BACKUP))
                                                .count()
                                        - 1))
                        .toList());
        assertThat(application.template().queryForObject("SELECT count(*) FROM item", Integer.class))
                .as("of what was acknowledged")
                .isGreaterThanOrEqualTo(lastWritten(said));
        // The next one clears away what was left.
        application.database().backup();
        assertThat(directory.resolve("backups").toFile().list((folder, name) -> name.contains("partial")))
                .isEmpty();
        return all.size();
    }

    private static int lastWritten(List<String> said) {
        return said.stream()
                .filter(line -> line.startsWith(BackupProcess.WROTE))
                .mapToInt(line -> Integer.parseInt(line.substring(BackupProcess.WROTE.length())))
                .max()
                .orElse(ROWS);
    }

    private void killWhileRestoring(TestEngine engine, int rounds) throws Exception {
        database = DumpableDatabase.fresh(engine);
        String names;
        try (TestApplication application = open()) {
            prepare(engine, application);
            names = application.database().backup().name();
            insert(engine, application, ROWS + 1, 2 * ROWS);
            names += " " + application.database().backup().name();
        }
        Random random = new Random(13);
        for (int round = 0; round < rounds; round++) {
            runUntilKilled(names, random);
            try (TestApplication application = open()) {
                assertThat(application.template().queryForObject("SELECT count(*) FROM item", Integer.class))
                        .isIn(ROWS, 2 * ROWS);
                assertWhole(engine, application);
                assertThat(application
                                .bean(DatabaseHealthIndicator.class)
                                .health()
                                .getStatus())
                        .isEqualTo(Status.UP);
                assertThat(application.bean(Backups.class).list()).allMatch(BackupReport::verified);
            }
        }
    }

    private static void assertWhole(TestEngine engine, TestApplication application) {
        if (engine == TestEngine.SQLITE) {
            assertThat(application.template().queryForList("PRAGMA integrity_check", String.class))
                    .containsExactly("ok");
        }
    }

    private List<String> runUntilKilled(String what, Random random) throws IOException {
        List<String> arguments =
                new ArrayList<>(List.of(directory.resolve("backups").toString(), what));
        database.forEach((name, value) -> arguments.addAll(List.of(name, value)));
        Path own = Files.createTempDirectory(directory, "child");
        List<String> said = new ArrayList<>();
        try (Child child = Child.start(own, BackupProcess.class, arguments.toArray(String[]::new))) {
            child.await(BackupProcess.READY);
            int millis = random.nextInt(50, LONGEST_MILLIS);
            Thread killer = new Thread(() -> killAfter(child, millis), "killer");
            killer.start();
            String line = child.readLine();
            // The last line may have been cut, so that it is only believed when another one follows.
            for (String next = line == null ? null : child.readLine(); next != null; next = child.readLine()) {
                said.add(line);
                line = next;
            }
        }
        return said;
    }

    private static void killAfter(Child child, int millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            child.kill();
        }
    }
}
