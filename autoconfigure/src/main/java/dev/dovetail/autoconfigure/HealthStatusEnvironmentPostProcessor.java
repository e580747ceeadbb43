package dev.dovetail.autoconfigure;

import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Gives DEGRADED its place in the order of statuses: after UP, so that the status of the application as a whole, which load
 * balancers look at, is what it would be without it, and before UNKNOWN, so that it is shown where nothing else is known. An
 * application that orders the statuses itself decides itself.
 */
class HealthStatusEnvironmentPostProcessor implements EnvironmentPostProcessor, Ordered {

    static final String PROPERTY = "management.endpoint.health.status.order";
    static final String ORDER = "down,out-of-service,up,degraded,unknown";

    // After the configuration files, and whatever else says what it wants.
    @Override
    public int getOrder() {
        return LOWEST_PRECEDENCE;
    }

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        boolean chosen = Binder.get(environment)
                .bind(PROPERTY, Bindable.listOf(String.class))
                .isBound();
        if (!chosen) {
            environment
                    .getPropertySources()
                    .addLast(new MapPropertySource("dovetail health status order", Map.of(PROPERTY, ORDER)));
        }
    }
}
