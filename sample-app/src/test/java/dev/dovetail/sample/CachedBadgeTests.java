package dev.dovetail.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.sample.Api.Answer;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

/** A badge is read once, and is never an old one. */
class CachedBadgeTests {

    private static final String CLEAR = "/actuator/dovetail/clear-cache";

    @TempDir
    Path directory;

    private static Api api(ConfigurableApplicationContext context) {
        return new Api(context.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
    }

    private static JsonNode cache(Api api) {
        return api.get("/actuator/dovetail/cache").json().at("/caches/0");
    }

    private static long hits(Api api) {
        return cache(api).path("hits").asLong();
    }

    @ParameterizedTest
    @EnumSource
    void isReadOnceUntilItChanges(Engine engine) {
        try (ConfigurableApplicationContext context = Engine.start(engine.freshDatabase(directory))) {
            Api api = api(context);
            UUID badge = api.badge(api.issuer("guild").id(), "Joint").id();
            api.get("/api/badges/" + badge);
            api.get("/api/badges/" + badge);
            long before = hits(api);

            Answer kept = api.get("/api/badges/" + badge);

            assertThat(hits(api)).isEqualTo(before + 1);
            Answer first = api.redefine(badge, kept.etag(), "Dovetail joint");
            assertThat(api.get("/api/badges/" + badge).text()).isEqualTo(first.text());
            Answer second = api.redefine(badge, first.etag(), "Finger joint");
            assertThat(api.get("/api/badges/" + badge).text()).isEqualTo(second.text());
            assertThat(api.get("/api/badges/" + badge).etag()).isEqualTo(second.etag());
            assertThat(api.get("/api/badges/" + new UUID(0, 0)).status()).isEqualTo(404);
            assertThat(api.post(CLEAR, Map.of()).status()).isEqualTo(405);
        }
    }

    @ParameterizedTest
    @EnumSource
    void isReadAgainWhenTheCacheWasCleared(Engine engine) {
        try (ConfigurableApplicationContext context =
                Engine.start(engine.freshDatabase(directory), "--management.endpoint.dovetail.access=unrestricted")) {
            Api api = api(context);
            UUID badge = api.badge(api.issuer("guild").id(), "Joint").id();
            Answer kept = api.get("/api/badges/" + badge);
            api.get("/api/badges/" + badge);
            assertThat(cache(api).path("size").asLong()).isEqualTo(1);

            Answer cleared = api.post(CLEAR, Map.of("name", "badges"));
            Answer unknown = api.post(CLEAR, Map.of("name", "nothing"));

            assertThat(cleared.status()).as(cleared.text()).isEqualTo(200);
            assertThat(cleared.json().at("/cleared/badges").asLong()).isEqualTo(1);
            assertThat(cache(api).path("size").asLong()).isZero();
            assertThat(unknown.status()).isEqualTo(400);
            assertThat(unknown.field("error")).contains("'nothing'", "[badges]");
            assertThat(api.post(CLEAR, Map.of()).status()).isEqualTo(200);
            assertThat(api.get("/api/badges/" + badge).text()).isEqualTo(kept.text());
        }
    }
}
