package dev.dovetail.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.dovetail.engine.DatabaseError;
import dev.dovetail.engine.DatabaseFiles;
import dev.dovetail.engine.EngineConnections;
import dev.dovetail.engine.ErrorCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.NonTransientDataAccessResourceException;

/** What only a database in a file, or in none, has to keep. */
class SqliteFileTests {

    @TempDir
    Path directory;

    private TestApplication start(Path file, String... properties) {
        return TestApplication.with(Map.of("dovetail.sqlite.path", file.toString()), properties);
    }

    private static void createTable(TestApplication application) {
        application.template().execute("CREATE TABLE item (id integer PRIMARY KEY)");
    }

    private static int count(TestApplication application) {
        return Objects.requireNonNull(
                application.template().queryForObject("SELECT count(*) FROM item", Integer.class));
    }

    @Test
    void theFileIsItsOwnersAndItsDirectoriesAreMade() throws Exception {
        Path file = directory.resolve("a/b/app.db");
        try (TestApplication application = start(file)) {
            createTable(application);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void rowsOutliveTheApplicationAndNoLogIsLeft() {
        Path file = directory.resolve("app.db");
        try (TestApplication application = start(file)) {
            createTable(application);
            application.template().update("INSERT INTO item VALUES (1)");
            assertThat(directory.resolve("app.db-wal")).exists();
        }
        assertThat(directory).isDirectoryContaining(file::equals);
        assertThat(directory.resolve("app.db-wal")).doesNotExist();
        try (TestApplication application = start(file)) {
            assertThat(count(application)).isEqualTo(1);
        }
    }

    @Test
    void theLogIsCopiedIntoTheFileOnceItHasFourThousandPages() throws Exception {
        long frame = 4096 + 24;
        try (TestApplication application =
                start(directory.resolve("app.db"), "dovetail.optimizer.checkpoint-interval=0s")) {
            createTable(application);
            for (int i = 0; i < 12_000; i++) {
                application.template().update("INSERT INTO item VALUES (?)", i);
            }
            assertThat(Files.size(directory.resolve("app.db-wal"))).isBetween(4_000 * frame, 4_010 * frame);
        }
    }

    @Test
    void twoApplicationsShareAFile() throws Exception {
        Path file = directory.resolve("app.db");
        try (TestApplication first = start(file);
                TestApplication second = start(file)) {
            createTable(first);
            ExecutorService executor = Executors.newFixedThreadPool(2);
            try {
                Future<?> odd = executor.submit(() -> insert(first, 1));
                Future<?> even = executor.submit(() -> insert(second, 2));
                odd.get();
                even.get();
            } finally {
                executor.shutdownNow();
            }
            assertThat(count(first)).isEqualTo(200);
            assertThat(count(second)).isEqualTo(200);
        }
    }

    private static void insert(TestApplication application, int first) {
        for (int i = 0; i < 100; i++) {
            int id = first + 2 * i;
            application
                    .transaction()
                    .executeWithoutResult(status -> application.template().update("INSERT INTO item VALUES (?)", id));
        }
    }

    @Test
    void inMemoryEveryConnectionSeesTheSameAndNothingIsLeft() throws Exception {
        Path file;
        try (TestApplication application =
                TestApplication.with(Map.of("dovetail.sqlite.path", ":memory:"), "dovetail.sqlite.readers=5")) {
            DatabaseFiles files = Objects.requireNonNull(
                    application.bean(EngineConnections.class).files());
            file = Path.of(files.path());
            createTable(application);
            application.template().update("INSERT INTO item VALUES (1)");
            ExecutorService executor = Executors.newFixedThreadPool(5);
            try {
                List<Future<Integer>> counts = new ArrayList<>();
                for (int i = 0; i < 50; i++) {
                    counts.add(executor.submit(() -> count(application)));
                }
                for (Future<Integer> each : counts) {
                    assertThat(each.get()).isEqualTo(1);
                }
            } finally {
                executor.shutdownNow();
            }
            application.dataSource().reconnect();
            assertThat(count(application)).isEqualTo(1);
        }
        assertThat(file.getParent()).doesNotExist();
    }

    @Test
    void aFullDiskDoomsTheTransactionAndIsNoEnd() {
        try (TestApplication application =
                start(directory.resolve("app.db"), "dovetail.sqlite.pragmas.max_page_count=40")) {
            createTable(application);
            application.template().execute("CREATE TABLE big (content blob)");
            Throwable thrown = catchThrowable(() -> application.transaction().executeWithoutResult(status -> {
                application.template().update("INSERT INTO item VALUES (1)");
                assertThat(catchThrowable(() -> fill(application)))
                        .isExactlyInstanceOf(NonTransientDataAccessResourceException.class);
                application.template().update("INSERT INTO item VALUES (2)");
            }));

            assertThat(application.database().describe(thrown))
                    .map(DatabaseError::code)
                    .contains(ErrorCode.TRANSACTION_ABORTED);
            assertThat(application.database().describe(catchThrowable(() -> fill(application))))
                    .map(DatabaseError::code)
                    .contains(ErrorCode.STORAGE_FULL);
            assertThat(count(application)).isZero();
            application.template().update("INSERT INTO item VALUES (3)");
        }
    }

    private static void fill(TestApplication application) {
        application.template().update("INSERT INTO big VALUES (zeroblob(1000000))");
    }
}
