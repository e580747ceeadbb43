package dev.dovetail.monitoring.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.contract.OwnThread;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BriefLockTests {

    private static final int THREADS = 4;
    private static final int ADDITIONS = 200_000;

    private final BriefLock lock = new BriefLock();
    private long sum;

    /** More threads than processors, half of which never wait. */
    @Test
    void oneThreadAtATimeAddsAndSeesWhatOthersAdded() {
        CompletableFuture<?>[] threads = IntStream.range(0, THREADS)
                .mapToObj(i -> OwnThread.run(() -> addOften(i % 2 == 0)))
                .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(threads).join();
        lock.lock();
        assertThat(sum).isEqualTo((long) THREADS * ADDITIONS);
    }

    private void addOften(boolean waiting) {
        for (int i = 0; i < ADDITIONS; i++) {
            if (waiting) {
                lock.lock();
            } else {
                while (!lock.tryLock()) {
                    Thread.onSpinWait();
                }
            }
            sum++;
            lock.unlock();
        }
    }

    @Test
    void whatIsHeldIsRefused() {
        assertThat(lock.tryLock()).isTrue();
        assertThat(lock.tryLock()).isFalse();
        lock.unlock();
        assertThat(lock.tryLock()).isTrue();
    }

    @Test
    void whoWaitsGoesOnWhenItIsGivenBack() {
        lock.lock();
        CompletableFuture<Void> other = OwnThread.run(() -> {
            lock.lock();
            sum++;
            lock.unlock();
        });
        assertThat(sum).isZero();
        assertThat(other).isNotDone();
        lock.unlock();
        other.join();
        assertThat(sum).isOne();
    }
}
