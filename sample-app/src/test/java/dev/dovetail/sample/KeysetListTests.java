package dev.dovetail.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.sample.Api.Answer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.context.ConfigurableApplicationContext;

/** Lists that go on after the last row, whatever is inserted meanwhile. */
class KeysetListTests {

    private static final int ASSERTIONS = 1_200;

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource
    void visitEachRowOnceWhileOthersAreAdded(Engine engine) {
        try (ConfigurableApplicationContext context =
                Engine.start(engine.freshDatabase(directory), "--badges.generate=" + ASSERTIONS)) {
            Api api = new Api(context.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
            UUID badge = UUID.fromString(
                    api.get("/api/badges?size=1").json().at("/content/0/id").asString());
            List<String> before = all(api, "/api/assertions?sort=issuedAt,asc", null);
            assertThat(before).hasSize(ASSERTIONS).doesNotHaveDuplicates();

            List<String> latestFirst = all(api, "/api/assertions?sort=issuedAt,desc", badge);

            Collections.reverse(before);
            assertThat(latestFirst).isEqualTo(before);
            assertThat(api.get("/api/statistics").json().path("assertions").asInt())
                    .isEqualTo(ASSERTIONS + ASSERTIONS / 100);
            assertThat(all(api, "/api/badges?sort=name,desc", null))
                    .isNotEmpty()
                    .doesNotHaveDuplicates();
            assertThat(all(api, "/api/issuers?sort=createdAt", null))
                    .isNotEmpty()
                    .doesNotHaveDuplicates();
        }
    }

    // With a badge, one is awarded before each part is read; being newer than the first part, none of them is seen.
    private static List<String> all(Api api, String path, @Nullable UUID badge) {
        List<String> ids = new ArrayList<>();
        String after = "";
        while (after != null) {
            Answer part = api.get(path + "&size=100&after={after}", after);
            assertThat(part.status()).as(part.text()).isEqualTo(200);
            part.json().path("content").forEach(row -> ids.add(row.path("id").asString()));
            assertThat(ids).as("not going in circles").hasSizeLessThan(2 * ASSERTIONS);
            after = part.json().has("next") ? part.field("next") : null;
            if (badge != null) {
                assertThat(api.award(badge, UUID.randomUUID() + "@example.org").status())
                        .isEqualTo(201);
            }
        }
        return ids;
    }

    @ParameterizedTest
    @EnumSource
    void refuseWhatIsNoPlaceInTheList(Engine engine) {
        try (ConfigurableApplicationContext context = Engine.start(engine.freshDatabase(directory))) {
            Api api = new Api(context.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
            for (String after : List.of(
                    "x",
                    "%%%",
                    "'; DROP TABLE badges; --",
                    text("{}"),
                    text("[]"),
                    text("null"),
                    text("{\"name\":\"a\"}"),
                    text("{\"name\":\"a\",\"id\":\"1 OR 1=1\"}"),
                    text("{\"name\":null,\"id\":null}"),
                    text("{\"name\":{\"a\":1},\"id\":[]}"),
                    text("{\"createdAt\":\"2026-01-01T00:00:00Z\",\"id\":\"" + new UUID(0, 0) + "\"}"))) {
                Answer refused = api.get("/api/badges?after={after}", after);

                assertThat(refused.status()).as("%s: %s", after, refused.text()).isEqualTo(400);
                assertThat(refused.json().at("/errors/0/field").asString()).isEqualTo("after");
            }
        }
    }

    private static String text(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }
}
