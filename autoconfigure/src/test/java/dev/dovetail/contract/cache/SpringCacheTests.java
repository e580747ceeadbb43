package dev.dovetail.contract.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dovetail.cache.DovetailCacheManager;
import dev.dovetail.contract.OwnThread;
import dev.dovetail.contract.TestEngine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.cache.Cache;

/** A cache by the words of Spring: what is put there by hand, and what queries have put there. */
class SpringCacheTests extends BadgeContract {

    private Cache cache;

    SpringCacheTests(TestEngine engine) {
        super(engine);
    }

    @BeforeEach
    void oneThatIsEmpty() {
        database.query("shared").key(0).cached().run(this::count);
        cache = Objects.requireNonNull(
                application.bean(DovetailCacheManager.class).getCache("shared"));
        cache.clear();
    }

    // As @Cacheable(sync = true) does it.
    @Test
    void oneLoadsForAllWhoWantTheSame() throws Exception {
        AtomicInteger loads = new AtomicInteger();
        CountDownLatch all = new CountDownLatch(8);
        Callable<Integer> loader = () -> {
            await(all);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
            return loads.incrementAndGet();
        };
        List<CompletableFuture<Void>> threads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            threads.add(OwnThread.run(() -> {
                all.countDown();
                assertThat(cache.get("key", loader)).isEqualTo(1);
            }));
        }
        CompletableFuture.allOf(threads.toArray(CompletableFuture[]::new)).get(20, TimeUnit.SECONDS);
        assertThat(loads).hasValue(1);
    }

    @Test
    void whatIsRemovedWhileItIsLoadedIsNotStored() {
        assertThat(cache.get("key", () -> {
                    cache.evict("key");
                    return "old";
                }))
                .isEqualTo("old");
        assertThat(cache.get("key")).isNull();
        assertThat(cache.get("key", () -> "new")).isEqualTo("new");
        assertThat(cache.get("key", () -> "newer")).isEqualTo("new");
    }

    @Test
    void aLoaderThatFailsLeavesNothing() {
        assertThatThrownBy(() -> cache.get("key", () -> {
                    throw new IOException("away");
                }))
                .isInstanceOf(Cache.ValueRetrievalException.class)
                .hasCauseInstanceOf(IOException.class);
        assertThat(cache.get("key", () -> "new")).isEqualTo("new");
    }

    @Test
    void oneOfManyWhoPutIsTheFirst() throws Exception {
        for (int round = 0; round < 200; round++) {
            int key = round;
            AtomicInteger first = new AtomicInteger();
            CountDownLatch begin = new CountDownLatch(1);
            List<CompletableFuture<Void>> threads = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                int value = i;
                threads.add(OwnThread.run(() -> {
                    await(begin);
                    if (cache.putIfAbsent(key, value) == null) {
                        first.incrementAndGet();
                    }
                }));
            }
            begin.countDown();
            CompletableFuture.allOf(threads.toArray(CompletableFuture[]::new)).get(20, TimeUnit.SECONDS);
            assertThat(first).hasValue(1);
        }
    }

    @Test
    void whatAQueryHasKeptIsNotThereForATransactionThatChangesIt() {
        database.query("shared").key(1).cached().run(this::count);
        assertThat(cache.get(1, Long.class)).isEqualTo(3);
        cache.put("by hand", "x");
        database.inTransaction(transaction -> {
            badges.deleteById(1L);
            assertThat(cache.get(1)).isNull();
            assertThat(cache.get("by hand", String.class)).isEqualTo("x");
            transaction.setRollbackOnly();
            return true;
        });
        assertThat(cache.get(1, Long.class)).isEqualTo(3);
        assertThat(cache.putIfAbsent(1, 5L)).isNotNull();
        badges.deleteById(1L);
        assertThat(cache.putIfAbsent(1, 5L)).isNull();
        assertThat(cache.get(1, Long.class)).isEqualTo(5);
    }
}
