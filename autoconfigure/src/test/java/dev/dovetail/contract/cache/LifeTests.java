package dev.dovetail.contract.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.QuerySpec;
import dev.dovetail.cache.ResultCaches;
import dev.dovetail.cache.coherence.CacheCoherence;
import dev.dovetail.contract.EngineContract;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Several applications in one process, and what is left of one that has ended. */
@EngineContract
class LifeTests {

    private final TestEngine engine;

    LifeTests(TestEngine engine) {
        this.engine = engine;
    }

    private static Set<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .collect(Collectors.toCollection(HashSet::new));
    }

    private WeakReference<Object> open() {
        try (TestApplication application = TestApplication.with(
                engine.freshDatabase(),
                BadgeApplications.Plain.class,
                "dovetail.cache.ttl=1s",
                "dovetail.cache.stale-ttl=0s")) {
            application.define(BadgeApplications.BADGE);
            Badges badges = application.bean(Badges.class);
            for (long i = 0; i < 100; i++) {
                badges.findById(i);
            }
            Awaitility.await()
                    .atMost(Duration.ofSeconds(10))
                    .until(() ->
                            application.database().caches().statistics("badges").size() == 0);
            for (long i = 0; i < 100; i++) {
                badges.findById(i);
            }
            return new WeakReference<>(application.bean(ResultCaches.class));
        }
    }

    @Test
    void nothingIsLeftBehind() {
        try (TestApplication warm = TestApplication.with(engine.freshDatabase(), BadgeApplications.Plain.class)) {
            warm.define(BadgeApplications.BADGE);
            BadgeApplications.pointsOf(warm.bean(Badges.class), 1);
        }
        Set<String> before = threads();
        WeakReference<Object> caches = open();
        Awaitility.await().atMost(Duration.ofSeconds(15)).untilAsserted(() -> {
            Set<String> after = threads();
            after.removeAll(before);
            after.removeIf(name -> name.startsWith("beside-the-test") || name.startsWith("awaitility"));
            assertThat(after).isEmpty();
        });
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> {
            System.gc();
            return caches.get() == null;
        });
    }

    @Test
    void whatWasReadFromTwoDatabasesDependsOnBoth() {
        Map<String, String> one = engine.freshDatabase();
        Map<String, String> two = engine.freshDatabase();
        try (TestApplication first = TestApplication.with(one, BadgeApplications.Plain.class);
                TestApplication second = TestApplication.with(two, BadgeApplications.Plain.class);
                TestApplication third = TestApplication.with(one, BadgeApplications.Plain.class)) {
            for (TestApplication each : List.of(first, second)) {
                each.define(BadgeApplications.BADGE);
                each.template().execute("INSERT INTO badge (id, name, points) VALUES (1, 'java', 10)");
            }
            Badges ofSecond = second.bean(Badges.class);
            QuerySpec both = first.database().query("both").key().cached();
            Supplier<Integer> read = () ->
                    BadgeApplications.pointsOf(ofSecond, 1) + BadgeApplications.pointsOf(first.bean(Badges.class), 1);
            for (int i = 0; i < 3; i++) {
                assertThat(both.<Integer>run(read)).isEqualTo(20);
            }
            ofSecond.award(1, 20);
            for (int i = 0; i < 3; i++) {
                assertThat(both.<Integer>run(read)).isEqualTo(30);
            }
            first.bean(Badges.class).award(1, 30);
            assertThat(both.<Integer>run(read)).isEqualTo(50);
            Awaitility.await().until(() -> BadgeApplications.pointsOf(third.bean(Badges.class), 1) == 30);
            third.bean(Badges.class).award(1, 40);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(3))
                    .until(() -> BadgeApplications.pointsOf(first.bean(Badges.class), 1) == 40);
            assertThat(both.<Integer>run(read)).isEqualTo(60);
        }
    }

    /** For the first one the layer looks up how the tables are made. */
    @Test
    void theFirstReadOfAnApplicationIsKept() {
        for (ToLongFunction<Badges> read : List.<ToLongFunction<Badges>>of(
                badges -> badges.numberAbove(0),
                badges -> badges.findById(1L).orElseThrow().points())) {
            try (TestApplication application =
                    TestApplication.with(engine.freshDatabase(), BadgeApplications.Plain.class)) {
                application.define(BadgeApplications.BADGE);
                application.template().execute("INSERT INTO badge (id, name, points) VALUES (1, 'java', 10)");
                Badges badges = application.bean(Badges.class);
                Awaitility.await().until(application.bean(CacheCoherence.class)::isHeard);
                long first = read.applyAsLong(badges);
                application.statements();
                assertThat(read.applyAsLong(badges)).isEqualTo(first);
                assertThat(application.statements()).isEmpty();

                application.template().execute("UPDATE badge SET points = -1");
                assertThat(read.applyAsLong(badges)).isNotEqualTo(first);
            }
        }
    }
}
