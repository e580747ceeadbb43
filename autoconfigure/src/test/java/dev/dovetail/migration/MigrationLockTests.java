package dev.dovetail.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.dovetail.engine.DatabaseStartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class MigrationLockTests {

    private static final Duration SHORT = Duration.ofMillis(100);

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @TempDir
    Path directory;

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    @Test
    void oneAtATimeWithinAProcess() throws Exception {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            all.add(threads.submit(() -> lock(Duration.ofSeconds(30)).during(() -> {
                most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                Files.exists(database());
                inside.decrementAndGet();
            })));
        }
        for (Future<?> each : all) {
            each.get(30, TimeUnit.SECONDS);
        }
        assertThat(most).hasValue(1);
    }

    @Test
    void whoWaitsTooLongIsTold() throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        holdUntil(done);

        assertThatExceptionOfType(DatabaseStartException.class)
                .isThrownBy(() -> lock(SHORT).during(() -> {}))
                .withMessageContaining("app.db.migration.lock")
                .satisfies(e -> assertThat(e.action()).contains("spring.flyway.lock-retry-count"));
        done.countDown();
    }

    @Test
    void whoeverWaitedWithoutSuccessDoesNotTakeTheLockAway() throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        holdUntil(done);
        assertThatExceptionOfType(DatabaseStartException.class)
                .isThrownBy(() -> lock(SHORT).during(() -> {}));

        try (Jvm other = Jvm.start(HoldLock.class, database().toString())) {
            Future<?> held = threads.submit(() -> other.await("held"));
            assertThat(held).isNotDone();
            assertThatExceptionOfType(java.util.concurrent.TimeoutException.class)
                    .isThrownBy(() -> held.get(2, TimeUnit.SECONDS));
            done.countDown();
            held.get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void anotherProcessKeepsUsOutAndLetsUsIn() throws Exception {
        try (Jvm other = Jvm.start(HoldLock.class, database().toString()).await("held")) {
            assertThatExceptionOfType(DatabaseStartException.class)
                    .isThrownBy(() -> lock(SHORT).during(() -> {}));
            Future<?> waiting =
                    threads.submit(() -> lock(Duration.ofSeconds(30)).during(() -> {}));
            other.go();
            waiting.get(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void aProcessThatDiesLeavesNothingLocked() throws Exception {
        try (Jvm other = Jvm.start(HoldLock.class, database().toString()).await("held")) {
            other.kill();
            assertThatNoException()
                    .isThrownBy(() -> lock(Duration.ofSeconds(10)).during(() -> {}));
        }
    }

    @Test
    void failureGivesTheLockBackAndComesThrough() {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> lock(SHORT).during(() -> {
                    throw new IOException("of the work");
                }));
        assertThatNoException().isThrownBy(() -> lock(SHORT).during(() -> {}));
    }

    @Test
    void mayBeTakenAgainByItsHolder() {
        AtomicInteger runs = new AtomicInteger();
        lock(SHORT).during(() -> lock(SHORT).during(runs::incrementAndGet));
        assertThat(runs).hasValue(1);
    }

    @Test
    void theFileStaysAndTheDatabaseIsNotTouched() {
        lock(SHORT).during(() -> {});
        assertThat(directory).isDirectoryContaining(file -> file.endsWith("app.db.migration.lock"));
        assertThat(database()).doesNotExist();
    }

    @Test
    void aLinkAndItsTargetAreOneDatabase() throws Exception {
        Files.createFile(database());
        Path link = Files.createSymbolicLink(directory.resolve("link.db"), database());
        CountDownLatch done = new CountDownLatch(1);
        holdUntil(done);

        assertThatExceptionOfType(DatabaseStartException.class)
                .isThrownBy(() -> MigrationLock.beside(link, SHORT).during(() -> {}));
        done.countDown();
    }

    @Test
    void aDirectoryThatIsMissingIsNamed() {
        assertThatExceptionOfType(DatabaseStartException.class)
                .isThrownBy(() -> MigrationLock.beside(directory.resolve("gone/app.db"), SHORT)
                        .during(() -> {}))
                .withMessageContaining("gone/app.db.migration.lock");
    }

    @Test
    void anInterruptedWaitEndsAndLeavesTheThreadInterrupted() throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        holdUntil(done);
        Thread.currentThread().interrupt();

        assertThatExceptionOfType(DatabaseStartException.class)
                .isThrownBy(() -> lock(Duration.ofDays(1)).during(() -> {}))
                .withMessageContaining("Interrupted");
        assertThat(Thread.interrupted()).isTrue();
        done.countDown();
    }

    private void holdUntil(CountDownLatch done) throws InterruptedException {
        CountDownLatch held = new CountDownLatch(1);
        threads.execute(() -> holdLock(held, done));
        held.await();
    }

    private void holdLock(CountDownLatch held, CountDownLatch done) {
        try {
            lock(Duration.ofSeconds(10)).during(() -> {
                held.countDown();
                done.await();
            });
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private MigrationLock lock(Duration patience) {
        return MigrationLock.beside(database(), patience);
    }

    private Path database() {
        return directory.resolve("app.db");
    }
}
