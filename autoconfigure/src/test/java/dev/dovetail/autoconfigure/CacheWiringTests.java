package dev.dovetail.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.Database;
import dev.dovetail.QuerySpec;
import dev.dovetail.cache.CacheWarmer;
import dev.dovetail.cache.Cached;
import dev.dovetail.cache.DovetailCacheManager;
import dev.dovetail.cache.QueryResult.Origin;
import dev.dovetail.cache.ResultCaches;
import dev.dovetail.datasource.TableVersions;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.cache.actuate.endpoint.CachesEndpoint;
import org.springframework.boot.cache.autoconfigure.CacheAutoConfiguration;
import org.springframework.boot.cache.autoconfigure.CachesEndpointAutoConfiguration;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cache.Cache;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.cache.concurrent.ConcurrentMapCacheManager;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.annotation.Id;
import org.springframework.data.jdbc.repository.config.EnableJdbcRepositories;
import org.springframework.data.repository.Repository;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The caches beside what Spring and Spring Boot have for caches. */
class CacheWiringTests {

    @TempDir
    private Path directory;

    private ApplicationContextRunner runner() {
        return Wiring.runner().withPropertyValues(Wiring.path(directory));
    }

    private ApplicationContextRunner withSprings() {
        return runner().withConfiguration(
                        AutoConfigurations.of(CacheAutoConfiguration.class, CachesEndpointAutoConfiguration.class))
                .withPropertyValues("management.endpoints.web.exposure.include=*");
    }

    @Configuration(proxyBeanMethods = false)
    @EnableCaching
    static class Caching {

        @Bean
        Doubling doubling() {
            return new Doubling();
        }
    }

    // Its proxy is of another class loader.
    public static class Doubling {

        private int calls;

        @Cacheable("doubled")
        public int doubled(int number) {
            calls++;
            return 2 * number;
        }

        int calls() {
            return calls;
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnManager {

        @Bean
        CacheManager own() {
            return new ConcurrentMapCacheManager();
        }
    }

    @Test
    void springBootMakesItsOwnCacheManagerAsEver() {
        withSprings().withUserConfiguration(Caching.class).run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(context.getBean(CacheManager.class)).isNotInstanceOf(DovetailCacheManager.class);
            Doubling doubling = context.getBean(Doubling.class);
            doubling.doubled(2);
            assertThat(doubling.doubled(2)).isEqualTo(4);
            assertThat(context.getBean(CacheManager.class).getCacheNames()).contains("doubled");
        });
    }

