package dev.dovetail.sample;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A caller of the registry over HTTP, to whom no status is an error. Safe for use by several threads. */
final class Api {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final RestClient client;

    Api(int port) {
        client = RestClient.builder()
                .baseUrl("http://localhost:" + port)
                .defaultStatusHandler(status -> true, (request, response) -> {})
                .build();
    }

    /** What came back. */
    record Answer(
            int status,
            @Nullable URI location,
            @Nullable MediaType type,
            @Nullable String etag,
            String text) {

        JsonNode json() {
            return JSON.readTree(text);
        }

        String field(String name) {
            return json().path(name).asString();
        }

        UUID id() {
            return UUID.fromString(field("id"));
        }
    }

    Answer get(String path, Object... variables) {
        return answer(client.get().uri(path, variables).retrieve().toEntity(String.class));
    }

    Answer post(String path, Object body) {
        return answer(client.method(HttpMethod.POST)
                .uri(path)
                .contentType(MediaType.APPLICATION_JSON)
                .body(body)
                .retrieve()
                .toEntity(String.class));
    }

    /** Changes a badge that has this entity tag. */
    Answer redefine(UUID badge, @Nullable String etag, String name) {
        return answer(client.put()
                .uri("/api/badges/{badge}", badge)
                .headers(headers -> headers.setIfMatch(etag == null ? List.of() : List.of(etag)))
                .contentType(MediaType.APPLICATION_JSON)
                .body(Map.of("name", name, "description", "Changed.", "criteria", "Pass another one."))
                .retrieve()
                .toEntity(String.class));
    }

    Answer issuer(String name) {
        return post("/api/issuers", Map.of("name", name, "url", "https://" + name + ".example.org"));
    }

    Answer badge(UUID issuer, String name) {
        return post(
                "/api/badges",
                Map.of("issuerId", issuer, "name", name, "description", "For tests.", "criteria", "Pass one."));
    }

    Answer award(UUID badge, String recipient) {
        return post("/api/assertions", Map.of("badgeId", badge, "recipient", recipient));
    }

    Answer revoke(UUID assertion, String reason) {
        return post("/api/assertions/" + assertion + "/revoke", Map.of("reason", reason));
    }

    private static Answer answer(ResponseEntity<String> response) {
        String body = response.getBody();
        return new Answer(
                response.getStatusCode().value(),
                response.getHeaders().getLocation(),
                response.getHeaders().getContentType(),
                response.getHeaders().getETag(),
                body == null ? "" : body);
    }
}
