package dev.dovetail.contract.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.backup.Backups;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a power cut leaves of a backup that counts: all that it needs was written through to the disk. */
class WrittenThroughBackupTests {

    private static final String FORCE = "jdk.FileForce";

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource(TestEngine.class)
    void theFirstOneWithTheDirectoriesThatWereMadeForIt(TestEngine engine) throws IOException {
        Path data = directory.resolve("data");
        Path backups = data.resolve("backups");
        try (TestApplication application = TestApplication.with(
                        DumpableDatabase.fresh(engine),
                        "dovetail.backup.directory=" + backups,
                        "logging.level.dev.dovetail=off");
                Recording recording = new Recording()) {
            recording.enable(FORCE).withoutThreshold();
            recording.start();
            application.bean(Backups.class).backup();
            recording.stop();

            assertThat(forced(recording)).contains(directory.toString(), data.toString(), backups.toString());
        }
    }

    private List<String> forced(Recording recording) throws IOException {
        Path file = directory.resolve("recording.jfr");
        recording.dump(file);
        return RecordingFile.readAllEvents(file).stream()
                .filter(event -> event.getEventType().getName().equals(FORCE))
                .map((RecordedEvent event) -> event.getString("path"))
                .toList();
    }
}
