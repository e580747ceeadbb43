package dev.dovetail.benchmarks.peer;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;

/**
 * Gives each application the auto-configuration of its own libraries only, as if the others were not on the class path.
 *
 * <p>{@value #LIBRARIES} names those it has, separated by commas: {@code dovetail}, {@code data-jdbc}, {@code jpa},
 * {@code actuator}, or {@code all}.
 */
public final class LibraryFilter implements AutoConfigurationImportFilter, EnvironmentAware {

    static final String LIBRARIES = "benchmarks.libraries";

    private static final Map<String, List<String>> PACKAGES = Map.of(
            "dovetail", List.of("dev.dovetail."),
            "data-jdbc", List.of("org.springframework.boot.data.jdbc."),
            "jpa", List.of("org.springframework.boot.data.jpa.", "org.springframework.boot.hibernate."),
            "actuator",
                    List.of(
                            "org.springframework.boot.actuate.",
                            "org.springframework.boot.health.",
                            "org.springframework.boot.micrometer.",
                            "dev.dovetail.autoconfigure.DovetailActuator"));

    private List<String> libraries = List.of("all");

    @Override
    public void setEnvironment(Environment environment) {
        libraries = Arrays.asList(environment.getProperty(LIBRARIES, "all").split(","));
    }

    @Override
    public boolean[] match(@Nullable String[] classes, AutoConfigurationMetadata metadata) {
        boolean[] matches = new boolean[classes.length];
        for (int i = 0; i < classes.length; i++) {
            matches[i] = classes[i] != null && has(classes[i]);
        }
        return matches;
    }

    private boolean has(String autoConfiguration) {
        return libraries.contains("all")
                || PACKAGES.entrySet().stream()
                        .filter(library -> library.getValue().stream().anyMatch(autoConfiguration::startsWith))
                        .allMatch(library -> libraries.contains(library.getKey()));
    }
}
