package dev.dovetail.monitoring.alert;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where alerts are sent by HTTP.
 *
 * @param url the address
 * @param secret with which what is sent is signed: a text, or {@code whsec_} and Base64; null for no signature
 * @param timeout how long one try may take
 * @param maxRetries how often it is tried again
 * @param retryDelay how long to wait before the first retry, doubled with each further one, up to a minute
 */
public record WebhookSettings(URI url, @Nullable String secret, Duration timeout, int maxRetries, Duration retryDelay) {

    private static final Set<String> SCHEMES = Set.of("http", "https");
    private static final String ENCODED = "whsec_";

    /** @throws IllegalArgumentException if a value cannot be used; names the property, and never the secret */
    public WebhookSettings {
        if (url.getScheme() == null || !SCHEMES.contains(url.getScheme()) || url.getHost() == null) {
            throw new IllegalArgumentException(
                    "dovetail.alerts.webhook.url must be an absolute address that begins with http:// or https://");
        }
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException(
                    "dovetail.alerts.webhook.timeout must be more than 0, but is " + timeout);
        }
        if (maxRetries < 0) {
            throw new IllegalArgumentException(
                    "dovetail.alerts.webhook.max-retries must be 0 or more, but is " + maxRetries);
        }
        if (retryDelay.isNegative()) {
            throw new IllegalArgumentException(
                    "dovetail.alerts.webhook.retry-delay must be 0 or more, but is " + retryDelay);
        }
        if (secret != null) {
            requireUsable(secret);
        }
    }

    private static void requireUsable(String secret) {
        try {
            if (key(secret).length == 0) {
                throw new IllegalArgumentException("empty");
            }
        } catch (IllegalArgumentException e) {
            // Without the cause, whose message may quote it.
            throw new IllegalArgumentException(
                    "dovetail.alerts.webhook.secret must be a text, or whsec_ followed by Base64");
        }
    }

    private static byte[] key(String secret) {
        return secret.startsWith(ENCODED)
                ? Base64.getDecoder().decode(secret.substring(ENCODED.length()))
                : secret.getBytes(StandardCharsets.UTF_8);
    }

    byte @Nullable [] key() {
        return secret == null ? null : key(secret);
    }

    // An address of this kind is itself often a secret: of it only the host is shown.
    @Override
    public String toString() {
        return "WebhookSettings[" + url.getScheme() + "://" + url.getHost() + ", "
                + (secret == null ? "unsigned" : "signed") + "]";
    }
}
