package dev.dovetail.contract.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dovetail.Database;
import dev.dovetail.contract.EngineContract;
import dev.dovetail.contract.OwnThread;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Loads that call themselves, fail or are interrupted. */
@EngineContract
class LoadingTests {

    private final TestApplication application;
    private final Database database;

    LoadingTests(TestEngine engine) {
        this.application = BadgeApplications.on(engine);
        this.database = application.database();
    }

    @AfterAll
    static void stop() {
        BadgeApplications.stop();
    }

    @BeforeEach
    void threeBadges() {
        BadgeApplications.reset(application);
    }

    private long count() {
        return application
                .jdbc()
                .sql("SELECT count(*) FROM badge")
                .query(Long.class)
                .single();
    }

    private int depth(int n) {
        return database.query("recursive")
                .key()
                .cached()
                .<Integer>run(() -> n == 0 ? (int) count() : depth(n - 1) + (int) count());
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aQueryMayCallItself() throws Exception {
        OwnThread.run(() -> assertThat(depth(3)).isEqualTo(12)).get(10, TimeUnit.SECONDS);
    }

    @Test
    void anErrorIsNotLostAndOthersGoOn() throws Exception {
        CountDownLatch began = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        CompletableFuture<Void> failing =
                OwnThread.run(() -> database.query("error").key().cached().run(() -> {
                    count();
                    began.countDown();
                    await(go);
                    throw new StackOverflowError("mine");
                }));
        await(began);
        CompletableFuture<Void> joining = OwnThread.run(
                () -> assertThat(database.query("error").key().cached().<Long>run(this::count))
                        .isEqualTo(3));
        go.countDown();
        joining.get(10, TimeUnit.SECONDS);
        assertThatThrownBy(failing::join).hasRootCauseInstanceOf(StackOverflowError.class);
    }

    @Test
    void whoIsInterruptedWhileWaitingGoesOnByHimself() throws Exception {
        CountDownLatch began = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        CompletableFuture<Void> loading =
                OwnThread.run(() -> database.query("slow").key().cached().run(() -> {
                    began.countDown();
                    await(go);
                    return count();
                }));
        await(began);
        AtomicInteger own = new AtomicInteger();
        CompletableFuture<Void> interrupted = OwnThread.run(() -> {
            Thread.currentThread().interrupt();
            database.query("slow").key().cached().run(() -> {
                own.incrementAndGet();
                return 1L;
            });
            assertThat(Thread.interrupted()).isTrue();
        });
        interrupted.get(10, TimeUnit.SECONDS);
        assertThat(own).hasValue(1);
        go.countDown();
        loading.join();
    }
}
