package dev.dovetail.engine.sqlite;

import dev.dovetail.engine.DatabaseStartException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts a file in the place of a database that nobody in this process has open, so that a crash at any moment leaves one of the two
 * as a whole.
 *
 * <p>A log that belongs to another file would be replayed into the new one, and a file without its own log is not whole. So
 * database, log and index move into a directory together, and a journal beside them says that they do: whoever opens the database
 * next and finds the journal moves them back, unless the new file was in place already. The journal is locked by who writes it.
 */
final class SqliteReplacement {

    private static final Logger log = LoggerFactory.getLogger(SqliteReplacement.class);

    private static final List<String> PARTS = List.of("", "-wal", "-shm", "-journal");

    private static final String REPLACED = ".replaced-";

    private static final int LONGEST_NAME = 4_096;

    private final Path file;
    private final Path staged;
    private final Path journal;

    /** Sees whether the new file can be used as a database. */
    interface Trial {
        void run() throws SQLException;
    }

    private SqliteReplacement(Path file) {
        this.file = file;
        this.staged = beside(".restored");
        this.journal = beside(".restoring");
    }

    static SqliteReplacement of(Path file) {
        return new SqliteReplacement(real(file));
    }

    // The logs lie beside the file itself, not beside a link to it.
    private static Path real(Path file) {
        try {
            return Files.isSymbolicLink(file) ? file.toRealPath() : file;
        } catch (IOException e) {
            return file;
        }
    }

    private Path beside(String suffix) {
        return file.resolveSibling(file.getFileName() + suffix);
    }

    /** Where the new file must lie. */
    Path staged() {
        return staged;
    }

    /** Ends what a process that died has begun. Must be called before the database is opened. */
    static void recover(Path database) {
        SqliteReplacement replacement = of(database);
        if (Files.exists(replacement.journal)) {
            replacement.recover();
        }
    }

    /** @throws SQLException if one was begun and is not ended: nobody may open the database, or make a new one in its place */
    static void requireNone(Path database) throws SQLException {
        if (Files.exists(of(database).journal)) {
            throw new SQLException(
                    "A restore of " + database
                            + " goes on in another process, or could not be ended. Wait for it, or start again; the next"
                            + " start ends it.",
                    "57P03");
        }
    }

    private void recover() {
        try (FileChannel channel = FileChannel.open(journal, StandardOpenOption.READ, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            if (lock == null) {
                throw isRunning();
            }
            String name = read(channel);
            Path aside = file.resolveSibling(name);
            // Where neither of them is, the old one could not be put back.
            boolean finished = Files.notExists(staged) && Files.exists(file);
            // Of a journal that was not written to its end, nothing was done yet.
            if (!finished && name.startsWith(file.getFileName() + REPLACED)) {
                moveBack(aside);
            }
            Files.deleteIfExists(staged);
            Files.deleteIfExists(journal);
            Durable.directory(file);
            log.warn(
                    "A restore of {} was interrupted: {}",
                    file,
                    finished
                            ? "the restored file is in place, the one before it in " + aside
                            : "the database is as it was before");
        } catch (OverlappingFileLockException e) {
            throw isRunning();
        } catch (IOException e) {
            throw new DatabaseStartException(
                    "A restore of " + file + " was interrupted, and could not be ended",
                    "Look at " + journal
                            + " and the directory that it names, which holds the database before the restore."
                            + " Make both writable and start again.",
                    e);
        }
    }

    // Another channel would take the lock away from this one when it is closed (POSIX).
    private static String read(FileChannel channel) throws IOException {
        ByteBuffer name = ByteBuffer.allocate((int) Math.min(LONGEST_NAME, channel.size()));
        int read = 0;
        while (read >= 0 && name.hasRemaining()) {
            read = channel.read(name);
        }
        return StandardCharsets.UTF_8.decode(name.flip()).toString();
    }

    private DatabaseStartException isRunning() {
        return new DatabaseStartException(
                "The database " + file + " is being restored by another process",
                "Start again when that has ended.",
                null);
    }

    /** Does it; what was there is then in the directory that is returned. If it fails, everything is as before. */
    Path replaceBy(Path copy, String label, Trial trial) throws SQLException, IOException {
        if (!copy.equals(staged)) {
            throw new IllegalArgumentException("The copy must lie at " + staged);
        }
        recover(file);
        SqliteAlone.require(file);
        Path aside = unused(label);
        try (FileChannel channel = FileChannel.open(journal, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            try {
                write(channel, aside);
                exchange(aside);
                trial.run();
            } catch (SQLException | IOException | RuntimeException e) {
                undo(aside, e);
                throw e;
            }
            Files.delete(journal);
            Durable.directory(file);
            lock.release();
        }
        return aside;
    }

    // What lies there already is of another restore, and must not be put back if this one fails.
    private Path unused(String label) {
        Path aside = beside(REPLACED + label);
        for (int i = 2; Files.exists(aside, LinkOption.NOFOLLOW_LINKS); i++) {
            aside = beside(REPLACED + label + "-" + i);
        }
        return aside;
    }

    private void write(FileChannel channel, Path aside) throws IOException {
        ByteBuffer name = StandardCharsets.UTF_8.encode(String.valueOf(aside.getFileName()));
        while (name.hasRemaining()) {
            channel.write(name);
        }
        channel.force(true);
        Durable.directory(file);
    }

    private void exchange(Path aside) throws IOException {
        FileAccess.copy(file, staged);
        Files.createDirectory(aside);
        for (String part : PARTS) {
            if (Files.exists(beside(part))) {
                Files.move(beside(part), aside.resolve(beside(part).getFileName()), StandardCopyOption.ATOMIC_MOVE);
            }
        }
        Durable.directory(aside.resolve(file.getFileName()));
        Durable.directory(file);
        Files.move(staged, file, StandardCopyOption.ATOMIC_MOVE);
        Durable.directory(file);
    }

    private void undo(Path aside, Exception failure) {
        try {
            if (Files.notExists(staged)) {
                takeOut();
            }
            moveBack(aside);
            Files.deleteIfExists(staged);
            Files.deleteIfExists(journal);
            Durable.directory(file);
        } catch (IOException e) {
            failure.addSuppressed(e);
            log.error(
                    "The database {} could not be put back; it is in {} and is put back at the next start",
                    file,
                    aside,
                    e);
        }
    }

    // What lies beside the new file is its own by now, and holds nothing that is not in it. The file goes last: until
    // then a
    // crash is one after it came into place.
    private void takeOut() throws IOException {
        for (String part : PARTS.subList(1, PARTS.size())) {
            Files.deleteIfExists(beside(part));
        }
        Files.move(file, staged, StandardCopyOption.ATOMIC_MOVE);
    }

    // The database comes last: as long as it is missing, nobody can open it without its log.
    private void moveBack(Path aside) throws IOException {
        for (int i = PARTS.size() - 1; i >= 0; i--) {
            Path target = beside(PARTS.get(i));
            Path moved = aside.resolve(target.getFileName());
            if (Files.exists(moved)) {
                Files.move(moved, target, StandardCopyOption.ATOMIC_MOVE);
            }
        }
        Durable.directory(file);
        Files.deleteIfExists(aside);
        Durable.directory(file);
    }
}
