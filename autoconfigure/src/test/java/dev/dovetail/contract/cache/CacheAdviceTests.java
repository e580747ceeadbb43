package dev.dovetail.contract.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.dovetail.cache.CacheAdvice;
import dev.dovetail.cache.CacheAdvice.Kind;
import dev.dovetail.cache.CacheStatistics;
import dev.dovetail.cache.WatchedCalls;
import dev.dovetail.contract.EngineContract;
import dev.dovetail.contract.OwnThread;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import dev.dovetail.contract.cache.AdvisedRepositories.Badge;
import dev.dovetail.contract.cache.AdvisedRepositories.Open;
import dev.dovetail.contract.cache.AdvisedRepositories.Plain;
import dev.dovetail.contract.cache.AdvisedRepositories.Scores;
import dev.dovetail.contract.cache.AdvisedRepositories.Twin;
import dev.dovetail.contract.cache.AdvisedRepositories.Useless;
import dev.dovetail.contract.cache.BadgeApplications.Clock;
import dev.dovetail.datasource.TableReading;
import dev.dovetail.datasource.TableStamp;
import dev.dovetail.datasource.TableVersions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.aop.framework.Advised;
import org.springframework.dao.DataAccessException;
import org.springframework.data.repository.Repository;

/** What is advised, after loads of which the outcome is known. */
@EngineContract
class CacheAdviceTests {

    private static final String BY_NAME = "Plain.findByName(String)";
    private static final int FIRST = 20;

    private final TestEngine engine;
    private TestApplication application;
    private Plain plain;

    CacheAdviceTests(TestEngine engine) {
        this.engine = engine;
        this.application = AdvisedRepositories.start(engine, "dovetail.cache.advice=true");
        this.plain = application.bean(Plain.class);
    }

    @AfterEach
    void stop() {
        application.close();
    }

    private void restart(String... properties) {
        application.close();
        application = AdvisedRepositories.start(engine, properties);
        plain = application.bean(Plain.class);
    }

    private void badges(int count) {
        List<Object[]> rows = IntStream.rangeClosed(1, count)
                .mapToObj(i -> new Object[] {i, "badge" + i, i % 10})
                .toList();
        application
                .transaction()
                .executeWithoutResult(status -> application
                        .template()
                        .batchUpdate("INSERT INTO badge (id, name, points) VALUES (?, ?, ?)", rows));
    }

    private void change() {
        application.template().update("UPDATE badge SET points = points + 1 WHERE id = 1");
    }

    private List<CacheAdvice> advice() {
        return application.database().caches().advice();
    }

    private Optional<CacheAdvice> adviceOn(String method) {
        return advice().stream().filter(one -> one.method().equals(method)).findFirst();
    }

    private CacheAdvice requiredAdviceOn(String method) {
        return adviceOn(method).orElseThrow(() -> new AssertionError(method + " not in " + advice()));
    }

    private static void times(int count, IntConsumer action) {
        for (int i = 0; i < count; i++) {
            action.accept(i);
        }
    }

    // Small numbers are much more frequent than large ones.
    private static int skewed(Random random, int count) {
        return 1 + (int) (count * Math.pow(random.nextDouble(), 4));
    }

    @Test
    void expectedIsWhatTheSameCallsFindInARealCache() {
        badges(3000);
        Twin twin = application.bean(Twin.class);
        times(FIRST, i -> plain.findByName("badge0"));
        CacheStatistics before = application.database().caches().statistics("twins");
        Random random = new Random(42);
        times(4000, i -> {
            if (i % 1000 == 999) {
                change();
            }
            String name = "badge" + skewed(random, 3000);
            assertThat(plain.findByName(name)).isEqualTo(twin.findByName(name));
        });

        CacheStatistics real = application.database().caches().statistics("twins");
        CacheAdvice advice = requiredAdviceOn(BY_NAME);

        assertThat(real.misses() - before.misses()).isGreaterThan(500);
        assertThat(real.invalidations()).isPositive();
        assertThat(real.evictions()).isPositive();
        assertThat(advice.kind()).isEqualTo(Kind.CACHE);
        assertThat(advice.hitRate()).isCloseTo(real.hitRate(), within(0.02)).isBetween(0.3, 0.9);
        assertThat(advice.callsPerHour()).isEqualTo(4000 * 60);
        assertThat(advice.invalidationsPerHour() / 60).isCloseTo((double) real.invalidations(), within(20.0));
        assertThat(advice.meanRows()).isCloseTo(1, within(0.01));
        assertThat(advice.meanLoadTime()).isPositive();
        assertThat(advice.text()).contains(BY_NAME, "@Cached", " % of 240,000 calls an hour");
        assertThat(adviceOn("Twin.findByName(String)")).isEmpty();
    }

