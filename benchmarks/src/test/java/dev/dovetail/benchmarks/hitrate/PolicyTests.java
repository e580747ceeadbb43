package dev.dovetail.benchmarks.hitrate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PolicyTests {

    /** After the script, of the keys in a cache of three exactly one is gone. */
    @ParameterizedTest
    @CsvSource({
        "LRU, 1 2 3 1 1 2 4, 3", "FIFO, 1 2 3 1 1 2 4, 1", "LFU, 1 2 3 1 1 2 4, 3",
        "LRU, 1 2 3 1 1 2 2 3 4, 1", "FIFO, 1 2 3 1 1 2 2 3 4, 1", "LFU, 1 2 3 1 1 2 2 3 4, 3",
    })
    void eachDropsWhatItShould(Policy policy, String script, long dropped) {
        for (long key = 1; key <= 4; key++) {
            BoundedCache cache = policy.cache(3);
            play(cache, script);
            assertThat(cache.hit(key)).as("key %d", key).isEqualTo(key != dropped);
        }
    }

    @Test
    void ofKeysUsedAsOftenLfuDropsTheOneUsedLongestAgo() {
        BoundedCache cache = Policy.LFU.cache(3);
        play(cache, "1 2 3 3 2 1 4");
        assertThat(cache.hit(1)).isTrue();
        assertThat(cache.hit(2)).isTrue();
        assertThat(cache.hit(3)).isFalse();
    }

    /** Slow and plain: all keys with what is known of them, and a search through all of them. */
    @ParameterizedTest
    @EnumSource(
            value = Policy.class,
            names = {"LRU", "LFU", "FIFO"})
    void itDecidesAsASearchThroughAllKeysDoes(Policy policy) {
        Random random = new Random(11);
        BoundedCache cache = policy.cache(7);
        List<long[]> model = new ArrayList<>();
        for (int time = 0; time < 20_000; time++) {
            long key = (long) (random.nextDouble() * random.nextDouble() * 30);
            assertThat(cache.hit(key)).as("at %d", time).isEqualTo(modelHit(model, policy, key, time));
        }
    }

    @ParameterizedTest
    @EnumSource(Policy.class)
    void noneHoldsMoreThanItMay(Policy policy) {
        BoundedCache cache = policy.cache(10);
        for (int i = 0; i < 1_000; i++) {
            cache.hit(i);
        }
        int held = 0;
        for (int i = 999; i >= 0; i--) {
            held += cache.hit(i) ? 1 : 0;
        }
        assertThat(held).isLessThanOrEqualTo(10);
    }

    @Test
    void aLoopThatDoesNotFitLeavesLruNothingAndTinyLfuMost() {
        long[] keys = new long[20_000];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = i % 110;
        }
        assertThat(HitRate.of("loop", keys, 100, Policy.LRU, 1).percent()).containsExactly(0.0);
        assertThat(HitRate.of("loop", keys, 100, Policy.FIFO, 1).percent()).containsExactly(0.0);
        assertThat(HitRate.of("loop", keys, 100, Policy.W_TINY_LFU, 3).percent())
                .hasSize(3)
                .allMatch(percent -> percent > 50);
    }

    private static void play(BoundedCache cache, String script) {
        for (String key : script.split(" ")) {
            cache.hit(Long.parseLong(key));
        }
    }

    /** An entry is key, moment of entry, moment of last use, number of uses. */
    private static boolean modelHit(List<long[]> model, Policy policy, long key, int time) {
        for (long[] entry : model) {
            if (entry[0] == key) {
                entry[2] = time;
                entry[3]++;
                return true;
            }
        }
        if (model.size() == 7) {
            model.sort((one, other) -> policy == Policy.LFU && one[3] != other[3]
                    ? Long.compare(one[3], other[3])
                    : policy == Policy.FIFO ? Long.compare(one[1], other[1]) : Long.compare(one[2], other[2]));
            model.remove(0);
        }
        model.add(new long[] {key, time, time, 1});
        return false;
    }
}
