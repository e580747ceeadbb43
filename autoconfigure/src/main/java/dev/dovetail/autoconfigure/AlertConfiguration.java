package dev.dovetail.autoconfigure;

import dev.dovetail.monitoring.alert.AlertSettings;
import dev.dovetail.monitoring.alert.AlertSink;
import dev.dovetail.monitoring.alert.AlertSinks;
import dev.dovetail.monitoring.alert.Alerts;
import dev.dovetail.monitoring.alert.WebhookSettings;
import dev.dovetail.monitoring.alert.WebhookSink;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.StringUtils;

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

    /** By HTTP, where an address is given; an empty one is none. */
    @Configuration(proxyBeanMethods = false)
    @Conditional(OnAddress.class)
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

    static final class OnAddress implements Condition {

        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return StringUtils.hasText(context.getEnvironment().getProperty("dovetail.alerts.webhook.url"));
        }
    }
}
