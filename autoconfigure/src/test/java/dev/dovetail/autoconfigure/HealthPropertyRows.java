package dev.dovetail.autoconfigure;

import dev.dovetail.monitoring.alert.AlertSettings;
import dev.dovetail.monitoring.alert.Alerts;
import dev.dovetail.monitoring.alert.WebhookSettings;
import dev.dovetail.monitoring.health.HealthSettings;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.springframework.context.ApplicationContext;

/** The rows of {@code dovetail.monitoring.*} that are about health, and of {@code dovetail.alerts.*}. */
final class HealthPropertyRows {

    private static final String URL = "dovetail.alerts.webhook.url=http://127.0.0.1:1/";

    private HealthPropertyRows() {}

    static Stream<PropertyRow> all() {
        return Stream.of(
                monitoring("health-interval=7s", HealthSettings::interval, Duration.ofSeconds(7)),
                monitoring("rule-timeout=7s", HealthSettings::ruleTimeout, Duration.ofSeconds(7)),
                monitoring("minimum-sample=7", HealthSettings::minimumSample, 7L),
                monitoring(
                        "rules.pool-use.threshold=0.5",
                        settings -> settings.rules().size(),
                        1),
                new PropertyRow(
                        "dovetail.alerts.enabled=false",
                        List.of(),
                        context -> context.getBeansOfType(Alerts.class).size(),
                        0),
                alerts("raise-after=2", AlertSettings::raiseAfter, 2),
                alerts("out-of=7", AlertSettings::outOf, 7),
                alerts("resolve-after=2", AlertSettings::resolveAfter, 2),
                alerts("cooldown=7m", AlertSettings::cooldown, Duration.ofMinutes(7)),
                alerts("history=7", AlertSettings::history, 7),
                new PropertyRow(
                        URL,
                        List.of(),
                        context -> context.getBeansOfType(WebhookSettings.class).size(),
                        1),
                webhook("secret=s3cret", settings -> settings.secret() != null, true),
                webhook("timeout=7s", WebhookSettings::timeout, Duration.ofSeconds(7)),
                webhook("max-retries=7", WebhookSettings::maxRetries, 7),
                webhook("retry-delay=7s", WebhookSettings::retryDelay, Duration.ofSeconds(7)));
    }

    private static PropertyRow monitoring(String setting, Function<HealthSettings, Object> part, Object expected) {
        return row("dovetail.monitoring." + setting, List.of(), HealthSettings.class, part, expected);
    }

    private static PropertyRow alerts(String setting, Function<AlertSettings, Object> part, Object expected) {
        return row("dovetail.alerts." + setting, List.of(), AlertSettings.class, part, expected);
    }

    private static PropertyRow webhook(String setting, Function<WebhookSettings, Object> part, Object expected) {
        return row("dovetail.alerts.webhook." + setting, List.of(URL), WebhookSettings.class, part, expected);
    }

    private static <T> PropertyRow row(
            String setting, List<String> base, Class<T> bean, Function<T, Object> part, Object expected) {
        Function<ApplicationContext, Object> probe = context -> part.apply(context.getBean(bean));
        return new PropertyRow(setting, base, probe, expected);
    }
}