    @Test
    void theApplicationsOwnCacheManagerIsTheOneThatIsInjected() {
        withSprings().withUserConfiguration(Caching.class, OwnManager.class).run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(context.getBean(CacheManager.class)).isInstanceOf(ConcurrentMapCacheManager.class);
            context.getBean(Doubling.class).doubled(1);
        });
    }

    private static Origin origin(Database database) {
        return database.query("one").cached().runForResult(database::info).origin();
    }

    private static Callable<Origin> reading(Database database, JdbcClient jdbc) {
        return () -> database.query("one")
                .key()
                .cached()
                .runForResult(() -> jdbc.sql("SELECT count(*) FROM thing")
                        .query(Integer.class)
                        .single())
                .origin();
    }

    @Test
    void theEndpointListsAndClearsThem() {
        withSprings().run(context -> {
            JdbcClient jdbc = context.getBean(JdbcClient.class);
            jdbc.sql("CREATE TABLE thing (id INTEGER PRIMARY KEY)").update();
            Callable<Origin> reading = reading(context.getBean(Database.class), jdbc);
            reading.call();
            assertThat(reading.call()).isEqualTo(Origin.CACHE);

            CachesEndpoint endpoint = context.getBean(CachesEndpoint.class);
            assertThat(endpoint.caches().getCacheManagers())
                    .hasEntrySatisfying(
                            "dovetailCacheManager",
                            manager -> assertThat(manager.getCaches()).containsKey("one"));
            assertThat(endpoint.clearCache("one", null)).isTrue();
            assertThat(reading.call()).isEqualTo(Origin.DATABASE);
        });
    }

    @Test
    void whatIsSetForASingleCacheHasTheLastWord() {
        runner().withPropertyValues("dovetail.cache.caches.one.ttl=1ms").run(context -> {
            JdbcClient jdbc = context.getBean(JdbcClient.class);
            QuerySpec query = context.getBean(Database.class).query("one").key().cached(Duration.ofHours(1));
            for (int i = 0; i < 3; i++) {
                assertThat(query.runForResult(() -> jdbc.sql("SELECT 1")
                                        .query(Integer.class)
                                        .single())
                                .origin())
                        .isEqualTo(Origin.DATABASE);
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
            }
        });
    }

    @Test
    void aNameWithDotsIsSetInBrackets() {
        runner().withPropertyValues("dovetail.cache.caches[a.b_c].maximum-size=7")
                .run(context -> assertThat(context.getBean(Database.class)
                                .caches()
                                .statistics("a.b_c")
                                .maximumSize())
                        .isEqualTo(7));
    }

    @Test
    void theVerbsOfSpringsCacheWork() {
        runner().withPropertyValues("dovetail.cache.caches.things.ttl=1m").run(context -> {
            Cache cache = Objects.requireNonNull(
                    context.getBean(DovetailCacheManager.class).getCache("things"));
            assertThat(cache.get("a")).isNull();
            cache.put("a", "x");
            cache.put("b", null);
            assertThat(cache.get("a", String.class)).isEqualTo("x");
            assertThat(Objects.requireNonNull(cache.get("b")).get()).isNull();
            assertThat(cache.get("c", () -> "made")).isEqualTo("made");
            assertThat(cache.get("c", () -> "again")).isEqualTo("made");
            assertThat(cache.evictIfPresent("a")).isTrue();
            assertThat(cache.evictIfPresent("a")).isFalse();
            assertThat(cache.get("a")).isNull();
            cache.clear();
            assertThat(cache.get("c")).isNull();
            assertThat(context.getBean(DovetailCacheManager.class).getCache("unknown"))
                    .isNull();
        });
    }

    @Test
    void metersFollowEveryCache() {
        runner().withPropertyValues("dovetail.cache.caches.early.ttl=1m").run(context -> {
            JdbcClient jdbc = context.getBean(JdbcClient.class);
            jdbc.sql("CREATE TABLE thing (id INTEGER PRIMARY KEY)").update();
            Callable<Origin> reading = reading(context.getBean(Database.class), jdbc);
            for (int i = 0; i < 4; i++) {
                reading.call();
            }
            MeterRegistry registry = context.getBean(MeterRegistry.class);
            assertThat(registry.get("cache.gets")
                            .tags("cache", "one", "result", "hit")
                            .functionCounter()
                            .count())
                    .isEqualTo(3);
            assertThat(registry.get("cache.gets")
                            .tags("cache", "one", "result", "miss")
                            .functionCounter()
                            .count())
                    .isEqualTo(1);
            assertThat(registry.get("cache.puts")
                            .tags("cache", "one")
                            .functionCounter()
                            .count())
                    .isEqualTo(1);
            assertThat(registry.get("cache.size").tags("cache", "one").gauge().value())
                    .isEqualTo(1);
            assertThat(registry.get("cache.evictions")
                            .tags("cache", "early")
                            .functionCounter()
                            .count())
                    .isZero();
            assertThat(registry.get("dovetail.cache.stale")
                            .tags("cache", "one")
                            .functionCounter()
                            .count())
                    .isZero();
            assertThat(context.getBean(Database.class)
                            .caches()
                            .statistics("one")
                            .hitRate())
                    .isEqualTo(0.75);
        });
    }

    @Configuration(proxyBeanMethods = false)
    static class Warmers {

        @Bean
        CacheWarmer failing() {
            return () -> {
                throw new IllegalStateException("cannot");
            };
        }

        @Bean
        CacheWarmer warming(Database database, JdbcClient jdbc) {
            return () -> database.query("warm")
                    .key()
                    .cached()
                    .run(() -> jdbc.sql("SELECT count(*) FROM sqlite_schema")
                            .query(Integer.class)
                            .single());
        }
    }

    @Test
    void warmersRunWhenTheApplicationIsReadyAndMayFail() {
        runner().withUserConfiguration(Warmers.class).run(context -> {
            context.publishEvent(new ApplicationReadyEvent(
                    new SpringApplication(), new String[0], context.getSourceApplicationContext(), null));
            assertThat(context.getBean(Database.class).caches().names()).contains("warm");
        });
    }

    public record Thing(@Id Long id) {}

    @Cached
    public interface Things extends Repository<Thing, Long> {
        List<Thing> findAll();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableJdbcRepositories(
            considerNestedRepositories = true,
            excludeFilters =
                    @org.springframework.context.annotation.ComponentScan.Filter(
                            type = org.springframework.context.annotation.FilterType.REGEX,
                            pattern = ".*(?<!CacheWiringTests\\$Things)"))
    static class Repositories {}

    @Test
    void withoutCaffeineWhatIsCachedSaysWhatIsMissing() {
        ApplicationContextRunner without =
                runner().withClassLoader(new FilteredClassLoader("com.github.benmanes.caffeine"));
        without.run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(ResultCaches.class));
        without.withConfiguration(AutoConfigurations.of(DovetailDataJdbcAutoConfiguration.class))
                .withUserConfiguration(Repositories.class)
                .run(context -> assertThat(Failures.explained(context))
                        .contains("Caffeine", "com.github.ben-manes.caffeine:caffeine", "Things"));
    }

    @Test
    void switchedOffNothingIsKeptAndNothingFollowed() {
        runner().withConfiguration(AutoConfigurations.of(DovetailDataJdbcAutoConfiguration.class))
                .withUserConfiguration(Repositories.class)
                .withPropertyValues("dovetail.cache.enabled=false")
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    Database database = context.getBean(Database.class);
                    assertThat(origin(database)).isEqualTo(Origin.DATABASE);
                    assertThat(origin(database)).isEqualTo(Origin.DATABASE);
                    assertThat(database.caches().names()).isEmpty();
                    assertThat(context.getBean(TableVersions.class).isWatched()).isFalse();
                });
    }
}
