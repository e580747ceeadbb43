package dev.dovetail.contract.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dovetail.contract.TestEngine;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Queue;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** In which form results and keys are kept. */
class ResultFormTests extends BadgeContract {

    ResultFormTests(TestEngine engine) {
        super(engine);
    }

    private List<String> names() {
        return application
                .jdbc()
                .sql("SELECT name FROM badge")
                .query(String.class)
                .list();
    }

    @Test
    void sortedResultsStayWhatTheyAre() {
        NavigableSet<String> set = database.query("navSet").key().cached().run(() -> new TreeSet<>(names()));
        assertThat(set.first()).isEqualTo("css");
        NavigableMap<String, Long> map = database.query("navMap").key().cached().run(() -> {
            TreeMap<String, Long> made = new TreeMap<>();
            names().forEach(name -> made.put(name, 1L));
            return made;
        });
        assertThat(map.firstKey()).isEqualTo("css");
    }

    @Test
    void aQueueIsStillAQueue() {
        for (int i = 0; i < 2; i++) {
            Queue<String> queue = database.query("queue").key().cached().run(() -> new ArrayDeque<>(names()));
            assertThat(queue.poll()).isNotNull();
        }
    }

    @Test
    void aNameMayHaveAnyLetters() {
        for (String name : List.of("a b", "ü:ß", "x\"y'z", "a.b.c", "*", "%s{}", "\n")) {
            assertThat(database.query(name).key(1).cached().<Long>run(this::count))
                    .isEqualTo(3);
            assertThat(database.caches().statistics(name).misses()).isEqualTo(1);
            database.caches().invalidate(name, 1);
            assertThat(database.caches().names()).contains(name);
        }
    }

    @Test
    void valuesOfOtherTypesAreOtherKeys() {
        List<Object> keys =
                new ArrayList<>(List.of(1, 1L, "1", new BigDecimal("1.0"), new BigDecimal("1.00"), List.of(1)));
        for (Object key : keys) {
            String own = key.getClass() + ":" + key;
            assertThat(database.query("types").key(key).cached().<String>run(() -> count() + own))
                    .isEqualTo(3 + own);
        }
        assertThatThrownBy(() -> database.query("types")
                        .key((Object) new int[] {1})
                        .cached()
                        .run(this::count))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatComesLaterOrMayBeChangedIsReturnedAndNotKept() {
        for (int i = 0; i < 2; i++) {
            CompletableFuture<Long> future =
                    database.query("future").key().cached().run(() -> CompletableFuture.completedFuture(count()));
            assertThat(future.join()).isEqualTo(3);
            byte[] bytes = database.query("bytes").key().cached().run(() -> new byte[] {(byte) count()});
            assertThat(bytes).containsExactly(3);
            bytes[0] = 9;
        }
    }
}
