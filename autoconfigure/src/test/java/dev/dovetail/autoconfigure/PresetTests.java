package dev.dovetail.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.datasource.RoutingDataSource;
import dev.dovetail.engine.EngineConnections;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;

/** Defaults for an environment, which come last. */
class PresetTests {

    private static final String LEAKS = "spring.datasource.hikari.leak-detection-threshold";

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--dovetail.preset=test",
                "--dovetail.preset=Test",
                "--spring.profiles.active=test",
                "--spring.profiles.active=other,test"
            })
    void whenItIsATestThenTheDatabaseIsPrivate(String argument) {
        try (ConfigurableApplicationContext context = start(argument)) {
            assertThat(context.getBean(EngineConnections.class).url()).endsWith("memory.db");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"dovetail.preset=development", "spring.profiles.active=dev", "spring.profiles.active=development"
            })
    void whenItIsDevelopmentThenLeaksAreReported(String setting) {
        try (ConfigurableApplicationContext context = start("--" + setting, path())) {
            assertThat(leakDetection(context)).isEqualTo(60_000);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dovetail.preset=production", "spring.profiles.active=prod", "nothing=said"})
    void whenItIsProductionOrNothingThenThereAreTheDefaults(String setting) {
        try (ConfigurableApplicationContext context = start("--" + setting, path())) {
            assertThat(leakDetection(context)).isZero();
        }
    }

    @Test
    void whenAConfigurationFileActivatesTheProfileThenItCounts() throws IOException {
        configure("spring.profiles.active: test");
        assertPrivate();
    }

    @Test
    void whenAGroupActivatesTheProfileThenItCounts() throws IOException {
        configure("""
                spring.profiles:
                  active: local
                  group:
                    local: [base, test]
                """);
        assertPrivate();
    }

    @Test
    void whenAProfilesFileSetsThePresetThenItCounts() throws IOException {
        configure("spring.profiles.active: local");
        Files.writeString(directory.resolve("application-local.yml"), "dovetail.preset: test");
        assertPrivate();
    }

    @Test
    void whenThePresetIsSetThenTheProfileDoesNotCount() {
        try (ConfigurableApplicationContext context =
                start("--dovetail.preset=development", "--spring.profiles.active=test", path())) {
            assertThat(leakDetection(context)).isEqualTo(60_000);
        }
    }

    @Test
    void whenTheApplicationSetsAValueThenItWins() throws IOException {
        configure("dovetail.sqlite.path: " + directory.resolve("mine.db"));
        try (ConfigurableApplicationContext context = start("--dovetail.preset=test")) {
            assertThat(context.getBean(EngineConnections.class).url()).endsWith("mine.db");
        }
        try (ConfigurableApplicationContext context =
                start("--dovetail.preset=development", "--" + LEAKS + "=3000", path())) {
            assertThat(leakDetection(context)).isEqualTo(3000);
        }
    }

    @Test
    void theDocumentationListsWhatTheySet() {
        List<String> rows = new ArrayList<>();
        PresetEnvironmentPostProcessor.PRESETS.forEach((preset, defaults) ->
                defaults.forEach((name, value) -> rows.add("| `%s` | `%s` | `%s` |".formatted(preset, name, value))));
        List<String> documented = PresetEnvironmentPostProcessor.PRESETS.keySet().stream()
                .flatMap(preset -> Metadata.documented("configuration.md", preset + "` | `").stream())
                .toList();
        assertThat(documented).containsExactlyInAnyOrderElementsOf(rows);
    }

    private void assertPrivate() {
        try (ConfigurableApplicationContext context = start()) {
            assertThat(context.getBean(EngineConnections.class).url()).endsWith("memory.db");
        }
    }

    private static long leakDetection(ConfigurableApplicationContext context) {
        return context.getBean(RoutingDataSource.class).hikariPools().get(0).getLeakDetectionThreshold();
    }

    private String path() {
        return "--dovetail.sqlite.path=" + directory.resolve("app.db");
    }

    private void configure(String yaml) throws IOException {
        Files.writeString(directory.resolve("application.yml"), yaml);
    }

    private ConfigurableApplicationContext start(String... arguments) {
        List<String> settings = new ArrayList<>();
        settings.add("spring.config.location=" + directory.toUri());
        for (String argument : arguments) {
            settings.add(argument.substring("--".length()));
        }
        return StartedApplication.with(settings.toArray(String[]::new));
    }
}
