package dev.dovetail.monitoring.alert;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends alerts as JSON by HTTP POST, signed as Standard Webhooks has it: headers {@code webhook-id}, {@code webhook-timestamp}
 * and {@code webhook-signature}. Tries again when nobody answers, or with 408, 429 or 5xx; the id stays the same.
 */
public final class WebhookSink implements AlertSink {

    private static final Logger log = LoggerFactory.getLogger(WebhookSink.class);

    private static final Duration LONGEST_DELAY = Duration.ofMinutes(1);
    private static final int REQUEST_TIMEOUT = 408;
    private static final int TOO_MANY_REQUESTS = 429;

    private final WebhookSettings settings;
    private final String source;
    private final Clock clock;
    private final WebhookSignature signature;
    private final HttpClient client;

    /**
     * @param problem why it was not delivered, without the address
     * @param again whether it is worth another try
     */
    private record Attempt(boolean delivered, String problem, boolean again) {

        static Attempt of(int status) {
            boolean again = status == REQUEST_TIMEOUT || status == TOO_MANY_REQUESTS || status >= 500;
            return new Attempt(status >= 200 && status < 300, "it answered " + status, again);
        }

        static Attempt failed(String problem) {
            return new Attempt(false, problem, true);
        }
    }

    /** @param source which application it is that sends */
    public WebhookSink(WebhookSettings settings, String source, Clock clock) {
        this.settings = settings;
        this.source = source;
        this.clock = clock;
        this.signature = new WebhookSignature(settings.key());
        // An address that sends us elsewhere was not meant to get what we send.
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(settings.timeout())
                .build();
    }

    @Override
    public void onAlert(AlertEvent event) throws InterruptedException {
        String id = "msg_" + UUID.randomUUID();
        String body = AlertJson.of(event, source);
        Duration delay = settings.retryDelay();
        for (int left = settings.maxRetries(); ; left--) {
            Attempt attempt = attempt(id, body);
            if (attempt.delivered) {
                return;
            }
            if (left <= 0 || !attempt.again) {
                log.warn("{} was not told of alert {}: {}", this, event.alert().id(), attempt.problem);
                return;
            }
            log.debug("{} was not told of alert {} yet: {}", this, event.alert().id(), attempt.problem);
            pause(delay);
            delay = shorter(delay.multipliedBy(2), LONGEST_DELAY);
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    // Nobody counts it down: a wait that an interrupt ends.
    private static void pause(Duration delay) throws InterruptedException {
        boolean woken = new CountDownLatch(1).await(delay.toMillis(), TimeUnit.MILLISECONDS);
        log.trace("woken: {}", woken);
    }

    // The client's own timeout ends with the headers: a server that never ends its answer would hold us for ever.
    private Attempt attempt(String id, String body) throws InterruptedException {
        CompletableFuture<HttpResponse<Void>> answer =
                client.sendAsync(request(id, body), HttpResponse.BodyHandlers.discarding());
        try {
            return Attempt.of(answer.get(settings.timeout().toMillis(), TimeUnit.MILLISECONDS)
                    .statusCode());
        } catch (TimeoutException e) {
            return Attempt.failed("it did not answer for " + settings.timeout().toMillis() + " ms");
        } catch (ExecutionException e) {
            return Attempt.failed(problem(Objects.requireNonNullElse(e.getCause(), e)));
        } finally {
            answer.cancel(true);
        }
    }

    // Messages of the client quote the address, which is often itself a secret.
    private static String problem(Throwable cause) {
        String kind = cause.getClass().getSimpleName();
        return cause instanceof IOException ? "no connection (" + kind + ")" : kind;
    }

    private HttpRequest request(String id, String body) {
        long timestamp = clock.instant().getEpochSecond();
        HttpRequest.Builder request = HttpRequest.newBuilder(settings.url())
                .timeout(settings.timeout())
                .header("Content-Type", "application/json")
                .header("User-Agent", "Dovetail")
                .header("webhook-id", id)
                .header("webhook-timestamp", Long.toString(timestamp))
                .POST(HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8));
        String signed = signature.of(id, timestamp, body);
        return (signed == null ? request : request.header("webhook-signature", signed)).build();
    }

    @Override
    public String toString() {
        return settings.toString();
    }
}
