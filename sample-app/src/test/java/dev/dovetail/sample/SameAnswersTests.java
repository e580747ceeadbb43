package dev.dovetail.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.sample.Api.Answer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/** The same calls get the same answers, byte for byte but for ids and the time, on both engines. */
class SameAnswersTests {

    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Pattern NOW = Pattern.compile("20[2-8][0-9]-[0-9-]{5}T[0-9:.]+Z");

    @TempDir
    Path directory;

    @Test
    void bothEnginesAnswerTheSame() {
        List<String> onSqlite = answers(Engine.SQLITE);

        assertThat(onSqlite).hasSizeGreaterThan(20).anyMatch(answer -> answer.contains("2099-12-31T23:59:59.999999Z"));
        assertThat(answers(Engine.POSTGRESQL)).containsExactlyElementsOf(onSqlite);
    }

    private List<String> answers(Engine engine) {
        try (ConfigurableApplicationContext context = Engine.start(engine.freshDatabase(directory))) {
            Integer port = context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
            Conversation conversation = new Conversation();
            talk(new Api(port), conversation);
            return conversation.answers;
        }
    }

    private static void talk(Api api, Conversation heard) {
        UUID issuer = heard.of(api.issuer("Ig̃loo")).id();
        heard.of(api.issuer("Ig̃loo"));
        heard.of(api.issuer("second"));
        heard.of(api.get("/api/issuers?sort=name,desc"));
        UUID badge = heard.of(api.badge(issuer, "Ünïcode 🙂\n\"quoted\" \\ '")).id();
        heard.of(api.badge(issuer, "zebra"));
        heard.of(api.badge(issuer, "Zebra"));
        heard.of(api.badge(issuer, "Zebra"));
        heard.of(api.badge(new UUID(0, 0), "nothing"));
        heard.of(api.get("/api/badges"));
        heard.of(api.get("/api/badges?sort=name,desc&size=2&page=1"));
        heard.of(api.get("/api/badges?sort=id"));
        UUID assertion = heard.of(api.award(badge, "ADA@example.org")).id();
        heard.of(api.award(badge, "ada@EXAMPLE.org"));
        heard.of(api.award(new UUID(0, 0), "ada@example.org"));
        heard.of(api.post("/api/assertions", full(badge)));
        heard.of(api.get("/api/assertions"));
        heard.of(api.get("/api/recipients/{email}/assertions", "Ada@example.org"));
        heard.of(api.revoke(assertion, "Copied"));
        heard.of(api.revoke(assertion, "Copied"));
        heard.of(api.get("/api/assertions/" + assertion));
        heard.of(api.get("/api/assertions/" + new UUID(0, 0)));
        heard.of(api.post("/api/assertions", "{}"));
        heard.of(api.post("/api/assertions", "{"));
        heard.of(api.get("/api/assertions?size=0&page=-1"));
        heard.of(api.get("/api/nothing"));
        heard.of(api.get("/api/badges?after="));
        heard.of(api.get("/api/badges?after=bm90aGluZw"));
        heard.of(api.get("/api/recipients/{email}/assertions?after=", "ada@example.org"));
        heard.of(api.redefine(badge, "\"1\"", "Ünïcode"));
        heard.of(api.redefine(badge, "\"1\"", "too late"));
        heard.of(api.redefine(badge, "\"2\"", "zebra"));
        heard.of(api.redefine(badge, "2", "no tag"));
        heard.of(api.redefine(badge, null, "no tag"));
        heard.of(api.redefine(new UUID(0, 0), "\"1\"", "nothing"));
        heard.of(api.get("/api/badges/" + badge));
        heard.of(api.get("/api/statistics"));
    }

    private static Map<String, Object> full(UUID badge) {
        Map<String, Object> award = new HashMap<>();
        award.put("badgeId", badge);
        award.put("recipient", "grace@example.org");
        award.put("evidence", "https://example.org/?q=a%20b&c=ü");
        award.put("expiresAt", "2099-12-31T23:59:59.999999999Z");
        return award;
    }

    /** What was answered, with each id replaced by the order in which it first occurred. */
    private static final class Conversation {

        private final List<String> answers = new ArrayList<>();
        private final Map<String, String> ids = new HashMap<>();

        Answer of(Answer answer) {
            String text = ID.matcher(answer.text())
                    .replaceAll(match -> ids.computeIfAbsent(match.group(), id -> "id-" + ids.size()));
            answers.add(answer.status() + " " + answer.type() + " "
                    + NOW.matcher(text).replaceAll("now"));
            return answer;
        }
    }
}
