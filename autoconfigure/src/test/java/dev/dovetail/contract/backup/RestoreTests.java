package dev.dovetail.contract.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.dovetail.actuator.DatabaseHealthIndicator;
import dev.dovetail.backup.BackupException;
import dev.dovetail.backup.BackupReport;
import dev.dovetail.backup.BackupSettings;
import dev.dovetail.backup.Backups;
import dev.dovetail.backup.RestoreReport;
import dev.dovetail.contract.OwnThread;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import dev.dovetail.datasource.RestoreListener;
import dev.dovetail.datasource.TableVersions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A backup comes back into the running application, which notices in nothing but what is in its tables (F154). */
class RestoreTests {

    @TempDir
    private Path directory;

    // Each test starts it, with properties of its own.
    @SuppressWarnings("NullAway.Init")
    private TestApplication application;

    private void start(TestEngine engine, String... more) {
        start(engine, Ordinary.class, more);
    }

    private void start(TestEngine engine, Class<?> beans, String... more) {
        String[] properties = new String[more.length + 1];
        properties[0] = "dovetail.backup.directory=" + directory.resolve("backups");
        System.arraycopy(more, 0, properties, 1, more.length);
        application = TestApplication.withBeans(DumpableDatabase.fresh(engine), beans, properties);
        application.template().execute("CREATE TABLE item (id integer PRIMARY KEY, name varchar(100))");
        insert(1);
    }

    @Configuration(proxyBeanMethods = false)
    static class Ordinary {}

    /** Whoever uses a connection may go on for three seconds instead of ten. */
    @Configuration(proxyBeanMethods = false)
    static class Impatient {

        @Bean
        BackupSettings backupSettings(@Value("${dovetail.backup.directory}") Path directory) {
            return new BackupSettings("app", directory, 7, 30, false, false, null, Duration.ofSeconds(3));
        }
    }

    @AfterEach
    void stop() {
        if (application != null) {
            application.close();
        }
    }

    private void insert(int id) {
        application.template().update("INSERT INTO item (id, name) VALUES (?, ?)", id, "item " + id);
    }

    private List<Integer> ids() {
        return application.template().queryForList("SELECT id FROM item ORDER BY id", Integer.class);
    }

    private Backups backups() {
        return application.bean(Backups.class);
    }

    @ParameterizedTest
    @EnumSource(TestEngine.class)
    void rowsTablesAndTheSchemaAreBack(TestEngine engine) {
        start(engine);
        BackupReport backup = application.database().backup();
        insert(2);
        application.template().execute("DELETE FROM item WHERE id = 1");
        application.template().execute("ALTER TABLE item ADD COLUMN further integer");
        assertThat(application
                        .database()
                        .table("item")
                        .where("further")
                        .isNull()
                        .count())
                .isEqualTo(1);

        RestoreReport restored = backups().restore(backup.name());

        assertThat(ids()).containsExactly(1);
        assertThatThrownBy(() -> application
                        .database()
                        .table("item")
                        .where("further")
                        .isNull()
                        .count())
                .hasMessageContaining("further");
        assertThat(restored.safetyBackup()).isNotNull();
        assertThat(restored.replaced()).isNull();
        assertThat(application.bean(DatabaseHealthIndicator.class).health().getStatus())
                .isEqualTo(Status.UP);

        backups().restore(String.valueOf(restored.safetyBackup()));
        assertThat(ids()).as("the state before the first restore").containsExactly(2);
        insert(3);
        assertThat(ids()).containsExactly(2, 3);
    }

