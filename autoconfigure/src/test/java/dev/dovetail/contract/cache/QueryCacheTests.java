package dev.dovetail.contract.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dovetail.cache.QueryResult;
import dev.dovetail.cache.QueryResult.Origin;
import dev.dovetail.contract.TestEngine;
import dev.dovetail.contract.cache.BadgeApplications.Clock;
import jakarta.persistence.Id;
import java.time.Duration;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.data.domain.PageRequest;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Named queries that are kept: their keys, their age, and what is not kept of them. */
// Date is what applications still have, and may be changed.
@SuppressWarnings("JavaUtilDate")
@ExtendWith(OutputCaptureExtension.class)
class QueryCacheTests extends BadgeContract {

    private final AtomicInteger runs = new AtomicInteger();

    QueryCacheTests(TestEngine engine) {
        super(engine);
    }

    @Override
    long count() {
        runs.incrementAndGet();
        return super.count();
    }

    @Test
    void isRunOnceAndSaysWhereItCameFrom() {
        QueryResult<Long> first = database.query("count").cached().runForResult(this::count);
        QueryResult<Long> second = database.query("count").cached().runForResult(this::count);

        assertThat(first).isEqualTo(new QueryResult<>(3L, Origin.DATABASE));
        assertThat(second).isEqualTo(new QueryResult<>(3L, Origin.CACHE));
        assertThat(runs).hasValue(1);
        assertThat(database.query("count").run(this::count)).isEqualTo(3);
        assertThat(runs).hasValue(2);
    }

    @Test
    void keysAreDifferentQueries() {
        for (int points : new int[] {10, 20, 10, 20}) {
            assertThat(database.query("byPoints").key(points).cached().run(() -> {
                        runs.incrementAndGet();
                        return application
                                .jdbc()
                                .sql("SELECT count(*) FROM badge WHERE points = ?")
                                .param(points)
                                .query(Long.class)
                                .single();
                    }))
                    .isEqualTo(points / 10);
        }
        assertThat(runs).hasValue(2);
    }

