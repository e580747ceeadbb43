package dev.dovetail.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dovetail.Database;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.engine.DatabaseError;
import dev.dovetail.engine.ErrorCode;
import dev.dovetail.monitoring.health.StorageFailures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ObjIntConsumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.dao.NonTransientDataAccessResourceException;

/**
 * There is no room left. SQLite then rolls the whole transaction back by itself; whoever swallows the error and goes on
 * must not end up with the second half committed. With room again, writing goes on without a restart.
 *
 * <p>With dooming switched off, both fail: the commit is no longer refused after 194 statements that failed.
 */
class FullStorageTests {

    private static final int FEW_PAGES = 40;
    private static final int MANY_PAGES = 1_000_000;

    @TempDir
    Path directory;

    @Test
    void aFullDatabaseLosesNothingAndTakesNothingByHalf() {
        fillByPages(3);
    }

    @Test
    @Tag("soak")
    void aFullDatabaseLosesNothingAndTakesNothingByHalfForLong() {
        fillByPages(1_000);
    }

    @Test
    void aFullDiskLosesNothingAndTakesNothingByHalf() throws Exception {
        fillDisk(3);
    }

    @Test
    @Tag("soak")
    void aFullDiskLosesNothingAndTakesNothingByHalfForLong() throws Exception {
        fillDisk(300);
    }

    private void fillByPages(int times) {
        for (int i = 0; i < times; i++) {
            try (TestApplication application = open(
                    directory.resolve("pages-" + i + ".db"), "dovetail.sqlite.pragmas.max_page_count=" + FEW_PAGES)) {
                fillAndRecover(
                        application, FullStorageTests::swallowAndContinue, () -> limitPages(application, MANY_PAGES));
            }
        }
    }

    private static void limitPages(TestApplication application, int pages) {
        application.template().update("PRAGMA max_page_count = " + pages);
    }

    /** On a disk of its own where the operating system lets us make one, or else by pages once more. */
    private void fillDisk(int times) throws Exception {
        Path disk = Files.createDirectory(directory.resolve("disk"));
        String refusal = Commands.refusal("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk.toString());
        if (refusal != null) {
            System.out.println("No disk of 1 MB could be made, so only the number of pages was limited: " + refusal);
            fillByPages(times);
            return;
        }
        try {
            for (int i = 0; i < times; i++) {
                fillOneDisk(disk, FullStorageTests::swallowAndContinue, "dovetail.sqlite.cache-size=40KB");
                fillOneDisk(disk, FullStorageTests::commitTooMuch);
            }
        } finally {
            Commands.run("umount", disk.toString());
        }
    }

    private static void fillOneDisk(Path disk, ObjIntConsumer<TestApplication> useWithoutRoom, String... properties)
            throws IOException {
        Commands.run("mount", "-o", "remount,size=1m", disk.toString());
        Path file = disk.resolve("full.db");
        try (TestApplication application = open(file, properties)) {
            fillAndRecover(
                    application,
                    useWithoutRoom,
                    () -> Commands.run("mount", "-o", "remount,size=16m", disk.toString()));
        }
        Files.delete(file);
    }

    private static TestApplication open(Path file, String... properties) {
        return TestApplication.with(Map.of("dovetail.sqlite.path", file.toString()), properties);
    }

    private static void fillAndRecover(
            TestApplication application, ObjIntConsumer<TestApplication> useWithoutRoom, Runnable makeRoom) {
        application.template().execute("CREATE TABLE item (id integer PRIMARY KEY, filler text)");
        int rows = fill(application);
        assertThat(rows).as("rows that fitted").isPositive();

        useWithoutRoom.accept(application, rows);
        assertThat(application.bean(StorageFailures.class).last())
                .as("what health says")
                .map(DatabaseError::code)
                .contains(ErrorCode.STORAGE_FULL);
        assertThat(ids(application)).as("after the failed transaction").hasSize(rows);
        assertThat(application
                        .readOnlyTransaction()
                        .<Integer>execute(status -> ids(application).size()))
                .as("reading goes on")
                .isEqualTo(rows);

        makeRoom.run();
        application.transaction().executeWithoutResult(status -> insert(application, rows + 1));
        insert(application, rows + 2);
        assertThat(ids(application)).as("with room again").hasSize(rows + 2);
        assertThat(application.bean(StorageFailures.class).last()).isEmpty();
        assertThat(application.template().queryForList("PRAGMA integrity_check", String.class))
                .containsExactly("ok");
    }

    /** Inserts until there is no room; returns how many rows fitted. */
    private static int fill(TestApplication application) {
        AtomicInteger last = new AtomicInteger();
        assertThatThrownBy(() -> {
                    while (last.get() < 10_000) {
                        insert(application, last.get() + 1);
                        last.incrementAndGet();
                    }
                })
                .isInstanceOf(NonTransientDataAccessResourceException.class)
                .satisfies(error -> assertThat(application.bean(Database.class).describe(error))
                        .map(DatabaseError::code)
                        .contains(ErrorCode.STORAGE_FULL));
        assertThat(ids(application)).as("rows whose insert succeeded").hasSize(last.get());
        return last.get();
    }

    /** An application that takes no notice of errors; everything it does in this transaction is in vain. */
    private static void swallowAndContinue(TestApplication application, int rows) {
        AtomicInteger failed = new AtomicInteger();
        assertThatThrownBy(() -> application.transaction().executeWithoutResult(status -> {
                    application.template().update("DELETE FROM item WHERE id = 1");
                    for (int id = rows + 1; id <= rows + 200; id++) {
                        try {
                            insert(application, id);
                        } catch (DataAccessException e) {
                            failed.incrementAndGet();
                        }
                    }
                    assertThatThrownBy(() -> application.template().update("DELETE FROM item"))
                            .isInstanceOf(InvalidDataAccessApiUsageException.class);
                }))
                .as("the commit, after %s failed statements", failed)
                .isInstanceOf(InvalidDataAccessApiUsageException.class)
                .hasStackTraceContaining("rolled back instead of committed");
        assertThat(failed).hasPositiveValue();
    }

    /** With a large cache nothing is written before the commit, so that only that can fail. */
    private static void commitTooMuch(TestApplication application, int rows) {
        assertThatThrownBy(() -> application.transaction().executeWithoutResult(status -> {
                    application.template().update("DELETE FROM item WHERE id = 1");
                    for (int id = rows + 1; id <= rows + 1_000; id++) {
                        insert(application, id);
                    }
                }))
                .isInstanceOf(NonTransientDataAccessResourceException.class)
                .hasMessageContaining("commit");
    }

    private static void insert(TestApplication application, int id) {
        application
                .jdbc()
                .sql("INSERT INTO item VALUES (:id, :filler)")
                .param("id", id)
                .param("filler", "x".repeat(3_000))
                .update();
    }

    private static List<Integer> ids(TestApplication application) {
        return application
                .jdbc()
                .sql("SELECT id FROM item ORDER BY id")
                .query(Integer.class)
                .list();
    }
}
