package dev.dovetail.engine.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether a disk has room for a rewritten file. */
class FullVacuumTaskTests {

    private static final Path DATA = Path.of("data");
    private static final Path TEMPORARY = Path.of("temporary");

    private static DiskPlace place(Path directory, long total, long usable) {
        return new DiskPlace(directory, total, usable);
    }

    @Test
    void ofTwoDisksEachNeedsTheSizeOnce() {
        assertThat(FullVacuumTask.tooLittle(place(DATA, 1_000, 100), place(TEMPORARY, 500, 100), 100))
                .isNull();
        assertThat(FullVacuumTask.tooLittle(place(DATA, 1_000, 99), place(TEMPORARY, 500, 100), 100))
                .contains("99 bytes free in data", "100 are needed");
        assertThat(FullVacuumTask.tooLittle(place(DATA, 1_000, 100), place(TEMPORARY, 500, 99), 100))
                .contains("99 bytes free in temporary", "100 are needed");
    }

    @Test
    void ofOneDiskItIsNeededTwice() {
        assertThat(FullVacuumTask.tooLittle(place(DATA, 1_000, 200), place(TEMPORARY, 1_000, 200), 100))
                .isNull();
        assertThat(FullVacuumTask.tooLittle(place(DATA, 1_000, 199), place(TEMPORARY, 1_000, 199), 100))
                .contains("199 bytes free in data", "200 are needed");
    }

    @Test
    void aPlaceThatIsNotThereHasNoRoom(@TempDir Path directory) {
        assertThat(DiskPlace.of(directory).usable()).isPositive();
        assertThat(DiskPlace.of(directory.resolve("none")).usable()).isZero();
        assertThat(DiskPlace.ofTemporaryFiles().usable()).isPositive();
    }
}
