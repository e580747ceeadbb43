package dev.dovetail.backup;

import dev.dovetail.backup.BackupException.Reason;
import dev.dovetail.engine.BackupContents;
import dev.dovetail.engine.CopyNotPossibleException;
import dev.dovetail.engine.DamagedCopyException;
import dev.dovetail.engine.DatabaseBackups;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;

/** What everybody needs who makes, verifies or restores backups of one database. */
record Workshop(
        BackupSettings settings,
        String engine,
        DatabaseBackups database,
        BackupDirectory directory,
        BackupCodec codec,
        Clock clock) {

    // A little more than needed, as others write to the same disk.
    private static final long TENTHS_NEEDED = 12;
    private static final long MEGABYTE = 1 << 20;

    /** @throws BackupException if there is not room for so many bytes, and some */
    static void requireRoom(Path where, long bytes) throws IOException {
        long needed = bytes / 10 * TENTHS_NEEDED + MEGABYTE;
        long room = Files.getFileStore(where).getUsableSpace();
        if (room < needed) {
            throw new BackupException(
                    Reason.NO_SPACE,
                    "%d MB are needed in %s, but only %d MB are free. Make room, or set dovetail.backup.directory to a larger disk."
                            .formatted(needed / MEGABYTE, where, room / MEGABYTE));
        }
    }

    /** Reads the stored file and compares it with what its manifest says. */
    void requireIntact(Path file, BackupManifest manifest, RunningWork work) throws IOException {
        work.step("checksum");
        if (Files.size(file) != manifest.size() || !Digests.of(file, work).equals(manifest.sha256())) {
            throw new DamagedCopyException("The file is not the one that was written: its checksum differs", null);
        }
    }

    /** Unpacks what is stored into an empty file, and compares it with what its manifest says. */
    void unpack(Path file, BackupManifest manifest, Path copy, RunningWork work) throws IOException {
        work.step("unpacking");
        if (!codec.decode(file, manifest, copy, work).equals(manifest.copySha256())) {
            throw new DamagedCopyException("The copy in it is not the one that was written", null);
        }
    }

    /** Reads a copy as a database, and compares it with what it must hold. */
    BackupContents requireContents(Path copy, BackupContents expected, RunningWork work) throws IOException {
        work.step("checking");
        BackupContents found = database.check(copy);
        String difference = expected.differenceTo(found);
        if (!difference.isEmpty()) {
            throw new DamagedCopyException("The copy does not hold what was in the database: " + difference, null);
        }
        return found;
    }

    /** What went wrong, in words for whoever asked. */
    BackupException explained(String what, Exception failure) {
        if (failure instanceof BackupException own) {
            return own;
        }
        if (failure instanceof DamagedCopyException damaged) {
            return new BackupException(Reason.DAMAGED, what + ": " + damaged.getMessage(), damaged);
        }
        if (failure instanceof CopyNotPossibleException impossible) {
            return new BackupException(Reason.NOT_POSSIBLE, what + ": " + impossible.getMessage(), impossible);
        }
        if (isFull()) {
            return new BackupException(
                    Reason.NO_SPACE, what + ": there is no room left in " + directory + ". Make room.", failure);
        }
        return new BackupException(Reason.FAILED, what + ": " + reason(failure), failure);
    }

    // Of an error of the file system the message is often the name of the file, and nothing else.
    private static String reason(Exception failure) {
        return failure instanceof FileSystemException file && file.getReason() == null
                ? "%s cannot be used (%s)"
                        .formatted(file.getFile(), file.getClass().getSimpleName())
                : String.valueOf(failure.getMessage());
    }

    private boolean isFull() {
        try {
            return directory.room() < MEGABYTE;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public String toString() {
        return "%s in %s".formatted(engine.toLowerCase(Locale.ROOT), directory);
    }
}
