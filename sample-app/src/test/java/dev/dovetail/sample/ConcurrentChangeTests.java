package dev.dovetail.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.sample.Api.Answer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;

/** Two who change the same: the later one is told, and nothing is lost. */
class ConcurrentChangeTests {

    @TempDir
    Path directory;

    private final List<ConfigurableApplicationContext> started = new ArrayList<>();

    @AfterEach
    void stop() {
        started.forEach(ConfigurableApplicationContext::close);
    }

    private Api start(Engine engine) {
        ConfigurableApplicationContext context = Engine.start(engine.freshDatabase(directory));
        started.add(context);
        return new Api(context.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
    }

    private static UUID badge(Api api) {
        return api.badge(api.issuer("guild").id(), "Joint").id();
    }

    @ParameterizedTest
    @EnumSource
    void tellsTheSecondOfTwoWhatTheVersionIs(Engine engine) {
        Api api = start(engine);
        UUID badge = badge(api);
        Answer one = api.get("/api/badges/" + badge);
        Answer other = api.get("/api/badges/" + badge);

        Answer first = api.redefine(badge, one.etag(), "Dovetail joint");
        Answer second = api.redefine(badge, other.etag(), "Finger joint");

        assertThat(first.status()).isEqualTo(200);
        assertThat(first.etag()).isNotEqualTo(one.etag());
        assertThat(second.status()).as(second.text()).isEqualTo(409);
        assertThat("\"" + second.json().path("version").asLong() + "\"").isEqualTo(first.etag());
        Answer now = api.get("/api/badges/" + badge);
        assertThat(now.text()).isEqualTo(first.text());
        assertThat(now.etag()).isEqualTo(first.etag());
        assertThat(api.redefine(badge, now.etag(), "Finger joint").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource
    void letsOneOfManyAtOnceThrough(Engine engine) throws Exception {
        Api api = start(engine);
        UUID badge = badge(api);
        String tag = api.get("/api/badges/" + badge).etag();

        List<Integer> statuses = AtOnce.call(
                () -> api.redefine(badge, tag, UUID.randomUUID().toString()).status());

        assertThat(statuses.stream().filter(status -> status == 200)).hasSize(1);
        assertThat(statuses.stream().filter(status -> status == 409)).hasSize(AtOnce.CALLERS - 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "\"0\"", "\"-1\"", "W/\"1\"", "\"1 OR 1=1\"", "\"99999999999999999999\"", "*", "\"\""})
    void refusesTagsThatItNeverGave(String tag) {
        Api api = start(Engine.SQLITE);
        UUID badge = badge(api);

        Answer refused = api.redefine(badge, tag, "Finger joint");

        assertThat(refused.status()).as(refused.text()).isEqualTo(400);
        assertThat(refused.text()).contains("If-Match");
        assertThat(api.get("/api/badges/" + badge).field("name")).isEqualTo("Joint");
    }
}