    @Test
    void valuesFromOutsideNeedAKey() {
        int points = Integer.parseInt("10");
        String name = "x".repeat(2);
        List<String> names = new ArrayList<>();
        Form form = new Form();
        Badges.Named projection = badges.findSliceByPointsOrderById(10, PageRequest.of(0, 1))
                .getContent()
                .get(0);
        Stored stored = new Stored();
        for (Supplier<Object> capturing : List.<Supplier<Object>>of(
                () -> points, () -> name, () -> names, () -> form.name, projection::getName, stored::toString)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> database.query("captured").cached().run(capturing))
                    .withMessageContaining("'captured'")
                    .withMessageContaining(".key(");
            assertThat(database.query("captured").run(capturing)).isNotNull();
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        database.query("captured").key(new Date()).cached().run(this::count))
                .withMessageContaining("cannot be compared");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> database.query("x").cached(Duration.ZERO));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> database.query("x").cached(ChronoUnit.FOREVER.getDuration()))
                .withMessageContaining("365d");
    }

    /** What a request is bound to. */
    private static final class Form {
        String name = "";
    }

    private static class Identified {
        @Id
        long id;
    }

    /** Its id is inherited, and it has a connection to its database. */
    private static final class Stored extends Identified {
        @Nullable
        JdbcClient jdbc;

        @Override
        public String toString() {
            return "stored by " + jdbc;
        }
    }

    @Test
    void whatCanBeChangedIsNotKeptAndSaidOnce(CapturedOutput output) {
        for (int i = 0; i < 3; i++) {
            database.query("dates").cached().run(() -> {
                count();
                return new Date(0);
            });
        }
        assertThat(runs).hasValue(3);
        assertThat(output.getOut().split("'dates' returns is not cached", -1)).hasSize(2);
    }

    @Test
    void collectionsAreKeptWithoutWhatTheCallerDoesToThem() {
        Supplier<List<Map<String, Object>>> rows =
                () -> application.template().queryForList("SELECT id, name FROM badge ORDER BY id");
        List<Map<String, Object>> first = database.query("rows").key().cached().run(rows);
        assertThatThrownBy(first::clear).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> first.get(0).clear()).isInstanceOf(UnsupportedOperationException.class);
        QueryResult<List<Map<String, Object>>> second =
                database.query("rows").key().cached().runForResult(rows);
        assertThat(second.origin()).isEqualTo(Origin.CACHE);
        assertThat(second.value().get(0)).containsEntry("name", "java");
        assertThat(second.value().get(0).get("NAME")).isEqualTo("java");
    }

    /** What it has is what it works with, and no value. */
    private static final class Today {

        final java.time.Clock clock = java.time.Clock.systemUTC();

        LocalDate date() {
            return LocalDate.now(clock);
        }
    }

    @Test
    void codeThatUsesAServiceNeedsNoKey() {
        Today today = new Today();
        assertThat(database.query("today").cached().run(today::date)).isEqualTo(today.date());
    }

    /** Reads when it is first looked at, as JPA's collections do, which is too late here. */
    private static final class Lazy extends AbstractList<String> {

        @Override
        public String get(int index) {
            throw new IllegalStateException("no session");
        }

        @Override
        public int size() {
            throw new IllegalStateException("no session");
        }
    }

    @Test
    void whatMustNotBeLookedAtIsReturnedAsItIs() {
        for (int i = 1; i <= 2; i++) {
            Object lazy = database.query("lazy").key().cached().<Object>run(() -> {
                count();
                return new Lazy();
            });
            assertThat(lazy.getClass()).isEqualTo(Lazy.class);
            assertThat(runs).hasValue(i);
        }
    }

    @Test
    void whatWritesIsRunEachTime(CapturedOutput output) {
        for (int i = 1; i <= 3; i++) {
            database.query("writing").cached().run(() -> {
                application
                        .jdbc()
                        .sql("UPDATE badge SET points = points + 1 WHERE id = 1")
                        .update();
                return count();
            });
            assertThat(badges.findById(1L).orElseThrow().points()).isEqualTo(10 + i);
        }
        assertThat(output.getOut().split("'writing' returns is not cached: it changes something", -1))
                .hasSize(2);
    }

    @Test
    void whatReadsNothingHereIsNotKept(CapturedOutput output) {
        for (int i = 0; i < 2; i++) {
            database.query("elsewhere").cached().run(() -> runs.incrementAndGet());
        }
        assertThat(runs).hasValue(2);
        assertThat(output.getOut().split("'elsewhere' returns is not cached", -1))
                .hasSize(2);
    }

    @Test
    void nothingIsAResult() {
        for (int i = 0; i < 2; i++) {
            assertThat(database.query("nothing").cached().<Object>run(() -> {
                        count();
                        return null;
                    }))
                    .isNull();
        }
        assertThat(runs).hasValue(1);
    }

    @Test
    void inATransactionThatWritesItIsRunEachTime() {
        database.query("count").cached().run(this::count);
        database.inTransaction(transaction -> {
            badges.deleteById(1L);
            assertThat(database.query("count").cached().run(this::count)).isEqualTo(2);
            transaction.setRollbackOnly();
            return true;
        });
        assertThat(database.query("count").cached().run(this::count)).isEqualTo(3);
        assertThat(runs).hasValue(2);
    }

    @Test
    void growsOldByItsOwnTimeAndByTheCallers() {
        Clock clock = application.bean(Clock.class);
        database.query("count").cached().run(this::count);
        clock.advance(Duration.ofMinutes(5).minusMillis(1));
        database.query("count").cached().run(this::count);
        assertThat(runs).hasValue(1);
        clock.advance(Duration.ofMillis(2));
        database.query("count").cached().run(this::count);
        assertThat(runs).hasValue(2);

        clock.advance(Duration.ofMillis(1001));
        database.query("count").cached(Duration.ofSeconds(1)).run(this::count);
        assertThat(runs).hasValue(3);
        clock.advance(Duration.ofMillis(999));
        database.query("count").cached(Duration.ofSeconds(1)).run(this::count);
        assertThat(runs).hasValue(3);
        clock.advance(Duration.ofMillis(1));
        database.query("count").cached().run(this::count);
        assertThat(runs).as("stored for one second").hasValue(4);
        badges.findFirstByPoints(20);
        clock.advance(Duration.ofMillis(1001));
        application.statements();
        badges.findFirstByPoints(20);
        assertThat(application.statements()).isNotEmpty();
    }

    @Test
    void neverHoldsMoreThanItMay() {
        for (int i = 0; i < 1500; i++) {
            int number = i;
            database.query("many").key(number).cached().run(() -> number + count());
        }
        assertThat(database.caches().statistics("many").size()).isLessThanOrEqualTo(1000);
        assertThat(database.caches().statistics("many").evictions()).isGreaterThanOrEqualTo(500);
    }

    @Test
    void isRemovedByKeyByPatternByTableAndAltogether() {
        Supplier<Long> count = this::count;
        database.query("user").key(1).cached().run(count);
        database.query("user").key(2).cached().run(count);
        database.query("order").key(1).cached().run(count);
        assertThat(database.caches().invalidateMatching(Pattern.compile("^user:")))
                .isEqualTo(2);
        assertThat(origin("order", 1)).isEqualTo(Origin.CACHE);
        assertThat(origin("user", 1)).isEqualTo(Origin.DATABASE);
        database.caches().invalidate("user", 1);
        assertThat(origin("user", 1)).isEqualTo(Origin.DATABASE);
        badges.findById(1L);
        assertThat(database.caches().invalidateMatching(Pattern.compile("badges:findById:1")))
                .isEqualTo(1);
        database.caches().invalidateTable("BADGE");
        assertThat(origin("order", 1)).isEqualTo(Origin.DATABASE);
        database.caches().clear("order");
        assertThat(origin("order", 1)).isEqualTo(Origin.DATABASE);
        assertThat(origin("user", 1)).isEqualTo(Origin.DATABASE);
        assertThat(origin("user", 1)).isEqualTo(Origin.CACHE);
    }

    @Test
    void aKeyIsRemovedByWhatIsWrittenTheSame() {
        database.query("order").key(7L, "a").cached().run(this::count);
        database.query("order").key(8L, "a").cached().run(this::count);
        database.caches().invalidate("order", "7", "a");
        assertThat(database.query("order")
                        .key(8L, "a")
                        .cached()
                        .runForResult(this::count)
                        .origin())
                .isEqualTo(Origin.CACHE);
        assertThat(database.query("order")
                        .key(7L, "a")
                        .cached()
                        .runForResult(this::count)
                        .origin())
                .isEqualTo(Origin.DATABASE);
        badges.findById(1L);
        badges.findById(2L);
        database.caches().invalidate("badges", 1);
        application.statements();
        badges.findById(2L);
        assertThat(application.statements()).isEmpty();
        badges.findById(1L);
        assertThat(application.statements()).isNotEmpty();
        for (Object odd : List.of(new int[] {1}, new Date(), List.of(new Object()))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> database.caches().invalidate("order", odd))
                    .withMessageContainingAll("'order'", "cannot be compared");
        }
    }

    private Origin origin(String query, int key) {
        return database.query(query).key(key).cached().runForResult(this::count).origin();
    }

    @Test
    void whatIsRemovedWhileItIsReadIsNotStored() {
        database.query("removed").key().cached().run(() -> {
            long count = count();
            database.caches().clear();
            return count;
        });
        assertThat(database.query("removed")
                        .key()
                        .cached()
                        .runForResult(this::count)
                        .origin())
                .isEqualTo(Origin.DATABASE);
    }

    @Test
    void aKeyThatFailsIsNoReasonToFail(CapturedOutput output) {
        Odd odd = new Odd("odd");
        for (int i = 0; i < 3; i++) {
            assertThat(badges.findByNameIn(List.of("java"))).hasSize(1);
            assertThat(database.query("odd").key(odd).cached().run(this::count)).isEqualTo(3);
        }
        assertThat(output.getOut().split("Cache 'odd' failed", -1).length).isLessThanOrEqualTo(2);
    }

    /** Its equality fails. */
    private record Odd(String name) {

        @Override
        public int hashCode() {
            return 1;
        }

        @Override
        public boolean equals(Object other) {
            throw new IllegalStateException("not to be compared");
        }
    }
}
