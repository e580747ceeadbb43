package dev.dovetail.autoconfigure;

import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Keeps the log out of a command's results, and waits for no server, for somebody waits for the answer; unless the application's configuration
 * says otherwise.
 */
final class CommandEnvironmentPostProcessor implements EnvironmentPostProcessor, Ordered {

    private static final Map<String, Object> DEFAULTS =
            Map.of("logging.level.root", "warn", "dovetail.postgresql.startup-timeout", "0s");

    // After the configuration files.
    @Override
    public int getOrder() {
        return LOWEST_PRECEDENCE;
    }

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        if (environment.containsProperty(CommandRunListener.PROPERTY)) {
            environment.getPropertySources().addLast(new MapPropertySource("dovetail command", DEFAULTS));
        }
    }
}
