package dev.dovetail.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.contract.TestApplication;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The process is killed (SIGKILL) while the file is rewritten or shortened: it opens, is sound, and has its rows. */
class KilledVacuumTests {

    private static final int LONGEST_MILLIS = 250;

    @TempDir
    Path directory;

    @Test
    void theFileIsSound() throws Exception {
        kill(3);
    }

    @Test
    @Tag("soak")
    void theFileIsSoundForLong() throws Exception {
        kill(10);
    }

    private void kill(int rounds) throws Exception {
        Path file = directory.resolve("test.db");
        Random random = new Random(7);
        for (int round = 0; round < rounds; round++) {
            try (Child child =
                    Child.start(Files.createTempDirectory(directory, "child"), VacuumProcess.class, file.toString())) {
                // The first one rewrites the file, the second one shortens it.
                for (int i = 0; i <= round % 2; i++) {
                    child.await("vacuum");
                }
                TimeUnit.MILLISECONDS.sleep(random.nextInt(LONGEST_MILLIS));
                child.kill();
                child.exitCode();
            }
            verify(file);
        }
    }

    private static void verify(Path file) {
        try (TestApplication application = TestApplication.with(Map.of("dovetail.sqlite.path", file.toString()))) {
            assertThat(application.template().queryForList("PRAGMA integrity_check", String.class))
                    .containsExactly("ok");
            assertThat(application.template().queryForList("PRAGMA foreign_key_check"))
                    .isEmpty();
            Long kept = application
                    .template()
                    .queryForObject("SELECT count(*) FROM item WHERE id <= ?", Long.class, VacuumProcess.ROWS / 2);
            assertThat(kept).isEqualTo(VacuumProcess.ROWS / 2);
            assertThat(application.database().optimize().success()).isTrue();
        }
    }
}
