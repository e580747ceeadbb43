package dev.dovetail.benchmarks.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.benchmarks.backup.BackupResult.Backup;
import dev.dovetail.benchmarks.backup.BackupResult.Writes;
import dev.dovetail.benchmarks.report.Verdict;
import dev.dovetail.benchmarks.subject.SqliteFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BackupTests {

    private static final long STALL = TimeUnit.MILLISECONDS.toNanos(50);

    @TempDir
    private Path directory;

    @BeforeEach
    void useDirectory() {
        System.setProperty(SqliteFiles.DIRECTORY, directory.toString());
    }

    @AfterEach
    void useTheUsualDirectory() {
        System.clearProperty(SqliteFiles.DIRECTORY);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void bothPhasesAreMeasuredAndNothingIsLeft(boolean backupsFirst) throws Exception {
        BackupResult result = BackupRun.of(1_000, 100, 1, backupsFirst);
        assertThat(List.of(result.alone(), result.during())).allSatisfy(writes -> {
            assertThat(writes.count()).isGreaterThanOrEqualTo(100);
            assertThat(writes.errors()).isEmpty();
            assertThat(writes.max()).isGreaterThanOrEqualTo(writes.p50()).isPositive();
        });
        assertThat(result.backups()).isNotEmpty().allMatch(backup -> backup.bytes() >= result.fileBytes());
        assertThat(directory.toFile().list()).containsExactly("dovetail_benchmark_1000.db");
    }

    /** The first write is held up until long after the phase has ended; fifty and more are due meanwhile. */
    @Test
    void whoComesBehindASlowWriteIsSlowToo() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        AtomicBoolean ending = new AtomicBoolean();
        PacedWriter writer = new PacedWriter(id -> holdUpFirst(begun, ending), 1, 1_000);
        writer.start();
        begun.await();
        waitUntil(System.nanoTime() + STALL);
        ending.set(true);
        Writes writes = writer.end();
        assertThat(writes.count()).isGreaterThanOrEqualTo(50);
        assertThat(writes.p50()).isGreaterThan(10);
    }

    private static void holdUpFirst(CountDownLatch begun, AtomicBoolean ending) {
        if (begun.getCount() > 0) {
            begun.countDown();
            while (!ending.get()) {
                Thread.onSpinWait();
            }
            waitUntil(System.nanoTime() + STALL);
        }
    }

    @Test
    void aWriteThatFailsIsCounted() throws Exception {
        PacedWriter writer = new PacedWriter(
                id -> {
                    throw new IllegalStateException();
                },
                1,
                1_000);
        writer.start();
        waitUntil(System.nanoTime() + STALL);
        Writes writes = writer.end();
        assertThat(writes.errorCount()).isPositive().isEqualTo((int) writes.count());
        assertThat(writes.errors()).containsOnlyKeys("IllegalStateException");
    }

    @ParameterizedTest
    @CsvSource({
        "1.19, 250, 0, 0",
        "1.20, 250, 0, 1",
        "1.19, 251, 0, 1",
        "1.19, 250, 3, 1",
        "9, 900, 1, 3",
    })
    void whatSlowsTheWriterFallsShort(double p99, double max, int errors, int fallingShort) {
        WritesReport report = new WritesReport(List.of(run(1.1, 9, 0), run(p99, 9, 0), run(p99, max, errors)), 200);
        assertThat(report.verdicts().stream().filter(verdict -> !verdict.kept()))
                .hasSize(fallingShort);
        assertThat(report.markdown()).contains("200 writes/s, file of 1,000 MB, 3 runs", "3 backups", "| 100 (");
        assertThat(report.plot()).contains("while backups are made");
        assertThat(report.verdicts()).extracting(Verdict::promise).doesNotHaveDuplicates();
    }

    private static BackupResult run(double p99, double max, int errors) {
        Map<String, Integer> byClass = errors == 0 ? Map.of() : Map.of("IllegalStateException", errors);
        return new BackupResult(
                1_000_000_000,
                new Writes(1_000, 0.5, 1, 5, Map.of()),
                new Writes(1_000, 0.5, p99, max, byClass),
                List.of(new Backup(10, 1_000_000_000)));
    }

    private static void waitUntil(long moment) {
        while (System.nanoTime() - moment < 0) {
            Thread.onSpinWait();
        }
    }
}
