package dev.dovetail.backup;

import dev.dovetail.backup.BackupException.Reason;
import dev.dovetail.engine.DamagedCopyException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.CharacterCodingException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The directory in which backups lie, each with its manifest beside it. Only what has both counts. The manifest comes first and goes
 * last, so that whatever a crash leaves is a manifest without a backup or has a temporary name.
 *
 * <p>Who writes has the directory for himself, over all processes; so what has a temporary name then belongs to nobody.
 */
final class BackupDirectory {

    static final String MANIFEST = ".json";

    private static final String TEMPORARY = ".dovetail-backup-";
    private static final String LOCK = ".dovetail-backup.lock";
    // Somebody who copies backups here may have begun with the manifest.
    private static final Duration LONELY = Duration.ofHours(1);
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path directory;

    BackupDirectory(Path directory) {
        this.directory = directory;
    }

    /** The sole right to write here. */
    final class Held implements AutoCloseable {

        private final FileChannel channel;
        private final Path key;

        private Held(FileChannel channel, Path key) {
            this.channel = channel;
            this.key = key;
        }

        /** Removes what processes left that died. */
        void tidy(Instant now) throws IOException {
            BackupDirectory.this.tidy(now);
        }

        @Override
        public void close() throws IOException {
            try {
                channel.close();
            } finally {
                HELD.remove(key);
            }
        }
    }

    /** @throws BackupException if nothing can be put there */
    void requireUsable() {
        try {
            WrittenThrough.directories(directory);
        } catch (IOException e) {
            throw unusable(e);
        }
        if (!Files.isWritable(directory)) {
            throw unusable(null);
        }
    }

    private BackupException unusable(@Nullable IOException cause) {
        return new BackupException(
                Reason.NOT_POSSIBLE,
                "Nothing can be written to " + directory + ", where dovetail.backup.directory has backups kept.",
                cause);
    }

    /** @throws BackupException if somebody has it */
    Held hold() throws IOException {
        WrittenThrough.directories(directory);
        Path key = directory.toRealPath();
        // A second channel in this process would take the lock away from the first when it is closed (POSIX).
        if (!HELD.add(key)) {
            throw running();
        }
        FileChannel channel = null;
        try {
            channel = FileChannel.open(
                    key.resolve(LOCK), Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), ownerOnly());
            FileOwner.adopt(key.resolve(LOCK));
            FileLock lock = channel.tryLock();
            if (lock == null) {
                throw running();
            }
            return new Held(channel, key);
        } catch (IOException | RuntimeException e) {
            if (channel != null) {
                channel.close();
            }
            HELD.remove(key);
            throw e;
        }
    }

    private BackupException running() {
        return new BackupException(
                Reason.ALREADY_RUNNING,
                "A backup, verification or restore is already running in " + directory
                        + ". Try again when it has ended.");
    }

    private FileAttribute<?>[] ownerOnly() {
        return directory.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    /** Makes an empty file that only its owner may read, where there was none. */
    Path create(Path file) throws IOException {
        Files.deleteIfExists(file);
        FileOwner.adopt(Files.createFile(file, ownerOnly()));
        return file;
    }

    /** A new, empty file of a temporary name. */
    Path temporary() throws IOException {
        return create(directory.resolve(TEMPORARY + UUID.randomUUID() + ".partial"));
    }

    /** Bytes that may still be written. */
    long room() throws IOException {
        return Files.getFileStore(directory).getUsableSpace();
    }

    /**
     * The file of a backup of this name.
     *
     * @throws BackupException if it is no name of one, or there is none
     */
    Path resolve(String name) {
        if (!BackupName.isOne(name)) {
            throw new BackupException(
                    Reason.INVALID_NAME,
                    "This is not the name of a backup. It has the form <application>-<moment>.<db or dump>, without a"
                            + " directory; the section 'backups' lists them.");
        }
        Path file = directory.resolve(name).normalize();
        if (!file.startsWith(directory) || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new BackupException(Reason.NOT_FOUND, "There is no backup " + name + " in " + directory);
        }
        return file;
    }

    Path path(String name) {
        return directory.resolve(name);
    }

    boolean has(String name) {
        return Files.exists(path(name)) || Files.exists(manifestOf(path(name)));
    }

    static Path manifestOf(Path file) {
        return file.resolveSibling(file.getFileName() + MANIFEST);
    }

    /** What is written beside a backup. */
    BackupManifest manifest(Path file) throws IOException {
        Path beside = manifestOf(file);
        if (!Files.isRegularFile(beside, LinkOption.NOFOLLOW_LINKS)) {
            throw new DamagedCopyException("It has no manifest", null);
        }
        BackupManifest manifest;
        try {
            manifest = BackupManifest.read(Files.readString(beside));
        } catch (CharacterCodingException e) {
            throw new DamagedCopyException("Its manifest cannot be read", e);
        }
        if (!manifest.name().equals(String.valueOf(file.getFileName()))) {
            throw new DamagedCopyException("Its manifest is that of " + manifest.name(), null);
        }
        return manifest;
    }

    /** Gives a file that is complete its name, with its manifest. */
    void publish(Path complete, BackupManifest manifest) throws IOException {
        Path file = path(manifest.name());
        Path text = temporary();
        Files.writeString(text, manifest.text());
        WrittenThrough.file(text);
        WrittenThrough.file(complete);
        Files.move(text, manifestOf(file), StandardCopyOption.ATOMIC_MOVE);
        WrittenThrough.directory(directory);
        Files.move(complete, file, StandardCopyOption.ATOMIC_MOVE);
        WrittenThrough.directory(directory);
    }

    /** Removes a backup. */
    void delete(Path file) throws IOException {
        Files.deleteIfExists(file);
        WrittenThrough.directory(directory);
        Files.deleteIfExists(manifestOf(file));
    }

    private void tidy(Instant now) throws IOException {
        for (Path each : files()) {
            String name = String.valueOf(each.getFileName());
            if (name.startsWith(TEMPORARY) || isLonely(each, name, now)) {
                Files.deleteIfExists(each);
            }
        }
    }

    private static boolean isLonely(Path file, String name, Instant now) throws IOException {
        if (!name.endsWith(MANIFEST) || !BackupName.isOne(name.substring(0, name.length() - MANIFEST.length()))) {
            return false;
        }
        Path backup = file.resolveSibling(name.substring(0, name.length() - MANIFEST.length()));
        return Files.notExists(backup)
                && Files.getLastModifiedTime(file).toInstant().isBefore(now.minus(LONELY));
    }

    /** The files that have the name of a backup, newest first. */
    List<Path> backups() throws IOException {
        List<Path> backups = new ArrayList<>();
        for (Path each : files()) {
            if (BackupName.isOne(String.valueOf(each.getFileName()))) {
                backups.add(each);
            }
        }
        backups.sort(Comparator.comparing((Path each) -> BackupName.momentIn(String.valueOf(each.getFileName())))
                .reversed());
        return backups;
    }

    private List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        if (Files.isDirectory(directory)) {
            try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
                for (Path each : stream) {
                    if (Files.isRegularFile(each, LinkOption.NOFOLLOW_LINKS)) {
                        files.add(each);
                    }
                }
            }
        }
        return files;
    }

    @Override
    public String toString() {
        return directory.toString();
    }
}