    @ParameterizedTest
    @EnumSource(TestEngine.class)
    void whoWantsAConnectionWaitsAndWhoHasOneForTooLongIsInterrupted(TestEngine engine) throws Exception {
        start(engine, Impatient.class, "dovetail.query-timeout=0");
        BackupReport backup = backups().backup();
        insert(2);
        CompletableFuture<Void> endless =
                OwnThread.run(() -> application.template().queryForList(engine.slowQuery()));
        await().until(() -> application.dataSource().pools().stream().anyMatch(pool -> pool.active() > 0));
        CompletableFuture<RestoreReport> restore = new CompletableFuture<>();
        CompletableFuture<Void> restoring =
                OwnThread.run(() -> restore.complete(backups().restore(backup.name())));
        await().atMost(Duration.ofSeconds(30))
                .until(() -> backups().status().restoring()
                        && backups().status().running() != null
                        && String.valueOf(backups().status().running()).contains("waiting"));

        CompletableFuture<Void> waiting = OwnThread.run(() -> assertThat(ids()).containsExactly(1));
        assertThat(application.bean(DatabaseHealthIndicator.class).health().getStatus())
                .isEqualTo(Status.OUT_OF_SERVICE);

        restoring.join();
        assertThatThrownBy(endless::join).as("the query that had its time").isNotNull();
        assertThat(restore.join().paused()).isLessThan(Duration.ofSeconds(40));
        try {
            waiting.join();
        } catch (CompletionException e) {
            assertThat(e).as("or told so after the time that anybody waits").hasStackTraceContaining("being restored");
        }
        assertThat(ids()).containsExactly(1);
    }

    @ParameterizedTest
    @EnumSource(TestEngine.class)
    void nothingThatWasReadBeforeCountsAsCurrent(TestEngine engine) {
        start(engine);
        TableVersions versions = application.bean(TableVersions.class);
        versions.watch();
        AtomicInteger loads = new AtomicInteger();
        BackupReport backup = backups().backup();
        insert(2);
        for (int i = 0; i < 20; i++) {
            read(loads);
        }
        assertThat(read(loads)).containsExactly(1, 2);

        backups().restore(backup.name());

        assertThat(read(loads)).containsExactly(1);
    }

    private List<Integer> read(AtomicInteger loads) {
        return application
                .database()
                .query("ids")
                .key()
                .cached(Duration.ofMinutes(5))
                .run(() -> {
                    loads.incrementAndGet();
                    return ids();
                });
    }

    @ParameterizedTest
    @EnumSource(TestEngine.class)
    void aTransactionCannotRestoreTheDatabaseItIsIn(TestEngine engine) {
        start(engine);
        BackupReport backup = backups().backup();

        assertThatThrownBy(() -> application
                        .transaction()
                        .executeWithoutResult(status -> backups().restore(backup.name())))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("transaction");
        insert(2);
        assertThat(ids()).containsExactly(1, 2);
    }

    @ParameterizedTest
    @EnumSource(TestEngine.class)
    void whileOneIsRunningAnotherIsRefused(TestEngine engine) throws Exception {
        start(engine);
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        CompletableFuture<Void> first = OwnThread.run(() -> backups().backup(progress -> {
            running.countDown();
            awaitUninterruptibly(goOn);
        }));
        running.await();

        assertThatThrownBy(() -> backups().backup())
                .isInstanceOfSatisfying(
                        BackupException.class,
                        e -> assertThat(e.reason()).isEqualTo(BackupException.Reason.ALREADY_RUNNING));
        goOn.countDown();
        first.join();
        assertThat(backups().list()).hasSize(1);
        assertThat(backups().status().lastFailure()).isNull();
    }

    @ParameterizedTest
    @EnumSource(TestEngine.class)
    void oneThatIsCancelledLeavesNothing(TestEngine engine) {
        start(engine);
        BackupReport before = backups().backup();

        assertThatThrownBy(() -> backups().backup(progress -> backups().cancel()))
                .isInstanceOfSatisfying(
                        BackupException.class, e -> assertThat(e.reason()).isEqualTo(BackupException.Reason.CANCELLED));

        assertThat(directory.resolve("backups").toFile().list())
                .as("what is in the directory")
                .containsExactlyInAnyOrder(before.name(), before.name() + ".json", ".dovetail-backup.lock");
        assertThat(backups().status().lastFailure()).contains("cancelled");
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @ParameterizedTest
    @EnumSource(TestEngine.class)
    void listenersAreToldBeforeAnybodyReads(TestEngine engine) {
        start(engine);
        BackupReport backup = backups().backup();
        List<String> told = new CopyOnWriteArrayList<>();
        application.context().getBeanFactory().registerSingleton("ours", (RestoreListener) () -> told.add("told"));

        backups().restore(backup.name());

        assertThat(told).containsExactly("told");
    }
}
