package dev.dovetail.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.dovetail.contract.TestApplication;
import dev.dovetail.engine.DatabaseStartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that cannot be used: the application does not start, and says which file it is and what to do. */
class UnusableFileTests {

    @TempDir
    Path directory;

    @Test
    void somethingElseThanADatabase() throws IOException {
        Path file = directory.resolve("app.db");
        byte[] noise = new byte[20_000];
        new Random(1).nextBytes(noise);
        Files.write(file, noise);

        assertRefused(file, "is damaged or is not an SQLite database", "Restore it from a backup");
        assertThat(Files.readAllBytes(file)).as("left as it was").isEqualTo(noise);
    }

    @Test
    void aDirectory() throws IOException {
        Path file = Files.createDirectory(directory.resolve("app.db"));

        assertRefused(file, "is a directory", "Set dovetail.sqlite.path to a file");
    }

    /** As root one may write everywhere but on a disk that is mounted read-only; without root, where one may not. */
    @Test
    void aReadOnlyDisk() throws IOException {
        Path disk = Files.createDirectory(directory.resolve("disk"));
        Path file = disk.resolve("app.db");
        String refusal = Commands.refusal("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", disk.toString());
        try {
            start(file).close();
            protect(disk, refusal == null);

            assertRefused(file, "cannot be opened|is read-only", "belong to the user|write access");
            assertRefused(disk.resolve("new.db"), "cannot be created", "writable");
        } finally {
            unprotect(disk, refusal == null);
        }
    }

    private static void protect(Path disk, boolean mounted) {
        if (mounted) {
            Commands.run("mount", "-o", "remount,ro", disk.toString());
        } else {
            Commands.run("chmod", "-R", "a-w", disk.toString());
        }
    }

    private static void unprotect(Path disk, boolean mounted) {
        if (mounted) {
            Commands.run("umount", disk.toString());
        } else {
            Commands.run("chmod", "-R", "u+w", disk.toString());
        }
    }

    private static TestApplication start(Path file) {
        return TestApplication.with(Map.of("dovetail.sqlite.path", file.toString()), "logging.level.root=off");
    }

    private static void assertRefused(Path file, String problem, String action) {
        Throwable failure = catchThrowable(() -> start(file).close());
        assertThat(failure).as("the start on %s", file).isNotNull();
        DatabaseStartException found = find(failure);
        assertThat(found).hasMessageContaining(file.toString()).message().containsPattern(problem);
        assertThat(found.action()).containsPattern(action);
    }

    private static DatabaseStartException find(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof DatabaseStartException found) {
                return found;
            }
        }
        throw new AssertionError("Not explained", failure);
    }
}
