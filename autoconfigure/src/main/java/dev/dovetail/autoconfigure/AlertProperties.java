package dev.dovetail.autoconfigure;

import dev.dovetail.monitoring.alert.AlertSettings;
import dev.dovetail.monitoring.alert.WebhookSettings;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Alerts.
 *
 * @param enabled Whether what health finds becomes alerts.
 * @param raiseAfter In how many of the last evaluations something must be found before it is an alert.
 * @param outOf How many evaluations are looked at, from 1 to 60.
 * @param resolveAfter After how many evaluations in a row that find nothing an alert is over, from 1 to 60.
 * @param cooldown How long after its end the same alert is not raised again.
 * @param history How many alerts that are over are remembered, at most 10000.
 */
@ConfigurationProperties("dovetail.alerts")
record AlertProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("3") int raiseAfter,
        @DefaultValue("5") int outOf,
        @DefaultValue("3") int resolveAfter,
        @DefaultValue("5m") Duration cooldown,
        @DefaultValue("100") int history,
        @DefaultValue Webhook webhook) {

    AlertSettings settings() {
        return new AlertSettings(raiseAfter, outOf, resolveAfter, cooldown, history);
    }

    /**
     * Alerts by HTTP.
     *
     * @param url Address to which alerts are sent. Without it nothing is sent.
     * @param secret With what they are signed: a text, or 'whsec_' and Base64.
     * @param timeout How long one try may take.
     * @param maxRetries How often at most it is tried again.
     * @param retryDelay How long to wait before the first retry, doubled with each further one.
     */
    record Webhook(
            @Nullable String url,
            @Nullable String secret,
            @DefaultValue("5s") Duration timeout,
            @DefaultValue("5") int maxRetries,
            @DefaultValue("1s") Duration retryDelay) {

        WebhookSettings settings() {
            return new WebhookSettings(address(), secret, timeout, maxRetries, retryDelay);
        }

        private URI address() {
            try {
                return URI.create(url == null ? "" : url.trim());
            } catch (IllegalArgumentException e) {
                // Without the cause, which quotes the address: it is often itself a secret.
                throw new IllegalArgumentException("dovetail.alerts.webhook.url is no address");
            }
        }

        @Override
        public String toString() {
            return url == null ? "Webhook[]" : "Webhook[...]";
        }
    }
}
