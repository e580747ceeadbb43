package dev.dovetail.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.dovetail.cache.ResultCache.Size;
import dev.dovetail.contract.OwnThread;
import dev.dovetail.datasource.Stamps;
import dev.dovetail.datasource.TableStamp;
import dev.dovetail.datasource.TableVersions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A cache without results does as the real one would, in little room. */
class GhostCacheTests {

    private static final long TTL = Duration.ofMinutes(5).toNanos();

    private final TableVersions versions = new TableVersions();
    private final TableStamp stamp = Stamps.ofNothing(versions);

    private static ResultCache cache(long size) {
        return new ResultCache(
                "test",
                new Size(Duration.ofNanos(TTL), size),
                Duration.ZERO,
                true,
                Ticker.systemTicker(),
                new CacheRules(() -> null));
    }

    private static long key(Object... arguments) {
        return GhostCache.hash(arguments);
    }

    private void ask(GhostCache ghost, long key) {
        if (ghost.follows(key) && !ghost.wouldHit(key)) {
            ghost.keep(key, stamp);
        }
    }

    @Test
    void aMillionKeysTakeNoMoreRoomThanAFew() {
        GhostCache ghost = new GhostCache(cache(100_000), () -> 256);
        for (int i = 0; i < 1_000_000; i++) {
            ask(ghost, key(i));
        }
        assertThat(ghost.count()).isBetween(64L, 256L);
        assertThat(ghost.counts().hits()).isZero();
    }

    @Test
    void roomThatBecomesLessIsGivenBack() {
        int[] room = {1024};
        GhostCache ghost = new GhostCache(cache(1000), () -> room[0]);
        IntStream.range(0, 5000).forEach(i -> ask(ghost, key(i)));
        assertThat(ghost.count()).isBetween(990L, 1000L);
        room[0] = 64;
        IntStream.range(5000, 7000).forEach(i -> ask(ghost, key(i)));
        assertThat(ghost.count()).isBetween(16L, 64L);
    }

    @Test
    void aSampleTellsTheHitRateOfTheWhole() {
        ResultCache whole = cache(10_000);
        GhostCache ghost = new GhostCache(cache(10_000), () -> 512);
        Random random = new Random(1);
        for (int i = 0; i < 400_000; i++) {
            long key = key((int) (60_000 * Math.pow(random.nextDouble(), 2)));
            ask(ghost, key);
            if (whole.find(key, TTL) == null) {
                whole.store(key, new CacheEntry(null, stamp, whole.now(), TTL), whole.clearings());
            }
        }
        assertThat(whole.counts().hitRate()).isBetween(0.2, 0.8);
        assertThat(ghost.counts().hitRate()).isCloseTo(whole.counts().hitRate(), within(0.04));
        assertThat(ghost.count()).isLessThanOrEqualTo(512);
    }

    @Test
    void differentArgumentsAreDifferentKeys() {
        List<Long> keys = new ArrayList<>();
        for (int a = 0; a < 300; a++) {
            for (int b = 0; b < 300; b++) {
                keys.add(key(a, b));
            }
        }
        keys.add(key());
        keys.add(key(0));
        keys.add(key("0"));
        assertThat(keys).doesNotHaveDuplicates();
        // So that half of them is half of them.
        assertThat(keys.stream().filter(key -> (key & 1) == 0).count() / (double) keys.size())
                .isCloseTo(0.5, within(0.01));
    }

    @Test
    void manyAtOnceStayWithinTheRoom() throws Exception {
        GhostCache ghost = new GhostCache(cache(100_000), () -> 128);
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (int thread = 0; thread < 4; thread++) {
            int from = thread * 50_000;
            all.add(OwnThread.run(() -> IntStream.range(from, from + 50_000).forEach(i -> ask(ghost, key(i)))));
        }
        for (CompletableFuture<Void> each : all) {
            each.get(60, TimeUnit.SECONDS);
        }
        assertThat(ghost.count()).isBetween(32L, 140L);
        assertThat(ghost.counts().hitRate()).isZero();
    }
}
