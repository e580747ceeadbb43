package dev.dovetail.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.dovetail.datasource.PausedPools;
import dev.dovetail.engine.ErrorCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.transaction.TransactionDefinition;

/** What those are told who want SQLite's only writer when it broke, or cannot be opened. */
class BrokenWriterTests {

    private static void createTable(TestApplication application) {
        application.template().execute("CREATE TABLE item (id integer PRIMARY KEY, quantity integer)");
    }

    private static void write(TestApplication on) {
        on.template().update("UPDATE item SET quantity = quantity + 1");
    }

    @Test
    void whoHoldsOneThatBrokeDoesNotWaitForHimself() {
        try (TestApplication application = TestApplication.on(TestEngine.SQLITE)) {
            createTable(application);
            whoHoldsOneThatBroke(application);
            write(application);
        }
    }

    private static void whoHoldsOneThatBroke(TestApplication application) {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        long began = System.nanoTime();
        assertThat(catchThrowable(() -> application.transaction().executeWithoutResult(outer -> {
                    write(application);
                    breakConnections(application);
                    assertThat(catchThrowable(() -> write(application))).isNotNull();
                    thrown.set(catchThrowable(() -> application
                            .transaction(TransactionDefinition.PROPAGATION_REQUIRES_NEW)
                            .executeWithoutResult(inner -> write(application))));
                })))
                .isNotNull();
        assertThat(application
                        .database()
                        .describe(Objects.requireNonNull(thrown.get()))
                        .orElseThrow()
                        .code())
                .isEqualTo(ErrorCode.WRITER_HELD);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
    }

    // As a restore does with those that are still in use.
    private static void breakConnections(TestApplication application) {
        try (PausedPools paused = application.dataSource().pause()) {
            paused.drain(Duration.ZERO);
        }
    }

    // A restore in another process leaves this file beside the database, which nobody may open meanwhile.
    @Test
    void whoWaitsWhileNoneCanBeOpenedIsNotToldThatTheyAreInUse(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("app.db");
        try (TestApplication torn = TestApplication.with(
                Map.of("dovetail.sqlite.path", file.toString()),
                "spring.datasource.hikari.connection-timeout=500",
                "dovetail.circuit-breaker.enabled=false")) {
            createTable(torn);
            Path restoring = Files.createFile(directory.resolve("app.db.restoring"));
            torn.dataSource().reconnect();
            Queue<Throwable> thrown = new ConcurrentLinkedQueue<>();
            List<CompletableFuture<Void>> waiting = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                waiting.add(OwnThread.run(() -> thrown.add(catchThrowable(() -> write(torn)))));
            }
            for (CompletableFuture<Void> each : waiting) {
                each.get(20, TimeUnit.SECONDS);
            }
            Files.delete(restoring);
            assertThat(thrown).hasSize(4).allSatisfy(each -> {
                assertThat(torn.database().describe(each).orElseThrow().code()).isNotEqualTo(ErrorCode.POOL_EXHAUSTED);
                assertThat(each).hasStackTraceContaining("could be opened");
            });
            Awaitility.await().ignoreExceptions().untilAsserted(() -> write(torn));
        }
    }
}
