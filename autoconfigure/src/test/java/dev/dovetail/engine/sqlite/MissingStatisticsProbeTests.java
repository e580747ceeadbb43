package dev.dovetail.engine.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.contract.OwnThread;
import dev.dovetail.engine.HealthProbe;
import dev.dovetail.engine.ProbeFinding;
import dev.dovetail.engine.Severity;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which tables have had no statistics for too long, and which the optimizer has not come to yet. */
class MissingStatisticsProbeTests {

    private static final String ROWS = """
            INSERT INTO item
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000)
            SELECT i FROM n""";

    private final AtomicLong nanos = new AtomicLong();
    private final HealthProbe probe = new MissingStatisticsProbe(1000, new Lasting(nanos::get));

    @TempDir
    Path directory;

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private List<String> subjects(ProbedFile file) throws SQLException {
        return file.ask(probe).stream().map(ProbeFinding::subject).toList();
    }

    @Test
    void largeTablesThatNobodyAnalyzesAreFoundAfterANight() throws SQLException {
        try (ProbedFile file = new ProbedFile(directory)) {
            file.execute(
                    "CREATE TABLE item (number INTEGER)",
                    "CREATE INDEX item_number ON item (number)",
                    "CREATE TABLE \"small \"\" one\" (number INTEGER UNIQUE)",
                    "CREATE TABLE plain (number INTEGER)",
                    ROWS,
                    "INSERT INTO \"small \"\" one\" SELECT number FROM item LIMIT 999",
                    "INSERT INTO plain SELECT number FROM item");
            assertThat(subjects(file)).isEmpty();
            pass(Duration.ofHours(35));
            assertThat(subjects(file)).isEmpty();

            pass(Duration.ofHours(1));
            assertThat(file.ask(probe)).singleElement().satisfies(found -> {
                assertThat(found.subject()).isEqualTo("item");
                assertThat(found.severity()).isEqualTo(Severity.LOW);
                assertThat(found.text()).contains("has 1,000 rows or more and has had no statistics for 36 h");
            });

            // The time of a table begins when it is large.
            file.execute("INSERT INTO \"small \"\" one\" VALUES (-1)");
            assertThat(subjects(file)).containsExactly("item");
            pass(Duration.ofHours(36));
            assertThat(subjects(file)).containsExactly("item", "small \" one");

            file.execute("ANALYZE item");
            assertThat(subjects(file)).containsExactly("small \" one");
            file.execute("DELETE FROM \"small \"\" one\"");
            assertThat(subjects(file)).isEmpty();
        }
    }

    @Test
    void whatTheOptimizerHasVisitedIsNeverFound() throws SQLException {
        try (ProbedFile file = new ProbedFile(directory)) {
            // An index of no row has no statistics of its own.
            file.execute(
                    "CREATE TABLE item (number INTEGER)",
                    "CREATE INDEX item_none ON item (number) WHERE number < 0",
                    ROWS);
            assertThat(subjects(file)).isEmpty();
            List<String> due = SqlitePragma.texts(file.writer(), "PRAGMA optimize(0x10003)");
            assertThat(due).hasSize(1);
            file.execute(due.get(0));

            pass(Duration.ofDays(3));
            assertThat(subjects(file)).isEmpty();
        }
    }

    @Test
    void aTableThatGoesMeanwhileIsNoError() throws Exception {
        HealthProbe any = new MissingStatisticsProbe(1, new Lasting(nanos::get));
        AtomicBoolean asking = new AtomicBoolean(true);
        try (ProbedFile file = new ProbedFile(directory)) {
            CompletableFuture<Void> changing = OwnThread.run(() -> {
                while (asking.get()) {
                    makeAndDrop(file);
                }
            });
            try {
                for (int i = 0; i < 2_000; i++) {
                    assertThat(file.ask(any)).isEmpty();
                }
            } finally {
                asking.set(false);
                changing.get(10, TimeUnit.SECONDS);
            }
        }
    }

    private static void makeAndDrop(ProbedFile file) {
        try {
            file.execute("CREATE TABLE gone (number INTEGER UNIQUE)", "INSERT INTO gone VALUES (1)", "DROP TABLE gone");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
