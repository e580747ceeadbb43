package dev.dovetail.autoconfigure;

import dev.dovetail.monitoring.alert.AlertSettings;
import dev.dovetail.monitoring.alert.AlertSink;
import dev.dovetail.monitoring.alert.AlertSinks;
import dev.dovetail.monitoring.alert.Alerts;
import dev.dovetail.monitoring.alert.WebhookSink;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
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
    AlertSinks alertSinks(
            ObjectProvider<AlertSink> sinks,
            AlertProperties properties,
            Environment environment,
            ObjectProvider<Clock> clock) {
        List<AlertSink> own = new ArrayList<>();
        if (StringUtils.hasText(properties.webhook().url())) {
            own.add(new WebhookSink(
                    ValidatedSettings.of(() -> properties.webhook().settings()),
                    environment.getProperty("spring.application.name", "app"),
                    clock.getIfUnique(Clock::systemUTC)));
        }
        return new AlertSinks(
                () -> Stream.concat(own.stream(), sinks.orderedStream()).toList());
    }

    @Bean
    AlertSink springEvents(ApplicationEventPublisher publisher) {
        return new SpringEvents(publisher);
    }
}
