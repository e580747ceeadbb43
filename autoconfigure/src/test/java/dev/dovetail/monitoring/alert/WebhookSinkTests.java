package dev.dovetail.monitoring.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.dovetail.engine.Severity;
import dev.dovetail.monitoring.alert.WebhookServer.Received;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Alerts by HTTP, to somebody who listens, hangs, refuses, fails, or is not there. */
@ExtendWith(OutputCaptureExtension.class)
class WebhookSinkTests {

    private static final Instant NOW = Instant.parse("2026-11-28T03:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final String SECRET = "S3cret-of-the-webhook";

    private static Alert alert(String subject) {
        return new Alert(
                "pool-use:" + subject,
                "pool-use",
                subject,
                Severity.MEDIUM,
                "Pool \"writer\" is full \\ und übervoll \uD83D\uDE00",
                "Empty it",
                "90 %",
                "80 %",
                3,
                NOW,
                NOW,
                NOW,
                null,
                null);
    }

    private static WebhookSink sink(URI url, @Nullable String secret, int retries) {
        return new WebhookSink(
                new WebhookSettings(url, secret, Duration.ofMillis(400), retries, Duration.ofMillis(1)), "shop", CLOCK);
    }

    private static Received next(WebhookServer server) throws InterruptedException {
        return Objects.requireNonNull(server.received.poll(10, TimeUnit.SECONDS));
    }

    @Test
    void whatIsSentIsJsonAndItsSignatureCanBeVerified() throws Exception {
        try (WebhookServer server = new WebhookServer()) {
            sink(server.url(), SECRET, 0).onAlert(new AlertRaised(alert("writer"), false));

            Received received = next(server);
            JsonNode json = JsonMapper.builder().build().readTree(received.body());
            assertThat(json.path("type").asString("")).isEqualTo("alert.raised");
            assertThat(json.path("source").asString("")).isEqualTo("shop");
            assertThat(json.path("severity").asString("")).isEqualTo("medium");
            assertThat(json.path("count").asInt(0)).isEqualTo(3);
            assertThat(json.path("text").asString("")).isEqualTo(alert("writer").text());
            assertThat(json.path("raisedAt").asString("")).isEqualTo("2026-11-28T03:00:00Z");
            assertThat(received.headers()).containsEntry("webhook-timestamp", String.valueOf(NOW.getEpochSecond()));
            assertThat(received.headers().get("webhook-signature"))
                    .isEqualTo(signature(SECRET.getBytes(StandardCharsets.UTF_8), received));
        }
    }

    /** As docs/health.md tells receivers to do it. */
    private static String signature(byte[] key, Received received) throws Exception {
        String signed = received.headers().get("webhook-id") + "."
                + received.headers().get("webhook-timestamp") + "." + received.body();
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void signaturesAreThoseOfStandardWebhooks() {
        // The example of their specification.
        WebhookSettings settings = new WebhookSettings(
                URI.create("https://example.org/"),
                "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                Duration.ofSeconds(1),
                0,
                Duration.ZERO);
        assertThat(new WebhookSignature(settings.key())
                        .of("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, "{\"test\": 2432232314}"))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void withoutASecretThereIsNoSignature() throws Exception {
        try (WebhookServer server = new WebhookServer()) {
            Alert over = alert("writer").resolved(NOW, Alert.Resolution.BY_HAND);
            sink(server.url(), null, 0).onAlert(new AlertResolved(over));

            Received received = next(server);
            assertThat(received.headers()).doesNotContainKey("webhook-signature");
            assertThat(received.body()).contains("\"type\":\"alert.resolved\"", "\"resolution\":\"by_hand\"");
        }
    }

    @Test
    void whenItFailsForAWhileThenItIsToldInTheEndUnderTheSameId(CapturedOutput output) throws Exception {
        try (WebhookServer server = new WebhookServer(500, 503, 429, WebhookServer.NEVER, WebhookServer.ENDLESS)) {
            sink(server.url(), SECRET, 5).onAlert(new AlertRaised(alert("writer"), false));

            assertThat(server.received).hasSize(6);
            assertThat(server.received)
                    .extracting(each -> each.headers().get("webhook-id"))
                    .containsOnly(next(server).headers().get("webhook-id"));
            assertThat(output).doesNotContain("was not told of alert pool-use:writer:");
        }
    }

    @Test
    void whenItFailsForeverThenThatIsLoggedOnceWithoutSecrets(CapturedOutput output) throws Exception {
        try (WebhookServer server = new WebhookServer(500, 500, 500)) {
            sink(server.url(), SECRET, 2).onAlert(new AlertRaised(alert("writer"), false));

            assertThat(server.received).hasSize(3);
            assertThat(output)
                    .contains("was not told of alert pool-use:writer: it answered 500")
                    .doesNotContain(SECRET)
                    .doesNotContain("s3cret-in-the-path");
        }
    }

    @Test
    void whatIsRefusedIsNotTriedAgainAndNotFollowedElsewhere(CapturedOutput output) throws Exception {
        try (WebhookServer server = new WebhookServer(400, 302)) {
            WebhookSink sink = sink(server.url(), SECRET, 5);
            sink.onAlert(new AlertRaised(alert("writer"), false));
            sink.onAlert(new AlertRaised(alert("writer"), false));

            assertThat(server.received).hasSize(2);
            assertThat(output).contains("it answered 400", "it answered 302");
        }
    }

    @Test
    void whenNobodyListensThenThatIsLoggedWithoutTheAddress(CapturedOutput output) throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        URI nowhere = URI.create("http://127.0.0.1:" + port + "/s3cret-in-the-path");
        sink(nowhere, SECRET, 1).onAlert(new AlertRaised(alert("writer"), false));

        assertThat(output).contains("no connection (ConnectException)").doesNotContain("s3cret-in-the-path");
    }

    @Test
    void whoeverHangsHoldsUpNeitherTheAlertsNorTheOthers(CapturedOutput output) throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger told = new AtomicInteger();
        AlertSink hanging = event -> release.await();
        AlertSink throwing = event -> {
            throw new IllegalStateException("no");
        };
        AlertSink counting = event -> told.incrementAndGet();
        try (AlertSinks sinks = new AlertSinks(() -> List.of(hanging, throwing, counting))) {
            long started = System.nanoTime();
            for (int i = 0; i < 90; i++) {
                sinks.accept(new AlertRaised(alert("pool-" + i), false));
            }
            assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(2));
            Awaitility.await().untilAsserted(() -> assertThat(told).hasValue(90));
            for (int i = 90; i < 150; i++) {
                sinks.accept(new AlertRaised(alert("pool-" + i), false));
            }
            assertThat(output).contains("is not told of alert pool-use:pool-149");
            release.countDown();
        }
        assertThat(told).hasValue(150);
    }

    @Test
    void whatCannotBeMeantIsRefusedWithoutQuotingIt() {
        for (String url : List.of("ftp://example.org/", "/hooks", "mailto:x@example.org")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> sink(URI.create(url), null, 0))
                    .withMessageContaining("dovetail.alerts.webhook.url");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> sink(URI.create("https://example.org/"), "whsec_no base64!", 0))
                .withMessageContaining("dovetail.alerts.webhook.secret")
                .withMessageNotContaining("no base64")
                .withNoCause();
        assertThat(new WebhookSettings(
                        URI.create("https://user:pw@example.org/path?token=x"),
                        SECRET,
                        Duration.ofSeconds(1),
                        0,
                        Duration.ZERO))
                .hasToString("WebhookSettings[https://example.org, signed]");
    }
}
