package dev.dovetail.backup;

import dev.dovetail.backup.BackupException.Reason;
import dev.dovetail.datasource.PausedPools;
import dev.dovetail.datasource.RestoreListener;
import dev.dovetail.datasource.RoutingDataSource;
import dev.dovetail.engine.DamagedCopyException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Puts one backup in the place of the database. For who holds the directory. */
final class Restorer {

    private static final Logger log = LoggerFactory.getLogger(Restorer.class);

    private final Workshop shop;
    private final @Nullable RoutingDataSource dataSource;
    private final List<RestoreListener> listeners;

    /** @param dataSource whose connections are to be drained; null if nobody has any */
    Restorer(Workshop shop, @Nullable RoutingDataSource dataSource, List<RestoreListener> listeners) {
        this.shop = shop;
        this.dataSource = dataSource;
        this.listeners = listeners;
    }

    RestoreReport restore(String name, RunningWork work) throws SQLException, IOException {
        requireNoTransaction();
        Instant begun = shop.clock().instant();
        BackupDirectory directory = shop.directory();
        Path file = directory.resolve(name);
        BackupManifest manifest = directory.manifest(file);
        requireSameEngine(manifest);
        Path stage = shop.database().stage();
        Path copy = stage == null ? directory.temporary() : emptyAt(stage);
        try {
            Workshop.requireRoom(parent(copy), manifest.copySize());
            shop.requireIntact(file, manifest, work);
            shop.unpack(file, manifest, copy, work);
            WrittenThrough.file(copy);
            shop.requireContents(copy, manifest.contents(), work);
            return replace(copy, name, begun, work);
        } finally {
            Files.deleteIfExists(copy);
        }
    }

    private static void requireNoTransaction() {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new BackupException(
                    Reason.NOT_POSSIBLE,
                    "A restore ends every connection, so it cannot run in a transaction. Call it outside of one.");
        }
    }

    private void requireSameEngine(BackupManifest manifest) {
        if (!manifest.engine().equals(shop.engine())) {
            throw new BackupException(
                    Reason.NOT_POSSIBLE,
                    "Backup %s is of a %s database, and this one is %s. It can be restored by an application that is configured for %s."
                            .formatted(manifest.name(), manifest.engine(), shop.engine(), manifest.engine()));
        }
    }

    private Path emptyAt(Path stage) throws IOException {
        Files.createDirectories(parent(stage));
        return shop.directory().create(stage);
    }

    private static Path parent(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        return parent == null ? file : parent;
    }

    private RestoreReport replace(Path copy, String name, Instant begun, RunningWork work)
            throws SQLException, IOException {
        work.step("safety backup");
        String safety = safetyBackup(work);
        work.named(name);
        work.step("waiting for connections");
        long paused = System.nanoTime();
        Path replaced = whilePaused(copy, work);
        Duration pause = Duration.ofNanos(System.nanoTime() - paused);
        if (safety != null && replaced != null) {
            deleteReplaced(replaced);
        }
        Instant now = shop.clock().instant();
        log.warn("The database was replaced by backup {}; it was not available for {} ms", name, pause.toMillis());
        return new RestoreReport(
                name, now, Duration.between(begun, now), pause, safety, safety == null ? replaced : null);
    }

    // What cannot be read cannot be saved this way; its files are kept as they are.
    private @Nullable String safetyBackup(RunningWork work) throws IOException {
        try {
            return new BackupMaker(shop).make(work).name();
        } catch (SQLException | DamagedCopyException e) {
            requireFilesThatStay(e);
            log.warn("There is no backup of the database before the restore, because it cannot be read", e);
            return null;
        }
    }

    private void requireFilesThatStay(Exception failure) {
        if (shop.database().stage() == null) {
            throw new BackupException(
                    Reason.NOT_POSSIBLE,
                    "Nothing was restored, because no backup can be made of what is there, and it would be lost: "
                            + shop.explained("The backup before it failed", failure)
                                    .getMessage()
                            + ". Remove the cause, or restore the dump into another database with pg_restore.",
                    failure);
        }
    }

    private @Nullable Path whilePaused(Path copy, RunningWork work) throws SQLException, IOException {
        String label = BackupName.moment(shop.clock().instant());
        RoutingDataSource own = dataSource;
        if (own == null) {
            work.step("replacing");
            return shop.database().replace(copy, label);
        }
        try (PausedPools pools = own.pause()) {
            pools.drain(shop.settings().grace());
            work.step("replacing");
            Path replaced = replace(copy, label, own);
            listeners.forEach(Restorer::tell);
            return replaced;
        }
    }

    // Whoever cannot be asked any more may have come to an end before that: what is cached is not current either way.
    private @Nullable Path replace(Path copy, String label, RoutingDataSource own) throws SQLException, IOException {
        try {
            return shop.database().replace(copy, label);
        } finally {
            own.versions().replaced();
        }
    }

    private static void tell(RestoreListener listener) {
        try {
            listener.onRestore();
        } catch (RuntimeException e) {
            log.error("{} failed after a restore and may know what is not true any more", listener.getClass(), e);
        }
    }

    // The restore has succeeded by then, whatever becomes of this.
    private static void deleteReplaced(Path replaced) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(replaced)) {
            for (Path each : files) {
                Files.delete(each);
            }
            Files.delete(replaced);
        } catch (IOException e) {
            log.warn("What was replaced is no longer needed, but {} could not be removed", replaced, e);
        }
    }
}
