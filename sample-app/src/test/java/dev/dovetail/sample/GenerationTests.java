package dev.dovetail.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.sample.domain.Assertion;
import dev.dovetail.sample.repository.AssertionRepository;
import dev.dovetail.sample.repository.BadgeRepository;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.data.domain.Sort;

@ExtendWith(OutputCaptureExtension.class)
class GenerationTests {

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource
    void fillsWhatIsMissingAndNothingElse(Engine engine, CapturedOutput output) {
        String[] database = engine.freshDatabase(directory);

        assertThat(generated(database, 1_500)).hasSize(1_500);
        List<Assertion> more = generated(database, 2_700);
        assertThat(more).hasSize(2_700);
        assertThat(output).contains("Generated 1200 assertions in ").contains("; 1500 were there already");
        assertThat(generated(database, 2_700)).isEqualTo(more);
        assertThat(output).contains("; 2700 were there already");
    }

    @Test
    void isTheSameOnBothEngines() {
        assertThat(generated(Engine.POSTGRESQL.freshDatabase(directory), 1_000))
                .isEqualTo(generated(Engine.SQLITE.freshDatabase(directory), 1_000))
                .anyMatch(Assertion::isRevoked)
                .anyMatch(assertion -> assertion.expiresAt() != null);
    }

    @Test
    void generatesNothingUnasked() {
        try (ConfigurableApplicationContext context = Engine.start(Engine.SQLITE.freshDatabase(directory))) {
            assertThat(context.getBean(BadgeRepository.class).count()).isZero();
        }
    }

    private static List<Assertion> generated(String[] database, int count) {
        try (ConfigurableApplicationContext context =
                Engine.start(database, "--badges.generate=" + count, "--spring.main.web-application-type=none")) {
            List<Assertion> all = new ArrayList<>();
            context.getBean(AssertionRepository.class)
                    .findAll(Sort.by("issuedAt", "id"))
                    .forEach(all::add);
            return all;
        }
    }
}
