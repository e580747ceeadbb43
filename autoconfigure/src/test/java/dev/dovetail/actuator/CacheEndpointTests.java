package dev.dovetail.actuator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.Database;
import dev.dovetail.cache.CacheStatistics;
import dev.dovetail.cache.QueryResult.Origin;
import dev.dovetail.contract.EngineContract;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.autoconfigure.endpoint.EndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.jackson.JacksonEndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.web.WebEndpointAutoConfiguration;
import org.springframework.boot.actuate.endpoint.InvocationContext;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.jackson.EndpointJsonMapper;
import org.springframework.boot.actuate.endpoint.web.WebEndpointHttpMethod;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.WebEndpointsSupplier;
import org.springframework.boot.actuate.endpoint.web.WebOperation;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the endpoint says of caches, and how it clears them. */
@EngineContract
class CacheEndpointTests {

    private final TestEngine engine;
    private @Nullable TestApplication started;

    CacheEndpointTests(TestEngine engine) {
        this.engine = engine;
    }

    @AfterEach
    void stop() {
        if (started != null) {
            started.close();
        }
    }

    private TestApplication start(String... properties) {
        String[] all = Arrays.copyOf(properties, properties.length + 1);
        all[properties.length] = "management.endpoints.web.exposure.include=dovetail";
        TestApplication application = TestApplication.ofWeb(engine, Endpoints.class, all);
        started = application;
        application.define("CREATE TABLE badge (id ${identity}, name ${text} NOT NULL)");
        return application;
    }

    private static List<String> names(TestApplication application, String query, Object key) {
        return application
                .database()
                .query(query)
                .key(key)
                .cached()
                .run(() -> application
                        .jdbc()
                        .sql("SELECT name FROM badge")
                        .query(String.class)
                        .list());
    }

    private static Origin origin(TestApplication application) {
        return application
                .database()
                .query("names")
                .key(1)
                .cached()
                .runForResult(() -> application
                        .jdbc()
                        .sql("SELECT count(*) FROM badge")
                        .query(Long.class)
                        .single())
                .origin();
    }

    private static JsonNode section(TestApplication application) {
        JsonMapper mapper = application.bean(EndpointJsonMapper.class).get();
        Object section = application.bean(DovetailEndpoint.class).section("cache");
        return mapper.readTree(mapper.writeValueAsString(section));
    }

    private static Optional<WebOperation> action(TestApplication application) {
        return application.bean(WebEndpointsSupplier.class).getEndpoints().stream()
                .flatMap(endpoint -> endpoint.getOperations().stream())
                .filter(operation -> operation.getRequestPredicate().getHttpMethod() == WebEndpointHttpMethod.POST)
                .findFirst();
    }

    private static WebEndpointResponse<?> act(TestApplication application, Map<String, Object> arguments) {
        Object response =
                action(application).orElseThrow().invoke(new InvocationContext(SecurityContext.NONE, arguments));
        assertThat(response).isInstanceOf(WebEndpointResponse.class);
        return (WebEndpointResponse<?>) Objects.requireNonNull(response);
    }

    @Test
    void theSectionSaysWhatWasCountedAndReadingItCountsNothing() {
        TestApplication application = start();
        Awaitility.await("others are heard").until(() -> origin(application) == Origin.CACHE);
        application.template().update("INSERT INTO badge (name) VALUES ('java')");
        assertThat(origin(application)).isEqualTo(Origin.DATABASE);
        Database database = application.database();
        CacheStatistics counted = database.caches().statistics("names");
        assertThat(counted.invalidations()).isEqualTo(1);

        for (int i = 0; i < 3; i++) {
            JsonNode section = section(application);
            JsonNode cache = section.at("/caches/0");
            assertThat(cache.path("name").asString("")).isEqualTo("names");
            assertThat(cache.path("size").asLong(-1)).isEqualTo(1);
            assertThat(cache.path("maximumSize").asLong(-1)).isEqualTo(1000);
            assertThat(cache.path("hits").asLong(-1)).isPositive().isEqualTo(counted.hits());
            assertThat(cache.path("misses").asLong(-1)).isPositive().isEqualTo(counted.misses());
            assertThat(cache.path("hitRate").asDouble(-1)).isEqualTo(counted.hitRate());
            assertThat(cache.path("loads").asLong(-1)).isGreaterThan(1).isEqualTo(counted.loads());
            assertThat(cache.path("meanLoadMillis").asDouble(0)).isBetween(0.001, 10_000.0);
            assertThat(cache.path("evictions").asLong(-1)).isZero();
            assertThat(cache.path("invalidations").asLong(-1)).isEqualTo(1);
            assertThat(cache.path("stale").asLong(-1)).isZero();
            assertThat(section.at("/coherence/mode").asString("")).isEqualTo("transactional");
            assertThat(section.at("/coherence/needed").asBoolean(false)).isTrue();
            assertThat(section.at("/coherence/listening").asBoolean(false)).isTrue();
            assertThat(section.path("advising").asBoolean(true)).isFalse();
            assertThat(section.path("advice").toString()).isEqualTo("[]");
        }
        assertThat(database.caches().statistics("names")).isEqualTo(counted);
    }

