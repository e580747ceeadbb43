package dev.dovetail.contract.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.dovetail.cache.WatchedCalls;
import dev.dovetail.contract.OwnThread;
import dev.dovetail.contract.TestEngine;
import dev.dovetail.contract.cache.AdvisedRepositories.Badge;
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
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.springframework.aop.framework.Advised;
import org.springframework.dao.DataAccessException;
import org.springframework.data.repository.Repository;

/** What is watched, what is not, and that nobody notices. */
class WatchedCallsTests extends AdviceContract {

    WatchedCallsTests(TestEngine engine) {
        super(engine);
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
