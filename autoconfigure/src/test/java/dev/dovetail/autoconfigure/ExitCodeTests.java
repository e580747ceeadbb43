package dev.dovetail.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.migration.Jvm;
import org.junit.jupiter.api.Test;

/** What the shell, or whatever supervises the application, sees of a start that failed. */
class ExitCodeTests {

    @Test
    void whenItCannotStartThenTheProcessEndsWithOne() throws Exception {
        try (Jvm jvm = Jvm.start(StartedApplication.class, "--dovetail.type=oracle", "--spring.main.banner-mode=off")) {
            assertThat(jvm.await("APPLICATION FAILED TO START").exitCode()).isEqualTo(1);
        }
    }
}
