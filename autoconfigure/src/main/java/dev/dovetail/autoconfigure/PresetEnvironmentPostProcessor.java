package dev.dovetail.autoconfigure;

import dev.dovetail.engine.DatabaseStartException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.util.StringUtils;

/**
 * Defaults for an environment, by {@code dovetail.preset} or by the active profile. They come last: whatever the
 * application sets anywhere wins.
 */
class PresetEnvironmentPostProcessor implements EnvironmentPostProcessor, Ordered {

    static final Map<String, Map<String, Object>> PRESETS = Map.of(
            "development",
                    Map.of(
                            "spring.datasource.hikari.leak-detection-threshold",
                            "60000",
                            "dovetail.cache.advice",
                            "true"),
            "production", Map.of(),
            "test", Map.of("dovetail.sqlite.path", ":memory:"));

    private static final Map<String, String> PROFILES = Map.of(
            "development",
            "development",
            "dev",
            "development",
            "production",
            "production",
            "prod",
            "production",
            "test",
            "test");

    // After the configuration files, which say which profiles are active.
    @Override
    public int getOrder() {
        return LOWEST_PRECEDENCE;
    }

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        String preset = environment.getProperty("dovetail.preset");
        String name = StringUtils.hasText(preset) ? preset.trim().toLowerCase(Locale.ROOT) : fromProfiles(environment);
        if (name == null) {
            return;
        }
        Map<String, Object> defaults = PRESETS.get(name);
        if (defaults == null) {
            throw new DatabaseStartException(
                    "dovetail.preset is '" + preset + "', which is not a preset",
                    "Use development, production or test, or remove it.",
                    null);
        }
        environment.getPropertySources().addLast(new MapPropertySource("dovetail preset " + name, defaults));
    }

    private static @Nullable String fromProfiles(ConfigurableEnvironment environment) {
        return Arrays.stream(environment.getActiveProfiles())
                .map(PROFILES::get)
                .filter(preset -> preset != null)
                .findFirst()
                .orElse(null);
    }
}
