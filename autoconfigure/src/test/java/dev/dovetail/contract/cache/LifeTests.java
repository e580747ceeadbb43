package dev.dovetail.contract.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.QuerySpec;
import dev.dovetail.cache.ResultCaches;
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
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.data.jdbc.repository.config.EnableJdbcRepositories;

/** Several applications in one process, and what is left of one that has ended. */
@EngineContract
class LifeTests {

    private static final String BADGE = """
            CREATE TABLE badge (id ${identity}, name ${text} NOT NULL, points ${integer} NOT NULL) ${strict}""";

    private final TestEngine engine;

    LifeTests(TestEngine engine) {
        this.engine = engine;
    }

    @Configuration(proxyBeanMethods = false)
    @EnableJdbcRepositories(excludeFilters = @Filter(type = FilterType.REGEX, pattern = ".*(?<!\\.Badges)"))
    static class Plain {}

    private static int points(Badges badges, long id) {
        badges.findById(id);
        badges.count();
        return badges.findById(id).map(Badges.Badge::points).orElse(-1);
    }

    private static Set<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .collect(Collectors.toCollection(HashSet::new));
    }

    private WeakReference<Object> open() {
        try (TestApplication application = TestApplication.with(
                engine.freshDatabase(), Plain.class, "dovetail.cache.ttl=1s", "dovetail.cache.stale-ttl=0s")) {
            application.define(BADGE);
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
        try (TestApplication warm = TestApplication.with(engine.freshDatabase(), Plain.class)) {
            warm.define(BADGE);
            points(warm.bean(Badges.class), 1);
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
        try (TestApplication first = TestApplication.with(one, Plain.class);
                TestApplication second = TestApplication.with(two, Plain.class);
                TestApplication third = TestApplication.with(one, Plain.class)) {
            for (TestApplication each : List.of(first, second)) {
                each.define(BADGE);
                each.template().execute("INSERT INTO badge (id, name, points) VALUES (1, 'java', 10)");
            }
            Badges ofSecond = second.bean(Badges.class);
            QuerySpec both = first.database().query("both").key().cached();
            Supplier<Integer> read = () -> points(ofSecond, 1) + points(first.bean(Badges.class), 1);
            for (int i = 0; i < 3; i++) {
                assertThat(both.<Integer>run(read)).isEqualTo(20);
            }
            ofSecond.award(1, 20);
            for (int i = 0; i < 3; i++) {
                assertThat(both.<Integer>run(read)).isEqualTo(30);
            }
            first.bean(Badges.class).award(1, 30);
            assertThat(both.<Integer>run(read)).isEqualTo(50);
            Awaitility.await().until(() -> points(third.bean(Badges.class), 1) == 30);
            third.bean(Badges.class).award(1, 40);
            Awaitility.await().atMost(Duration.ofSeconds(3)).until(() -> points(first.bean(Badges.class), 1) == 40);
            assertThat(both.<Integer>run(read)).isEqualTo(60);
        }
    }
}
