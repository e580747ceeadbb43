package dev.dovetail.contract.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dovetail.contract.OwnThread;
import dev.dovetail.contract.TestEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Loads that call themselves, fail or are interrupted. */
class LoadingTests extends BadgeContract {

    LoadingTests(TestEngine engine) {
        super(engine);
    }

    private int depth(int n) {
        return database.query("recursive")
                .key()
                .cached()
                .<Integer>run(() -> n == 0 ? (int) count() : depth(n - 1) + (int) count());
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

    @Test
    void fiftyAtOnceReadOnce() {
        CountDownLatch start = new CountDownLatch(1);
        application.statements();
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            all.add(OwnThread.run(() -> {
                try {
                    start.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                assertThat(badges.numberAbove(0)).isEqualTo(3);
            }));
        }
        start.countDown();
        all.forEach(CompletableFuture::join);
        assertThat(application.statements())
                .filteredOn(event -> event.sql().contains("badge"))
                .hasSize(1);
    }

    @Test
    void aFailedLoadFailsAloneAndTheOthersTryThemselves() {
        AtomicInteger tries = new AtomicInteger();
        CountDownLatch both = new CountDownLatch(1);
        Supplier<Long> failingFirst = () -> {
            if (tries.incrementAndGet() == 1) {
                await(both);
                throw new IllegalStateException("the first fails");
            }
            return count();
        };
        CompletableFuture<Void> first = OwnThread.run(() -> assertThatThrownBy(
                        () -> database.query("failing").key().cached().run(failingFirst))
                .hasMessage("the first fails"));
        while (tries.get() == 0) {
            Thread.onSpinWait();
        }
        CompletableFuture<Void> second = OwnThread.run(
                () -> assertThat(database.query("failing").key().cached().run(failingFirst))
                        .isEqualTo(3));
        both.countDown();
        first.join();
        second.join();
    }

    @Test
    void twoThatNeedEachOtherDoNotWaitForEver() throws Exception {
        CountDownLatch bothBegan = new CountDownLatch(2);
        CompletableFuture<Void> one = OwnThread.run(() -> crossed("a", "b", bothBegan));
        CompletableFuture<Void> other = OwnThread.run(() -> crossed("b", "a", bothBegan));
        CompletableFuture.allOf(one, other).get(20, java.util.concurrent.TimeUnit.SECONDS);
    }

    private void crossed(String mine, String others, CountDownLatch bothBegan) {
        database.query("crossed").key(mine).cached().run(() -> {
            bothBegan.countDown();
            await(bothBegan);
            return database.query("crossed").key(others).cached().run(this::count);
        });
    }
}
