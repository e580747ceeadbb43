package dev.dovetail.engine.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SteadyCopyTests {

    private static final long MEBIBYTE = 1L << 20;

    @TempDir
    private Path directory;

    private final List<Long> told = new ArrayList<>();

    private SteadyCopy copy(Path file) {
        return new SteadyCopy(file, (done, total) -> told.add(done));
    }

    @Test
    void whatDoesNotReachTheDiskIsToldAtTheEndAndOnce() {
        SteadyCopy copy = copy(directory.resolve("gone.db"));
        copy.copied(7 * MEBIBYTE, 100 * MEBIBYTE);
        copy.copied(9 * MEBIBYTE, 100 * MEBIBYTE);
        copy.copied(100 * MEBIBYTE, 100 * MEBIBYTE);

        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(copy::close)
                .withMessageContaining("could not be written to the disk")
                .withCauseInstanceOf(NoSuchFileException.class);
        assertThat(told).containsExactly(7 * MEBIBYTE, 9 * MEBIBYTE, 100 * MEBIBYTE);
    }

    @Test
    void aSmallCopyIsLeftToItsEnd() throws SQLException {
        try (SteadyCopy copy = copy(directory.resolve("gone.db"))) {
            copy.copied(MEBIBYTE, MEBIBYTE);
        }
        assertThat(told).containsExactly(MEBIBYTE);
    }

    @Test
    void aGrowingCopyIsWrittenAndClosed() throws Exception {
        Path file = Files.write(directory.resolve("copy.db"), new byte[] {1});
        try (SteadyCopy copy = copy(file)) {
            copy.copied(8 * MEBIBYTE, 16 * MEBIBYTE);
            copy.copied(16 * MEBIBYTE, 16 * MEBIBYTE);
        }
        assertThat(file).hasBinaryContent(new byte[] {1});
    }
}
