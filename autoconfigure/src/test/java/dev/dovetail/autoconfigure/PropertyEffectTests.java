package dev.dovetail.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.engine.DatabaseStartException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.context.ConfigurableApplicationContext;

/** Every property does something that can be seen; one without a row here fails, and so does a row without a property. */
class PropertyEffectTests {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @MethodSource("dev.dovetail.autoconfigure.PropertyRow#all")
    void aValueMakesADifference(PropertyRow row) {
        assertThat(seen(row, row.setting())).isEqualTo(row.expected());
        assertThat(seen(row, "nothing=here")).as("without it").isNotEqualTo(row.expected());
    }

    @Test
    void everyPropertyHasARowAndEveryRowAProperty() {
        assertThat(PropertyRow.all().map(PropertyRow::property))
                .containsExactlyInAnyOrderElementsOf(Metadata.properties().stream()
                        .map(Metadata.Property::name)
                        .toList());
    }

    private Object seen(PropertyRow row, String setting) {
        List<String> properties = new ArrayList<>(row.base());
        if (!setting.startsWith("dovetail.sqlite.path=")) {
            properties.add("dovetail.sqlite.path=" + directory.resolve(setting.replaceAll("\\W", "-") + ".db"));
        }
        properties.add("spring.flyway.enabled=false");
        properties.add("spring.ssl.bundle.jks.ours.protocol=TLSv1.3");
        properties.add(setting);
        try (ConfigurableApplicationContext context = StartedApplication.with(properties.toArray(String[]::new))) {
            return row.probe().apply(context);
        } catch (BeanCreationException e) {
            assertThat(e).hasStackTraceContaining(DatabaseStartException.class.getName());
            return PropertyRow.NO_START;
        }
    }
}
