package dev.dovetail.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dovetail.Database;
import dev.dovetail.actuator.DatabaseHealthIndicator;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.engine.DatabaseError;
import dev.dovetail.engine.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.dao.DataAccessResourceFailureException;

/** What happens to SQLite's file while it is open. Other processes do it: ours must not open the file (§2.2). */
class LostFileTests {

    @TempDir
    Path directory;

    private Path file;
    private TestApplication application;

    @BeforeEach
    void start() {
        file = directory.resolve("app.db");
        application = TestApplication.with(Map.of("dovetail.sqlite.path", file.toString()), "logging.level.root=off");
        application.template().execute("CREATE TABLE item (id integer PRIMARY KEY, filler text)");
        application.transaction().executeWithoutResult(status -> {
            for (int id = 1; id <= 2_000; id++) {
                application
                        .jdbc()
                        .sql("INSERT INTO item VALUES (:id, :filler)")
                        .param("id", id)
                        .param("filler", "x".repeat(1_000))
                        .update();
            }
        });
        assertThat(health().getStatus()).isEqualTo(Status.UP);
    }

    @AfterEach
    void stop() {
        application.close();
    }

    @Test
    void aDeletedFileIsNoticed() throws IOException {
        Files.delete(file);

        assertDownBecauseOfTheFile();
    }

    @Test
    void aReplacedFileIsNoticed() throws IOException {
        Path other = directory.resolve("other.db");
        try (TestApplication another = TestApplication.with(Map.of("dovetail.sqlite.path", other.toString()))) {
            another.template().execute("CREATE TABLE other (id integer)");
        }
        Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);

        assertDownBecauseOfTheFile();
    }

    @Test
    void aTruncatedFileIsReportedAsDamaged() {
        checkpoint();
        Commands.run("truncate", "-s", "8192", file.toString());

        assertDamageIsReported();
    }

    @Test
    void anOverwrittenFileIsReportedAsDamaged() {
        checkpoint();
        Commands.run("dd", "if=/dev/urandom", "of=" + file, "bs=4096", "seek=1", "count=200", "conv=notrunc");

        assertDamageIsReported();
    }

    // Everything into the file, and nothing of it in memory any more.
    private void checkpoint() {
        application.template().queryForList("PRAGMA wal_checkpoint(TRUNCATE)");
        application.dataSource().reconnect();
    }

    private void assertDownBecauseOfTheFile() {
        Health health = health();
        assertThat(health.getStatus()).as("%s", health).isEqualTo(Status.DOWN);
        assertThat(health.getDetails().get("issues")).asString().contains(file.toString(), "deleted or replaced");
    }

    private void assertDamageIsReported() {
        assertThatThrownBy(() -> application
                        .jdbc()
                        .sql("SELECT sum(length(filler)) FROM item")
                        .query(Long.class)
                        .single())
                .isInstanceOf(DataAccessResourceFailureException.class)
                .satisfies(error -> assertThat(application.bean(Database.class).describe(error))
                        .map(DatabaseError::code)
                        .contains(ErrorCode.CORRUPT));
        Health health = health();
        assertThat(health.getStatus()).as("%s", health).isEqualTo(Status.DOWN);
        assertThat(health.getDetails().get("issues")).asString().contains("CORRUPT");
    }

    private Health health() {
        return application.bean(DatabaseHealthIndicator.class).health();
    }
}
