package dev.dovetail.contract.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dovetail.cache.CacheStatistics;
import dev.dovetail.contract.TestEngine;
import dev.dovetail.contract.cache.Badges.Badge;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.data.domain.Limit;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.Slice;
import org.springframework.data.domain.Sort;

/** What is read twice is read from the database once, and nobody can change what others are given. */
class CachedRepositoryTests extends BadgeContract {

    CachedRepositoryTests(TestEngine engine) {
        super(engine);
    }

    private int statements(Callable<?> reading) throws Exception {
        application.statements();
        reading.call();
        return application.statements().size();
    }

    private void isReadOnce(Callable<?> reading) throws Exception {
        Object first = reading.call();
        application.statements();
        assertThat(reading.call()).isEqualTo(first);
        assertThat(application.statements()).isEmpty();
    }

    @Test
    void everythingThatOnlyReadsIsReadOnce() throws Exception {
        isReadOnce(() -> badges.findById(1L));
        isReadOnce(() -> badges.existsById(2L));
        isReadOnce(badges::count);
        isReadOnce(badges::findAll);
        isReadOnce(() -> badges.findAll(Sort.by("name")));
        isReadOnce(() -> badges.findAll(PageRequest.of(0, 2, Sort.by("name"))));
        isReadOnce(() -> badges.findAllById(List.of(1L, 3L)));
        isReadOnce(() -> badges.findByName("java"));
        isReadOnce(() -> badges.findByPointsGreaterThan(10, Limit.of(1)));
        isReadOnce(() -> badges.findByNameIn(List.of("java", "sql")));
        isReadOnce(() -> badges.findByPoints(20, PageRequest.of(0, 5)));
        isReadOnce(() -> badges.names(20));
        isReadOnce(() -> badges.numberAbove(5));
        isReadOnce(() -> badges.summary(1));
    }

    // NullAway takes what the lambda returns for something.
    @Test
    @SuppressWarnings("NullAway")
    void nothingAndNoneAreResultsToo() throws Exception {
        isReadOnce(() -> badges.findById(77L));
        isReadOnce(() -> badges.existsById(77L));
        isReadOnce(() -> badges.findByName("nobody"));
        isReadOnce(() -> badges.numberAbove(1000));
        isReadOnce(() -> badges.names(1000));
        assertThat(badges.highestAbove(1000)).isNull();
        isReadOnce(() -> badges.highestAbove(1000));
    }

    @Test
    void argumentsMakeADifference() {
        Page<Badge> first = badges.findAll(PageRequest.of(0, 2, Sort.by("id")));
        Page<Badge> second = badges.findAll(PageRequest.of(1, 2, Sort.by("id")));

        assertThat(first).extracting(Badge::id).containsExactly(1L, 2L);
        assertThat(second).extracting(Badge::id).containsExactly(3L);
        assertThat(badges.findAll(Sort.by("id").descending()))
                .extracting(Badge::id)
                .containsExactly(3L, 2L, 1L);
        assertThat(badges.findAll(Sort.by("id"))).extracting(Badge::id).containsExactly(1L, 2L, 3L);
        assertThat(badges.existsById(1L)).isTrue();
        assertThat(badges.findById(1L)).isPresent();
    }

    @Test
    void aListOfArgumentsThatIsChangedLaterIsAnotherKey() {
        List<String> names = new java.util.ArrayList<>(List.of("java"));
        assertThat(badges.findByNameIn(names)).hasSize(1);
        names.add("sql");
        assertThat(badges.findByNameIn(names)).hasSize(2);
        assertThat(badges.findByNameIn(List.of("java"))).hasSize(1);
    }

    @Test
    void whatLocksChangesOrStreamsIsNotKept() throws Exception {
        Callable<?> locking = () -> application.transaction().execute(status -> badges.findAllByName("java"));
        Callable<?> streaming = () -> application.transaction().execute(status -> {
            try (Stream<Badge> all = badges.findByIdGreaterThan(0)) {
                return all.count();
            }
        });
        locking.call();
        streaming.call();
        assertThat(statements(locking)).isPositive();
        assertThat(statements(streaming)).isPositive();
        assertThat(statements(() -> badges.award(1, 5))).isPositive();
        assertThat(statements(() -> badges.award(1, 5))).isPositive();
        badges.findByPointsOrderByName(20);
        assertThat(statements(() -> badges.findByPointsOrderByName(20))).isPositive();
    }

    @Test
    void nobodyCanChangeWhatIsKept() {
        badges.findAll();
        badges.findByPoints(20, PageRequest.of(0, 5));
        badges.findSliceByPointsOrderById(20, PageRequest.of(0, 5));

        for (int i = 0; i < 2; i++) {
            List<Badge> all = badges.findAll();
            Page<Badge> page = badges.findByPoints(20, PageRequest.of(0, 5));
            Slice<Badges.Named> slice = badges.findSliceByPointsOrderById(20, PageRequest.of(0, 5));
            assertThatThrownBy(all::clear).isInstanceOf(UnsupportedOperationException.class);
            assertThatThrownBy(() -> removeFirst(page)).isInstanceOf(UnsupportedOperationException.class);
            assertThatThrownBy(() -> page.getContent().clear()).isInstanceOf(UnsupportedOperationException.class);
            assertThatThrownBy(() -> removeFirst(slice)).isInstanceOf(UnsupportedOperationException.class);
            assertThat(page.getTotalElements()).isEqualTo(2);
            assertThat(slice.getContent()).extracting(Badges.Named::getName).containsExactly("sql", "css");
        }
    }

    private static void removeFirst(Iterable<?> values) {
        var each = values.iterator();
        each.next();
        each.remove();
    }

    @Test
    void statisticsCountHitsAndMissesAndAreNotChangedByReadingThem() {
        CacheStatistics before = application.database().caches().statistics("badges");
        badges.findById(1L);
        badges.findById(1L);
        badges.findById(1L);
        badges.findById(1L);

        for (int i = 0; i < 3; i++) {
            CacheStatistics now = application.database().caches().statistics("badges");
            assertThat(now.hits() - before.hits()).isEqualTo(3);
            assertThat(now.misses() - before.misses()).isEqualTo(1);
            assertThat(now.puts() - before.puts()).isEqualTo(1);
        }
        assertThat(application
                        .database()
                        .caches()
                        .statistics("badges.findFirstByPoints")
                        .hitRate())
                .isBetween(0.0, 1.0);
        assertThat(application.database().caches().names()).contains("badges", "badges.findFirstByPoints");
        assertThatThrownBy(() -> application.database().caches().statistics("nothing"))
                .hasMessageContaining("'nothing'")
                .hasMessageContaining("badges");
    }

    @Test
    void aFailureIsNotKept() {
        application.template().execute("ALTER TABLE badge RENAME TO badge_away");
        try {
            assertThatThrownBy(() -> badges.names(20)).isNotNull();
        } finally {
            application.template().execute("ALTER TABLE badge_away RENAME TO badge");
        }
        assertThat(badges.names(20)).containsExactly("css", "sql");
    }
}
