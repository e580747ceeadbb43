package dev.dovetail.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.engine.DatabaseStartException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.context.ConfigurableApplicationContext;

/** Every property does something that can be seen; one without a row here fails, and so does a row without a property. */
class PropertyEffectTests {

    // What is seen without a setting is seen in one application by all who start from the same properties.
    private static final Map<List<String>, Optional<ConfigurableApplicationContext>> WITHOUT = new HashMap<>();

    @TempDir
    private static Path directory;

    @AfterAll
    static void close() {
        WITHOUT.values().forEach(context -> context.ifPresent(ConfigurableApplicationContext::close));
        WITHOUT.clear();
    }

    @ParameterizedTest
    @MethodSource("dev.dovetail.autoconfigure.PropertyRow#all")
    void aValueMakesADifference(PropertyRow row) {
        assertThat(with(row)).isEqualTo(row.expected());
        assertThat(without(row)).as("without it").isNotEqualTo(row.expected());
    }

    @Test
    void everyPropertyHasARowAndEveryRowAProperty() {
        assertThat(PropertyRow.all().map(PropertyRow::property))
                .containsExactlyInAnyOrderElementsOf(Metadata.properties().stream()
                        .map(Metadata.Property::name)
                        .toList());
    }

    private static Object with(PropertyRow row) {
        Optional<ConfigurableApplicationContext> started = start(row.base(), row.setting());
        try {
            return seen(row, started);
        } finally {
            started.ifPresent(ConfigurableApplicationContext::close);
        }
    }

    private static Object without(PropertyRow row) {
        return seen(row, WITHOUT.computeIfAbsent(row.base(), base -> start(base, "nothing=here")));
    }

    private static Object seen(PropertyRow row, Optional<ConfigurableApplicationContext> started) {
        return started.isPresent() ? row.probe().apply(started.get()) : PropertyRow.NO_START;
    }

    private static Optional<ConfigurableApplicationContext> start(List<String> base, String setting) {
        List<String> properties = new ArrayList<>(base);
        if (!setting.startsWith("dovetail.sqlite.path=")) {
            properties.add("dovetail.sqlite.path=" + directory.resolve(UUID.randomUUID() + ".db"));
        }
        properties.add("spring.flyway.enabled=false");
        properties.add("spring.ssl.bundle.jks.ours.protocol=TLSv1.3");
        properties.add(setting);
        try {
            return Optional.of(StartedApplication.with(properties.toArray(String[]::new)));
        } catch (BeanCreationException e) {
            assertThat(e).hasStackTraceContaining(DatabaseStartException.class.getName());
            return Optional.empty();
        }
    }
}