    @Test
    void theSectionHoldsTheAdvice() {
        TestApplication application = start("dovetail.cache.advice=true");
        for (int i = 0; i < 400; i++) {
            names(application, "useless", i);
        }

        JsonNode advice = section(application).at("/advice/0");

        assertThat(section(application).path("advising").asBoolean(false)).isTrue();
        assertThat(advice.path("method").asString("")).isEqualTo("useless");
        assertThat(advice.path("kind").asString("")).isEqualTo("DO_NOT_CACHE");
        assertThat(advice.path("text").asString("")).contains("Leave cached() out");
        assertThat(advice.path("hitRate").asDouble(-1)).isZero();
        assertThat(advice.path("callsPerHour").asDouble(0)).isPositive();
        assertThat(advice.path("savedMillisPerHour").asDouble(0)).isNegative();
    }

    @Test
    void whenNothingIsCachedThenTheSectionIsThereAndSaysSo() {
        TestApplication application = start("dovetail.cache.enabled=false");

        assertThat(section(application).toString()).isEqualTo("{\"caches\":[],\"advising\":false,\"advice\":[]}");
    }

    @Test
    void whenWritingIsNotAllowedThenNothingCanBeCleared() {
        assertThat(action(start())).isEmpty();
    }

    @Test
    void oneCacheOrAllAreCleared() {
        TestApplication application = start("management.endpoint.dovetail.access=unrestricted");
        Awaitility.await("others are heard").until(() -> origin(application) == Origin.CACHE);
        names(application, "first", 1);
        names(application, "first", 2);

        WebEndpointResponse<?> one = act(application, Map.of("action", "clear-cache", "name", "first"));

        assertThat(one.getStatus()).isEqualTo(200);
        assertThat(one.getBody()).hasToString("{cleared={first=2}}");
        assertThat(application.database().caches().statistics("first").size()).isZero();
        assertThat(origin(application)).isEqualTo(Origin.CACHE);
        assertThat(act(application, Map.of("action", "clear-cache")).getBody())
                .hasToString("{cleared={first=0, names=1}}");
        assertThat(origin(application)).isEqualTo(Origin.DATABASE);
    }

    @Test
    void whatIsUnknownIsRefusedWithWhatIsKnown() {
        TestApplication application = start("management.endpoint.dovetail.access=unrestricted");
        names(application, "first", 1);
        names(application, "second", 1);

        WebEndpointResponse<?> cache = act(application, Map.of("action", "clear-cache", "name", "third"));
        WebEndpointResponse<?> action = act(application, Map.of("action", "explode"));

        assertThat(cache.getStatus()).isEqualTo(400);
        assertThat(cache.getBody()).hasToString("{error=There is no cache 'third'; there are [first, second]}");
        assertThat(action.getStatus()).isEqualTo(400);
        assertThat(String.valueOf(action.getBody()))
                .startsWith("{error=There is no action 'explode'; there is [")
                .contains("clear-cache");
        assertThat(application.database().caches().statistics("first").size()).isEqualTo(1);
    }

    @Configuration(proxyBeanMethods = false)
    @AutoConfigurationPackage
    @ImportAutoConfiguration({
        EndpointAutoConfiguration.class,
        JacksonEndpointAutoConfiguration.class,
        WebEndpointAutoConfiguration.class
    })
    static class Endpoints {}
}
