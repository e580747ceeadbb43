package dev.dovetail.benchmarks.backup;

import dev.dovetail.backup.Backups;
import dev.dovetail.benchmarks.backup.BackupResult.Backup;
import dev.dovetail.benchmarks.backup.BackupResult.Writes;
import dev.dovetail.benchmarks.peer.dovetail.DovetailSubject;
import dev.dovetail.benchmarks.subject.DatabaseUnderTest;
import dev.dovetail.benchmarks.subject.Databases;
import dev.dovetail.benchmarks.subject.Engine;
import dev.dovetail.benchmarks.subject.SqliteFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.springframework.util.FileSystemUtils;

/** One application on one SQLite file: what its writer notices of backups, once. */
final class BackupRun {

    private static final double NANOS_PER_SECOND = 1e9;

    private final DatabaseUnderTest database;
    private final DovetailSubject subject;
    private final Backups backups;
    private final int rows;
    private final int perSecond;
    private final long least;

    private BackupRun(DatabaseUnderTest database, DovetailSubject subject, int rows, int perSecond, int seconds) {
        this.database = database;
        this.subject = subject;
        this.backups = subject.bean(Backups.class);
        this.rows = rows;
        this.perSecond = perSecond;
        this.least = TimeUnit.SECONDS.toNanos(seconds);
    }

    /**
     * Warms up, then measures both phases.
     *
     * @param perSecond writes that are due in a second
     * @param seconds that each phase takes at least
     * @param backupsFirst whether the phase with backups is the first
     */
    static BackupResult of(int rows, int perSecond, int seconds, boolean backupsFirst)
            throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory(SqliteFiles.directory(), "backups-");
        try (DatabaseUnderTest database = Databases.copy(Engine.SQLITE, rows)) {
            force(Path.of(database.file()));
            try (DovetailSubject subject = DovetailSubject.withBackups(database, directory)) {
                return new BackupRun(database, subject, rows, perSecond, seconds).measure(backupsFirst);
            }
        } finally {
            FileSystemUtils.deleteRecursively(directory);
        }
    }

    // The system would write a copy that was just made to the disk in the midst of the first phase.
    private static void force(Path copy) throws IOException {
        try (FileChannel channel = FileChannel.open(copy, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    private BackupResult measure(boolean backupsFirst) throws IOException, InterruptedException {
        long fileBytes = Files.size(Path.of(database.file()));
        long length = Math.max(least, warmUp());
        List<Backup> made = new ArrayList<>();
        if (backupsFirst) {
            Writes during = during(length, made);
            return new BackupResult(fileBytes, alone(length), during, made);
        }
        Writes alone = alone(length);
        return new BackupResult(fileBytes, alone, during(length, made), made);
    }

    /** Writes without a pause until the code is compiled, and makes a backup; returns how long that took. */
    private long warmUp() throws InterruptedException {
        SplittableRandom random = new SplittableRandom(0);
        long start = System.nanoTime();
        while (System.nanoTime() - start < least / 2) {
            subject.readModifyWrite(random.nextInt(rows) + 1L);
        }
        PacedWriter writer = start();
        long begun = System.nanoTime();
        backups.backup();
        long took = System.nanoTime() - begun;
        writer.end();
        return took;
    }

    private Writes alone(long length) throws InterruptedException {
        PacedWriter writer = start();
        TimeUnit.NANOSECONDS.sleep(length);
        return writer.end();
    }

    /** One backup after the other; the last one ends after this time. */
    private Writes during(long length, List<Backup> made) throws InterruptedException {
        PacedWriter writer = start();
        long start = System.nanoTime();
        while (System.nanoTime() - start < length) {
            long begun = System.nanoTime();
            long bytes = backups.backup().size();
            made.add(new Backup((System.nanoTime() - begun) / NANOS_PER_SECOND, bytes));
        }
        return writer.end();
    }

    /** Each phase begins with an empty log, whatever the one before has left in it. */
    private PacedWriter start() {
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)");
        PacedWriter writer = new PacedWriter(subject::readModifyWrite, rows, perSecond);
        writer.start();
        return writer;
    }
}
