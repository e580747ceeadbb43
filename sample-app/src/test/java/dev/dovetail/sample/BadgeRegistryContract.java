package dev.dovetail.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.sample.Api.Answer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.MediaType;
import tools.jackson.databind.JsonNode;

/** What the registry does, whichever database it runs on. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
abstract class BadgeRegistryContract {

    private Api api;

    @BeforeEach
    void connect(@LocalServerPort int port) {
        api = new Api(port);
    }

    @Test
    void awardsABadgeAndTellsTheSameLater() {
        UUID badge = newBadge();

        Answer awarded = api.award(badge, unique() + "@example.org");

        assertThat(awarded.status()).isEqualTo(201);
        assertThat(awarded.location()).hasToString("/api/assertions/" + awarded.id());
        assertThat(awarded.json().path("revoked").asBoolean()).isFalse();
        assertThat(Instant.parse(awarded.field("issuedAt"))).isBeforeOrEqualTo(Instant.now());
        assertThat(api.get("/api/assertions/" + awarded.id()).text()).isEqualTo(awarded.text());
        assertThat(api.get("/api/badges/" + badge).status()).isEqualTo(200);
    }

    @Test
    void keepsEveryFieldOfAnAward() {
        Map<String, Object> award = new HashMap<>();
        award.put("badgeId", newBadge());
        award.put("recipient", "Zoë.Ğ." + unique() + "@example.org");
        award.put("evidence", "https://example.org/evidence?a=ü");
        award.put("expiresAt", "2099-10-25T01:30:00.123456789+01:00");

        Answer awarded = api.post("/api/assertions", award);

        // PostgreSQL and SQLite keep microseconds; the first answer must not promise more.
        assertThat(awarded.field("expiresAt")).isEqualTo("2099-10-25T00:30:00.123456Z");
        assertThat(awarded.field("evidence")).isEqualTo("https://example.org/evidence?a=ü");
        assertThat(api.get("/api/assertions/" + awarded.id()).text()).isEqualTo(awarded.text());
    }

    @Test
    void revokesWithAReasonAndOnlyOnce() {
        Answer awarded = api.award(newBadge(), unique() + "@example.org");

        Answer revoked = api.revoke(awarded.id(), "Copied\n\t🙂");

        assertThat(revoked.status()).isEqualTo(200);
        assertThat(revoked.json().path("revoked").asBoolean()).isTrue();
        assertThat(revoked.field("revocationReason")).isEqualTo("Copied\n\t🙂");
        assertThat(api.get("/api/assertions/" + awarded.id()).text()).isEqualTo(revoked.text());
        assertProblem(api.revoke(awarded.id(), "Again"), 409);
        assertThat(api.get("/api/assertions/" + awarded.id()).text()).isEqualTo(revoked.text());
    }

    @Test
    void awardsAgainAfterARevocation() {
        UUID badge = newBadge();
        String recipient = unique() + "@example.org";
        api.revoke(api.award(badge, recipient).id(), "Too early");

        assertThat(api.award(badge, recipient).status()).isEqualTo(201);
        assertProblem(api.award(badge, recipient), 409);
    }

    @Test
    void knowsARecipientInAnySpelling() {
        String name = "Iris.I." + unique();
        UUID badge = newBadge();
        Answer first = api.award(badge, name + "@Example.org");
        Answer second = api.award(newBadge(), name + "@example.org");

        assertProblem(api.award(badge, name.toUpperCase(Locale.ROOT) + "@EXAMPLE.ORG"), 409);
        Answer all = api.get("/api/recipients/{email}/assertions", name + "@EXAMPLE.org");

        assertThat(ids(all)).containsExactly(second.id(), first.id());
        assertThat(ids(api.get("/api/recipients/{email}/assertions", "nobody@example.org")))
                .isEmpty();
    }

    @Test
    void listsInPagesThatDoNotOverlap() {
        UUID issuer = api.issuer(unique()).id();
        String prefix = unique();
        for (int i = 0; i < 7; i++) {
            api.badge(issuer, prefix + i);
        }
        List<UUID> inOne = ids(api.get("/api/badges?size=100&sort=createdAt,desc"));

        List<UUID> inSeveral = new ArrayList<>();
        for (int page = 0; page * 3 < inOne.size(); page++) {
            inSeveral.addAll(ids(api.get("/api/badges?page={page}&size=3&sort=createdAt,desc", page)));
        }

        assertThat(inSeveral).containsExactlyElementsOf(inOne).doesNotHaveDuplicates();
    }

    @Test
    void sortsBytewiseOnEveryEngine() {
        UUID issuer = api.issuer(unique()).id();
        String prefix = "~" + unique();
        List<String> names = List.of("B", "a", "b", "ä");
        names.forEach(name -> api.badge(issuer, prefix + name));

        List<String> sorted = new ArrayList<>();
        api.get("/api/badges?size=100&sort=name,desc")
                .json()
                .path("content")
                .forEach(badge -> sorted.add(badge.path("name").asString()));

        assertThat(sorted.stream().filter(name -> name.startsWith(prefix)))
                .containsExactly(prefix + "ä", prefix + "b", prefix + "a", prefix + "B");
    }

    @ParameterizedTest
    @CsvSource({
        "page, /api/badges?page=-1",
        "page, /api/badges?page=two",
        "size, /api/issuers?size=0",
        "size, /api/assertions?size=101",
        "size, /api/recipients/ada@example.org/assertions?size=1000",
        "sort, /api/badges?sort=description",
        "sort, '/api/issuers?sort=name,asc&sort=version,desc'",
        "sort, /api/assertions?sort=name;DROP",
        "email, /api/recipients/ada/assertions"
    })
    void refusesListsItCannotGiveAndNamesTheParameter(String parameter, String path) {
        assertThat(invalidFields(api.get(path))).containsExactly(parameter);
    }

    @Test
    void refusesDuplicates() {
        String name = unique();
        UUID issuer = api.issuer(name).id();
        UUID badge = api.badge(issuer, name).id();
        String recipient = unique() + "@example.org";
        api.award(badge, recipient);

        assertProblem(api.issuer(name), 409);
        assertProblem(api.badge(issuer, name), 409);
        assertProblem(api.award(badge, recipient), 409);
    }

    @Test
    void refusesReferencesToNothing() {
        assertProblem(api.badge(UUID.randomUUID(), unique()), 409);
        assertProblem(api.award(UUID.randomUUID(), "ada@example.org"), 409);
    }

    @ParameterizedTest
    @ValueSource(strings = {"issuers", "badges", "assertions"})
    void tellsUnknownIdsFromMalformedOnes(String resource) {
        assertProblem(api.get("/api/" + resource + "/" + UUID.randomUUID()), 404);
        assertProblem(api.get("/api/" + resource + "/42"), 400);
    }

    @Test
    void doesNotRevokeWhatIsNotThere() {
        assertProblem(api.revoke(UUID.randomUUID(), "Copied"), 404);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            issuers    | name      | {"url": "https://example.org"}
            issuers    | url       | {"name": "A", "url": "javascript:alert(1)"}
            issuers    | email     | {"name": "A", "url": "https://example.org", "email": "nobody"}
            badges     | issuerId  | {"issuerId": "42", "name": "A", "description": "B", "criteria": "C"}
            assertions | recipient | {"badgeId": "00000000-0000-0000-0000-000000000000", "recipient": "ada"}
            assertions | recipient | {"badgeId": "00000000-0000-0000-0000-000000000000", "recipient": "\\ud800@a.org"}
            assertions | badgeId   | {"recipient": "ada@example.org"}
            assertions | expiresAt | {"badgeId": "00000000-0000-0000-0000-000000000000", "recipient": "a@b.org", \
            "expiresAt": "2001-01-01T00:00:00Z"}
            assertions | expiresAt | {"badgeId": "00000000-0000-0000-0000-000000000000", "recipient": "a@b.org", \
            "expiresAt": "+999999999-01-01T00:00:00Z"}
            assertions | expiresAt | {"badgeId": "00000000-0000-0000-0000-000000000000", "recipient": "a@b.org", \
            "expiresAt": "tomorrow"}
            issuers    | name      | {"name": "a\\u0000b", "url": "https://example.org"}
            """)
    void refusesInvalidBodiesAndNamesTheField(String resource, String field, String body) {
        assertThat(invalidFields(api.post("/api/" + resource, body))).containsExactly(field);
    }

    @Test
    void refusesBodiesThatAreNoJson() {
        assertProblem(api.post("/api/issuers", "{"), 400);
        assertProblem(api.post("/api/issuers", "[]"), 400);
    }

    @Test
    void awardsOnceHoweverManyTryAtOnce() throws Exception {
        UUID badge = newBadge();
        String recipient = unique() + "@example.org";

        List<Integer> statuses = AtOnce.call(() -> api.award(badge, recipient).status());

        assertThat(statuses.stream().filter(status -> status == 201)).hasSize(1);
        assertThat(statuses.stream().filter(status -> status == 409)).hasSize(AtOnce.CALLERS - 1);
        assertThat(ids(api.get("/api/recipients/{email}/assertions", recipient)))
                .hasSize(1);
    }

    @Test
    void revokesOnceHoweverManyTryAtOnce() throws Exception {
        UUID assertion = api.award(newBadge(), unique() + "@example.org").id();

        List<Integer> statuses =
                AtOnce.call(() -> api.revoke(assertion, unique()).status());

        assertThat(statuses.stream().filter(status -> status == 200)).hasSize(1);
        assertThat(statuses.stream().filter(status -> status == 409)).hasSize(AtOnce.CALLERS - 1);
    }

    @Test
    void isHealthyAndMeasured() {
        JsonNode health = api.get("/actuator/health").json();

        assertThat(health.path("status").asString()).isEqualTo("UP");
        assertThat(health.at("/components/dovetail/details/engine").asString()).isEqualTo(engine());
        api.get("/api/badges");
        for (String meter :
                List.of("dovetail.statements", "hikaricp.connections", "spring.data.repository.invocations")) {
            assertThat(api.get("/actuator/metrics/" + meter).status()).as(meter).isEqualTo(200);
        }
        assertThat(api.get("/actuator/dovetail").field("engine")).isEqualTo(engine());
    }

    @Test
    void servesThePage() {
        assertThat(api.get("/").text()).contains("<title>").doesNotContain("//cdn");
    }

    /** As the health contributor names it. */
    abstract String engine();

    private UUID newBadge() {
        return api.badge(api.issuer(unique()).id(), unique()).id();
    }

    private static String unique() {
        return UUID.randomUUID().toString();
    }

    private static List<UUID> ids(Answer list) {
        List<UUID> ids = new ArrayList<>();
        list.json()
                .path("content")
                .forEach(row -> ids.add(UUID.fromString(row.path("id").asString())));
        return ids;
    }

    private static List<String> invalidFields(Answer answer) {
        assertProblem(answer, 400);
        List<String> fields = new ArrayList<>();
        answer.json()
                .path("errors")
                .forEach(error -> fields.add(error.path("field").asString()));
        return fields;
    }

    private static void assertProblem(Answer answer, int status) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.type()).isEqualTo(MediaType.APPLICATION_PROBLEM_JSON);
        assertThat(answer.field("detail")).isNotBlank();
        assertThat(answer.text()).doesNotContainIgnoringCase("insert into", "select ", "update \"", "Exception", "sql");
    }
}
