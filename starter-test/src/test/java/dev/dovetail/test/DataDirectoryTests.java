package dev.dovetail.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

class DataDirectoryTests {

    @Test
    void whatAKilledJvmLeftBehindIsClearedAway() throws IOException {
        Path abandoned = leftBehind(Instant.now().minus(1, ChronoUnit.HOURS));
        Path justMade = leftBehind(Instant.now());

        DataDirectory.create().delete();

        assertThat(abandoned).doesNotExist();
        assertThat(justMade).exists();
        Files.delete(justMade.resolve("lock"));
        Files.delete(justMade);
    }

    @Test
    void whatThisJvmUsesStays() throws IOException {
        DataDirectory own = DataDirectory.create();
        Path lock = own.log().resolveSibling("lock");
        Files.setLastModifiedTime(lock, FileTime.from(Instant.now().minus(1, ChronoUnit.HOURS)));

        DataDirectory.create().delete();

        assertThat(lock).exists();
        own.delete();
        assertThat(lock).doesNotExist();
    }

    private static Path leftBehind(Instant time) throws IOException {
        Path directory = Files.createTempDirectory("dovetail-postgres-");
        Path lock = Files.createFile(directory.resolve("lock"));
        Files.setLastModifiedTime(lock, FileTime.from(time));
        return directory;
    }
}
