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
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
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
    Optional<ProcessHandle> postmaster() {
        return postmaster(data());
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
                postmaster(directory.resolve("data")).ifPresent(DataDirectory::kill);
                FileUtils.deleteDirectory(directory.toFile());
            }
        }
    }

    /** Kills a server the hard way: first the postmaster, so that it starts no new children, then these. */
    static void kill(ProcessHandle postmaster) {
        List<ProcessHandle> children = postmaster.descendants().toList();
        postmaster.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
        postmaster.onExit().orTimeout(30, TimeUnit.SECONDS).join();
        children.forEach(child -> child.onExit().orTimeout(30, TimeUnit.SECONDS).join());
    }

    /** By its pid file, unless the number meanwhile belongs to a process that knows nothing of this directory. */
    private static Optional<ProcessHandle> postmaster(Path data) {
        try {
            String pid =
                    Files.readAllLines(data.resolve("postmaster.pid")).get(0).trim();
            return ProcessHandle.of(Long.parseLong(pid))
                    .filter(process -> process.info()
                            .commandLine()
                            .map(line -> line.contains(data.toString()))
                            // Windows does not tell the command line.
                            .orElse(true));
        } catch (IOException | IndexOutOfBoundsException | NumberFormatException ex) {
            return Optional.empty();
        }
    }
}