    @Test
    void aRowByItsKeyOutlivesChangesOfOthersAsInARealCache() {
        badges(40);
        Twin twin = application.bean(Twin.class);
        times(FIRST, i -> plain.findById(1L));
        Random random = new Random(7);
        times(2000, i -> {
            if (i % 4 == 0) {
                plain.save(new Badge(1L + random.nextInt(40), "changed", i));
            }
            Long id = 1L + random.nextInt(40);
            assertThat(plain.findById(id)).isEqualTo(twin.findById(id));
        });

        CacheStatistics real = application.database().caches().statistics("twin");

        assertThat(real.hitRate()).isGreaterThan(0.6);
        assertThat(requiredAdviceOn("Plain.findById(Object)").hitRate()).isCloseTo(real.hitRate(), within(0.02));
    }

    @Test
    void whatChangesAllTheTimeIsNotAdvised() {
        Scores scores = application.bean(Scores.class);
        times(1000, i -> {
            application.template().update("INSERT INTO score (points) VALUES (?)", i);
            scores.findByPoints(3);
        });

        assertThat(advice()).isEmpty();
    }

    @Test
    void whatIsCachedAndNeverFoundIsNamed() {
        Useless useless = application.bean(Useless.class);
        useless.findByPoints(3);
        times(1000, i -> {
            application.template().update("INSERT INTO score (points) VALUES (?)", i);
            useless.findByPoints(3);
        });

        CacheAdvice advice = requiredAdviceOn("Useless.findByPoints(int)");

        assertThat(advice.kind()).isEqualTo(Kind.DO_NOT_CACHE);
        assertThat(advice.hitRate()).isZero();
        assertThat(advice.invalidationsPerHour()).isEqualTo(999 * 60);
        assertThat(advice.timeSavedPerHour()).isNegative();
        assertThat(advice.text()).contains("@Cached(enabled = false)", "0.0 %", "a table has changed", "costs");
        CacheStatistics statistics = application.database().caches().statistics("useless");
        assertThat(statistics.invalidations()).isEqualTo(999);
        assertThat(statistics.loads()).isEqualTo(1001);
        assertThat(statistics.meanLoadTime()).isPositive();
    }

    @Test
    void aQueryThatIsNeverFoundIsNamed() {
        times(
                500,
                i -> application
                        .database()
                        .query("never")
                        .key(i)
                        .cached()
                        .run(() -> application
                                .template()
                                .queryForObject("SELECT count(*) FROM badge WHERE id = ?", Long.class, i)));

        CacheAdvice advice = requiredAdviceOn("never");

        assertThat(advice.kind()).isEqualTo(Kind.DO_NOT_CACHE);
        assertThat(advice.text()).contains("cached()", "'never'").doesNotContain("a table has changed");
    }

    @Test
    void whatCanBeChangedIsNotAdvisedWithoutAWord() {
        badges(1);
        times(1000, i -> application.bean(Open.class).findByName("badge1"));

        CacheAdvice advice = requiredAdviceOn("Open.findByName(String)");

        assertThat(advice.kind()).isEqualTo(Kind.MAKE_IMMUTABLE);
        assertThat(advice.hitRate()).isGreaterThan(0.99);
        assertThat(advice.text()).contains("OpenBadge.id: not final", "@Immutable");
    }

    @Test
    void whereTheCallerChoosesTheTypeEachResultIsLookedAt() {
        badges(1);
        times(450, i -> plain.findFirstByName("badge1", AdvisedRepositories.OpenBadge.class));
        assertThat(advice()).isEmpty();
        times(1290, i -> plain.findFirstByName("badge1", Badge.class));
        assertThat(requiredAdviceOn("Plain.findFirstByName(String,Class)").hitRate())
                .isCloseTo(0.75, within(0.01));
    }

    @Test
    void aFewCallsAreNotEnough() {
        badges(1);
        times(FIRST + 399, i -> plain.findByName("badge1"));
        assertThat(advice()).isEmpty();
        plain.findByName("badge1");
        assertThat(advice()).hasSize(1);
    }

    @Test
    void whatSavesNextToNothingIsNotAdvised() {
        badges(1);
        times(1000, i -> plain.findByName("badge1"));
        assertThat(advice()).hasSize(1);
        application.bean(Clock.class).advance(Duration.ofDays(30));
        assertThat(advice()).isEmpty();
    }

