package dev.dovetail.contract.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.dovetail.cache.CacheAdvice;
import dev.dovetail.cache.CacheAdvice.Kind;
import dev.dovetail.cache.CacheStatistics;
import dev.dovetail.contract.TestEngine;
import dev.dovetail.contract.cache.AdvisedRepositories.Badge;
import dev.dovetail.contract.cache.AdvisedRepositories.Open;
import dev.dovetail.contract.cache.AdvisedRepositories.Scores;
import dev.dovetail.contract.cache.AdvisedRepositories.Twin;
import dev.dovetail.contract.cache.AdvisedRepositories.Useless;
import dev.dovetail.contract.cache.BadgeApplications.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is advised, after loads of which the outcome is known. */
class CacheAdviceTests extends AdviceContract {

    CacheAdviceTests(TestEngine engine) {
        super(engine);
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
        assertThat(advice.invalidationsPerHour()).isEqualTo(1000 * 60);
        assertThat(advice.timeSavedPerHour()).isNegative();
        assertThat(advice.text()).contains("@Cached(enabled = false)", "0.0 %", "a table has changed", "costs");
        CacheStatistics statistics = application.database().caches().statistics("useless");
        assertThat(statistics.invalidations()).isEqualTo(1000);
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
}
