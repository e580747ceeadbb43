package dev.dovetail.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import dev.dovetail.contract.backup.DumpableDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The process is killed (SIGKILL) while PostgreSQL's own program restores for it. */
class KilledRestoreTests {

    private static final String SESSIONS =
            "SELECT count(*) FROM pg_stat_activity WHERE application_name LIKE 'dovetail-restore-%'";
    private static final String WAITING = SESSIONS + " AND wait_event_type = 'Lock'";

    @TempDir
    private Path directory;

    /** The application may have been started again, and have written, by the time at which it would replace the database. */
    @Test
    void theProgramDoesNotFinishOnItsOwn() throws IOException, SQLException {
        Map<String, String> database = DumpableDatabase.fresh(TestEngine.POSTGRESQL);
        try (TestApplication application =
                        TestApplication.with(database, "dovetail.backup.directory=" + directory.resolve("backups"));
                Connection holder = application.foreignConnection()) {
            application.template().execute("CREATE TABLE item (id integer PRIMARY KEY, filler text)");
            application.template().update("""
                    INSERT INTO item SELECT n, (SELECT string_agg(md5(n || ':' || i), '') FROM generate_series(1, 30) i)
                    FROM generate_series(1, 2000) n""");
            String backup = application.database().backup().name();
            application.template().update("INSERT INTO item VALUES (0, 'newer')");
            holder.setAutoCommit(false);
            holder.createStatement().executeQuery("SELECT id FROM item LIMIT 1").close();
            try (Child child = restoring(database, backup)) {
                child.await(BackupProcess.READY);
                await().atMost(Duration.ofSeconds(25)).until(() -> sessions(application, WAITING) == 1);
            }
            holder.commit();

            await().atMost(Duration.ofSeconds(30)).until(() -> sessions(application, SESSIONS) == 0);
            assertThat(application.template().queryForList("SELECT filler FROM item WHERE id = 0", String.class))
                    .containsExactly("newer");
        }
    }

    private Child restoring(Map<String, String> database, String backup) {
        List<String> arguments =
                new ArrayList<>(List.of(directory.resolve("backups").toString(), backup));
        database.forEach((name, value) -> arguments.addAll(List.of(name, value)));
        return Child.start(directory, BackupProcess.class, arguments.toArray(String[]::new));
    }

    private static long sessions(TestApplication application, String sql) {
        Long count = application.template().queryForObject(sql, Long.class);
        return count == null ? 0 : count;
    }
}
