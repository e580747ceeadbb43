package dev.dovetail.autoconfigure;

import dev.dovetail.monitoring.alert.AlertSettings;
import dev.dovetail.monitoring.alert.AlertSink;
import dev.dovetail.monitoring.alert.AlertSinks;
import dev.dovetail.monitoring.alert.Alerts;
import dev.dovetail.monitoring.alert.WebhookSettings;
import dev.dovetail.monitoring.alert.WebhookSink;
import java.net.http.HttpClient;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Alerts, and who is told of them. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBean(name = Engines.CHOSEN)
@ConditionalOnBooleanProperty(name = "dovetail.monitoring.enabled", matchIfMissing = true)
@ConditionalOnBooleanProperty(name = "dovetail.alerts.enabled", matchIfMissing = true)
@EnableConfigurationProperties(AlertProperties.class)
class AlertConfiguration {

    @Bean
    @ConditionalOnMissingBean
    AlertSettings alertSettings(AlertProperties properties) {
        return ValidatedSettings.of(properties::settings);
    }

    @Bean
    @ConditionalOnMissingBean
    Alerts alerts(AlertSettings settings, AlertSinks sinks, ObjectProvider<Clock> clock) {
        return new Alerts(settings, clock.getIfUnique(Clock::systemUTC), sinks);
    }

    @Bean
    @ConditionalOnMissingBean
    AlertSinks alertSinks(ObjectProvider<AlertSink> sinks) {
        return new AlertSinks(() -> sinks.orderedStream().toList());
    }

    @Bean
    AlertSink springEvents(ApplicationEventPublisher publisher) {
        return new SpringEvents(publisher);
    }

    /** By HTTP. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(HttpClient.class)
    @ConditionalOnProperty("dovetail.alerts.webhook.url")
    static class Webhook {

        @Bean
        @ConditionalOnMissingBean
        WebhookSettings webhookSettings(AlertProperties properties) {
            return ValidatedSettings.of(() -> properties.webhook().settings());
        }

        @Bean
        @ConditionalOnMissingBean
        WebhookSink webhookSink(WebhookSettings settings, Environment environment, ObjectProvider<Clock> clock) {
            return new WebhookSink(
                    settings,
                    environment.getProperty("spring.application.name", "app"),
                    clock.getIfUnique(Clock::systemUTC));
        }
    }
}
