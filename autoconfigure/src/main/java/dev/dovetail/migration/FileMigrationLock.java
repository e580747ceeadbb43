package dev.dovetail.migration;

import dev.dovetail.engine.DatabaseStartException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An exclusive lock on an empty file beside the database.
 *
 * <p>Why a file of its own: opening the database, its {@code -wal} or its {@code -shm} from Java and closing it again
 * drops every lock that SQLite holds on it in this process.
 *
 * <p>Why the file stays: were it deleted, an instance could wait on the deleted file and lock it while a third creates and
 * locks a new one, and both would migrate. The operating system gives the lock back when a process dies, so a file that
 * stays blocks nobody.
 *
 * <p>Why a lock within the process comes first: the operating system's lock belongs to the process, and on POSIX closing
 * <em>any</em> channel on the file gives it back. At most one channel per file may be open.
 */
final class FileMigrationLock implements MigrationLock {

    private static final Logger logger = LoggerFactory.getLogger(FileMigrationLock.class);
    private static final ConcurrentMap<Path, ReentrantLock> WITHIN_PROCESS = new ConcurrentHashMap<>();
    private static final String SUFFIX = ".migration.lock";
    /** Java cannot wait for a file lock with a time limit; asking again this often is not felt at start. */
    private static final Duration PAUSE = Duration.ofMillis(20);

    private final Path database;
    private final Duration patience;

    FileMigrationLock(Path database, Duration patience) {
        this.database = database;
        this.patience = patience;
    }

    @Override
    public <E extends Exception> void during(Work<E> work) throws E {
        Path file = lockFile();
        ReentrantLock withinProcess = WITHIN_PROCESS.computeIfAbsent(file, ignored -> new ReentrantLock(true));
        if (withinProcess.isHeldByCurrentThread()) {
            work.run();
            return;
        }
        Waiting waiting = new Waiting(file.toString(), patience);
        waiting.until(() -> withinProcess.tryLock(PAUSE.toNanos(), TimeUnit.NANOSECONDS));
        try {
            new Held(file, waiting).during(work);
        } finally {
            withinProcess.unlock();
        }
    }

    /** Beside the file that SQLite opens, which is where a link leads to. */
    private Path lockFile() {
        Path absolute = database.toAbsolutePath();
        try {
            Path real = Files.exists(absolute)
                    ? absolute.toRealPath()
                    : absolute.resolveSibling("").toRealPath().resolve(absolute.getFileName());
            return real.resolveSibling(real.getFileName() + SUFFIX);
        } catch (IOException e) {
            throw unusable(absolute.resolveSibling(absolute.getFileName() + SUFFIX), e);
        }
    }

    private static DatabaseStartException unusable(Path file, IOException cause) {
        return new DatabaseStartException(
                "The lock that keeps two instances from migrating at once cannot be taken: %s".formatted(file),
                "Let the application create and lock files in the database's directory, on a local disk.",
                cause);
    }

    /** The lock between processes, taken while the one within the process is held. */
    private record Held(Path file, Waiting waiting) {

        <E extends Exception> void during(Work<E> work) throws E {
            FileChannel channel = open();
            try {
                waiting.until(() -> tryLock(channel) != null);
                work.run();
            } finally {
                close(channel);
            }
        }

        private FileChannel open() {
            try {
                return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            } catch (IOException e) {
                throw unusable(file, e);
            }
        }

        private @Nullable FileLock tryLock(FileChannel channel) throws InterruptedException {
            try {
                FileLock lock = channel.tryLock();
                return lock == null ? pause() : lock;
            } catch (OverlappingFileLockException e) {
                // The same classes from another class loader of this JVM hold it.
                return pause();
            } catch (IOException e) {
                throw unusable(file, e);
            }
        }

        private static @Nullable FileLock pause() throws InterruptedException {
            LockSupport.parkNanos(PAUSE.toNanos());
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            return null;
        }

        /** Closing gives the lock back; that it failed must not hide how the work ended. */
        private void close(FileChannel channel) {
            try {
                channel.close();
            } catch (IOException e) {
                logger.warn("The migration lock was not closed properly, it ends with this process: {}", file, e);
            }
        }
    }
}
