package dev.dovetail.contract.chinook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.contract.chinook.Chinook.Track;
import dev.dovetail.contract.chinook.ChinookRepositories.Tracks;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.domain.Limit;
import org.springframework.data.domain.ScrollPosition;
import org.springframework.data.domain.Sort;
import org.springframework.data.domain.Window;
import org.springframework.data.jdbc.core.JdbcAggregateOperations;

/** All 3,503 tracks, a window at a time, while another thread inserts and deletes rows among them. */
class KeysetTests extends Editions {

    private static final int TRACKS = 3503;
    private static final int SIZE = 100;
    private static final Sort SHORTEST_FIRST = Sort.by("milliseconds");

    private final Random random = new Random(42);

    @BeforeEach
    void addRowsToDelete() {
        for (Edition shop : editions()) {
            List<Track> tracks =
                    IntStream.range(5000, 5200).mapToObj(this::track).toList();
            shop.bean(JdbcAggregateOperations.class).insertAll(tracks);
        }
    }

    @AfterEach
    void removeThem() {
        for (Edition shop : editions()) {
            shop.change("DELETE FROM track WHERE track_id > ?", TRACKS);
        }
    }

    @Test
    void whenRowsComeAndGoThenARepositoryVisitsTheOthersOnceInOrder() throws Exception {
        for (Edition shop : editions()) {
            Tracks tracks = shop.bean(Tracks.class);
            List<List<Object>> seen = readWhileOthersWrite(
                    shop,
                    position -> tracks.findAllBy(position, SHORTEST_FIRST, Limit.of(SIZE)),
                    track ->
                            List.of((long) track.milliseconds(), track.trackId().longValue()));

            assertVisitedOnceInOrder(shop, seen);
        }
    }

    @Test
    void whenRowsComeAndGoThenATableByItsNameVisitsTheOthersOnceInOrder() throws Exception {
        for (Edition shop : editions()) {
            List<List<Object>> seen = readWhileOthersWrite(
                    shop,
                    position -> shop.table("track")
                            .orderBy("milliseconds")
                            .limit(SIZE)
                            .window(position),
                    row -> List.of(number(row, "milliseconds", shop), number(row, "track_id", shop)));

            assertVisitedOnceInOrder(shop, seen);
        }
    }

    private static Object number(Map<String, @Nullable Object> row, String column, Edition shop) {
        return Objects.requireNonNull(row.get(shop.name(column)));
    }

    private static void assertVisitedOnceInOrder(Edition shop, List<List<Object>> seen) {
        List<List<String>> visited = seen.stream()
                .filter(row -> (Long) row.get(1) <= TRACKS)
                .map(row -> row.stream().map(Object::toString).toList())
                .toList();
        assertThat(visited)
                .as("on %s", shop)
                .hasSize(TRACKS)
                .isEqualTo(shop.plain("SELECT milliseconds, track_id FROM track WHERE track_id <= " + TRACKS
                        + " ORDER BY milliseconds, track_id"));
        assertThat(new HashSet<>(seen)).hasSameSizeAs(seen);
        assertThat(seen.size()).as("of the rows that came, some were seen").isGreaterThan(TRACKS);
    }

    private <T> List<List<Object>> readWhileOthersWrite(
            Edition shop, Function<ScrollPosition, Window<T>> read, Function<T, List<Object>> key) throws Exception {
        ExecutorService other = Executors.newSingleThreadExecutor();
        AtomicBoolean done = new AtomicBoolean();
        Semaphore changes = new Semaphore(0);
        try {
            Future<Integer> written = other.submit(changing(shop, done, changes));
            List<List<Object>> seen = new ArrayList<>();
            ScrollPosition position = ScrollPosition.keyset();
            Window<T> window;
            do {
                assertThat(changes.tryAcquire(1, TimeUnit.MINUTES))
                        .as("rows are changed between two windows")
                        .isTrue();
                window = read.apply(position);
                window.forEach(row -> seen.add(key.apply(row)));
                assertThat(seen).as("not going in circles").hasSizeLessThan(3 * TRACKS);
                position = window.positionAt(window.size() - 1);
            } while (window.hasNext());
            done.set(true);
            assertThat(written.get(1, TimeUnit.MINUTES)).isGreaterThan(TRACKS / SIZE);
            return seen;
        } finally {
            done.set(true);
            other.shutdownNow();
        }
    }

    // Stops by itself, so that a reader that never ends is found out.
    private Callable<Integer> changing(Edition shop, AtomicBoolean done, Semaphore changes) {
        return () -> {
            Tracks tracks = shop.bean(Tracks.class);
            JdbcAggregateOperations operations = shop.bean(JdbcAggregateOperations.class);
            int written = 0;
            while (!done.get() && written < 5000) {
                operations.insert(track(10_000 + written));
                tracks.deleteById(written < 200 ? 5000 + written : 10_000 + written - 150);
                changes.release();
                written++;
            }
            return written;
        };
    }

    private Track track(int id) {
        return new Track(id, "Interlude", 1, 1, 1, null, random.nextInt(600_000), null, new BigDecimal("0.99"));
    }
}
