package dev.dovetail.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.commons.io.FileUtils;

/**
 * The directory of one server, which goes when the JVM goes.
 *
 * <p>A JVM that is killed runs no shutdown hook and leaves its server behind. It also loses its file lock, by which the
 * next JVM knows that the server is nobody's, stops it and deletes its files.
 */
final class DataDirectory {

    private static final String PREFIX = "dovetail-postgres-";
    private static final String LOCK = "lock";
    private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

    /** Between making a directory and locking it lie microseconds; a younger one may be just that. */
    private static final Duration YOUNG = Duration.ofMinutes(1);

    private final Path root;
    private final FileChannel lockFile;

    private DataDirectory(Path root) throws IOException {
        this.root = root;
        this.lockFile = FileChannel.open(root.resolve(LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        lockFile.lock();
    }

    /** Makes a new one, and clears away the abandoned ones of others. */
    static DataDirectory create() throws IOException {
        sweep();
        Path root = Files.createTempDirectory(PREFIX);
        OWN.add(root);
        return new DataDirectory(root);
    }

    Path data() {
        return root.resolve("data");
    }

    /** What the server and its tools print. */
    Path log() {
        return root.resolve("server.log");
    }

    /** The running server's main process; empty if none runs here. */
    Optional<Postmaster> postmaster() {
        return Postmaster.of(data());
    }

    /** Deletes everything in it; the server must be gone. */
    void delete() {
        try {
            lockFile.close();
            FileUtils.deleteDirectory(root.toFile());
            OWN.remove(root);
        } catch (IOException ex) {
            throw new UncheckedIOException("Could not delete " + root, ex);
        }
    }

    private static void sweep() throws IOException {
        Path parent = Path.of(System.getProperty("java.io.tmpdir"));
        try (DirectoryStream<Path> directories = Files.newDirectoryStream(parent, PREFIX + "*")) {
            for (Path directory : directories) {
                // Even opening and closing our own lock file would release the lock on it (POSIX).
                if (!OWN.contains(directory)) {
                    sweep(directory);
                }
            }
        }
    }

    private static void sweep(Path directory) {
        Path lock = directory.resolve(LOCK);
        try {
            long age =
                    System.currentTimeMillis() - Files.getLastModifiedTime(lock).toMillis();
            if (age > YOUNG.toMillis()) {
                deleteIfAbandoned(directory, lock);
            }
        } catch (IOException ex) {
            // Another user's, or another JVM was faster. Not ours to solve, and no reason to fail a test.
        }
    }

    private static void deleteIfAbandoned(Path directory, Path lock) throws IOException {
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE);
                FileLock owned = channel.tryLock()) {
            if (owned != null) {
                Optional<Postmaster> postmaster = Postmaster.of(directory.resolve("data"));
                if (postmaster.isPresent()) {
                    postmaster.get().kill();
                }
                FileUtils.deleteDirectory(directory.toFile());
            }
        }
    }
}
