package dev.dovetail.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dovetail.engine.EngineConnections;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/** What an application leaves behind when it ends. */
class ShutdownTests {

    @TempDir
    private Path directory;

    @Test
    void whenTheApplicationEndsThenTheLogIsInTheFileAndNoThreadIsLeft() {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        try (ConfigurableApplicationContext context = StartedApplication.with(Wiring.path(directory))) {
            JdbcTemplate jdbc = context.getBean(JdbcTemplate.class);
            jdbc.execute("CREATE TABLE item (id integer PRIMARY KEY)");
            jdbc.update("INSERT INTO item VALUES (1)");
            assertThat(directory.resolve("app.db-wal")).exists();
        }
        assertThat(directory).isDirectoryNotContaining("glob:**-wal").isDirectoryNotContaining("glob:**-shm");
        assertThat(namesOfNewThreads(before)).noneMatch(name -> name.startsWith("dovetail"));
    }

    @Test
    void whenTheDatabaseIsPrivateThenNothingOfItIsLeft() {
        Path file;
        try (ConfigurableApplicationContext context = StartedApplication.with("dovetail.sqlite.path=:memory:")) {
            String url = context.getBean(EngineConnections.class).url();
            file = Path.of(url.substring("jdbc:sqlite:".length()));
            assertThat(file).exists();
        }
        assertThat(Files.exists(Objects.requireNonNull(file.getParent()))).isFalse();
    }

    @Test
    void whenTheStartFailsThenNothingOfAPrivateDatabaseIsLeft() {
        String usual = System.setProperty("java.io.tmpdir", directory.toString());
        try {
            assertThatThrownBy(() -> StartedApplication.with(
                                    "dovetail.sqlite.path=:memory:",
                                    "spring.datasource.hikari.connection-timeout=no-number")
                            .close())
                    .hasStackTraceContaining("connection-timeout");
            assertThat(directory).isDirectoryNotContaining("glob:**/dovetail-*");
        } finally {
            System.setProperty("java.io.tmpdir", String.valueOf(usual));
        }
    }

    private static Set<String> namesOfNewThreads(Set<Thread> before) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !before.contains(thread) && thread.isAlive())
                .map(Thread::getName)
                .collect(Collectors.toSet());
    }
}
