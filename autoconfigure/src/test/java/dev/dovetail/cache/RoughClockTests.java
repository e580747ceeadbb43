package dev.dovetail.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RoughClockTests {

    private static final long MILLISECOND = 1_000_000;

    private final AtomicLong time = new AtomicLong(Long.MAX_VALUE - 3);
    private final RoughClock clock = new RoughClock(time::get);

    @Test
    void isExactForWhoAsksAndAMillisecondBehindForWhoReads() {
        assertThat(clock.read()).isEqualTo(time.get());
        time.addAndGet(MILLISECOND - 1);
        assertThat(clock.now()).isEqualTo(time.get());
        assertThat(time.get() - clock.read()).isEqualTo(MILLISECOND - 1);
        time.incrementAndGet();
        assertThat(clock.now()).isEqualTo(time.get());
        assertThat(clock.read()).isEqualTo(time.get());
    }

    @Test
    void whatIsDueLaterRunsByTheTimeOfThen() throws Exception {
        CompletableFuture<Long> seen = new CompletableFuture<>();
        time.addAndGet(60_000 * MILLISECOND);
        var unused =
                clock.scheduler().schedule(Runnable::run, () -> seen.complete(clock.read()), 1, TimeUnit.MILLISECONDS);
        assertThat(seen.get(20, TimeUnit.SECONDS)).isEqualTo(time.get());
    }
}