    @Test
    void whatIsOlderThanTheTtlWouldNotBeFound() {
        restart("dovetail.cache.advice=true", "dovetail.cache.ttl=10ms");
        badges(1);
        times(FIRST, i -> plain.findByName("badge1"));
        times(2000, i -> {
            if (i % 4 == 0) {
                application.bean(Clock.class).advance(Duration.ofMillis(10));
            }
            plain.findByName("badge1");
        });

        assertThat(requiredAdviceOn(BY_NAME).hitRate()).isEqualTo(0.75);
        assertThat(requiredAdviceOn(BY_NAME).invalidationsPerHour()).isZero();
    }

    @Test
    void whatTransactionsReadThatWriteDoesNotCount() {
        badges(1);
        times(1000, i -> application.transaction().execute(status -> plain.findByName("badge1")));
        assertThat(advice()).isEmpty();
        times(1000, i -> application.readOnlyTransaction().execute(status -> plain.findByName("badge1")));
        assertThat(advice()).hasSize(1);
    }

    @Test
    void whatItsAuthorHasDecidedIsLeftAlone() {
        badges(10);
        times(1000, i -> plain.findByPoints(1));
        assertThat(advice()).isEmpty();
    }

    @Test
    void whatSavesMostComesFirst() {
        badges(10);
        times(600, i -> plain.findByName("badge1"));
        times(3000, i -> plain.findByPointsGreaterThan(-1));

        List<CacheAdvice> advice = advice();

        assertThat(advice)
                .extracting(CacheAdvice::method)
                .containsExactly("Plain.findByPointsGreaterThan(int)", BY_NAME);
        assertThat(advice.get(0).meanRows()).isEqualTo(10);
    }

    @Test
    void whatIsWatchedChangesNothingForThoseAround() {
        badges(2);
        times(FIRST + 2, i -> plain.findById(1L));
        TableVersions versions = application.bean(TableVersions.class);
        TableStamp stamp;
        try (TableReading reading = TableReading.of(versions)) {
            plain.findById(1L);
            stamp = Objects.requireNonNull(reading.stampOfRow(1L, true));
        }
        plain.save(new Badge(2L, "other", 1));

        assertThat(stamp.isCurrent()).isTrue();
    }

    @Test
    void aFailureIsStillOne() {
        times(FIRST, i -> plain.findByName("badge1"));
        application.template().execute("ALTER TABLE badge RENAME TO badge_away");
        try {
            assertThatThrownBy(() -> plain.findByName("badge1")).isInstanceOf(DataAccessException.class);
        } finally {
            application.template().execute("ALTER TABLE badge_away RENAME TO badge");
        }
        assertThat(plain.findByName("badge1")).isEmpty();
    }

    @Test
    void nothingIsLostWhenManyCallAndAsk() throws Exception {
        badges(100);
        times(FIRST, i -> plain.findByName("badge0"));
        AtomicBoolean done = new AtomicBoolean();
        CompletableFuture<Void> asking = OwnThread.run(() -> {
            while (!done.get()) {
                advice().forEach(one -> assertThat(one.hitRate()).isBetween(0.0, 1.0));
            }
        });
        List<CompletableFuture<Void>> calling = new ArrayList<>();
        for (int thread = 0; thread < 4; thread++) {
            Random random = new Random(thread);
            calling.add(OwnThread.run(() -> times(1000, i -> {
                String name = "badge" + (1 + random.nextInt(100));
                assertThat(plain.findByName(name).map(Badge::name)).contains(name);
            })));
        }
        for (CompletableFuture<Void> each : calling) {
            each.get(60, TimeUnit.SECONDS);
        }
        done.set(true);
        asking.get(60, TimeUnit.SECONDS);

        assertThat(requiredAdviceOn(BY_NAME).callsPerHour()).isEqualTo(4000 * 60);
        assertThat(requiredAdviceOn(BY_NAME).hitRate()).isBetween(0.95, 0.975);
    }

    @Test
    void whenNobodyAsksForAdviceThenNothingIsAround() {
        assertThat(isWatched(plain)).isTrue();
        assertThat(application.database().caches().isAdvising()).isTrue();

        restart();

        for (Class<? extends Repository<?, ?>> each : List.of(Plain.class, Twin.class, Scores.class, Useless.class)) {
            assertThat(isWatched(application.bean(each))).isFalse();
        }
        badges(1);
        times(1000, i -> plain.findByName("badge1"));
        assertThat(advice()).isEmpty();
        assertThat(application.database().caches().isAdvising()).isFalse();

        restart("dovetail.cache.advice=true", "dovetail.cache.enabled=false");
        assertThat(isWatched(plain)).isFalse();
        assertThat(advice()).isEmpty();
    }

    private static boolean isWatched(Object repository) {
        return List.of(((Advised) repository).getAdvisors()).stream()
                .anyMatch(advisor -> advisor.getAdvice() instanceof WatchedCalls);
    }
}
