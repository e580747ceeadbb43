package dev.dovetail.backup;

import dev.dovetail.engine.BackupContents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes one backup. For who holds the directory. */
final class BackupMaker {

    private static final Logger log = LoggerFactory.getLogger(BackupMaker.class);

    private final Workshop shop;
    private final BackupSettings settings;
    private final BackupDirectory directory;
    private final @Nullable Long migratedFrom;

    BackupMaker(Workshop shop) {
        this(shop, null);
    }

    /** @param migratedFrom how many entries the history of migrations has, if further ones follow; null if not */
    BackupMaker(Workshop shop, @Nullable Long migratedFrom) {
        this.shop = shop;
        this.migratedFrom = migratedFrom;
        this.settings = shop.settings();
        this.directory = shop.directory();
    }

    BackupReport make(RunningWork work) throws SQLException, IOException {
        Instant begun = shop.clock().instant();
        String key = settings.encrypt() ? shop.codec().activeKey() : null;
        boolean compress = settings.compress() && !shop.database().compressesItself();
        requireRoom(compress || key != null);
        Instant moment = begun.truncatedTo(ChronoUnit.MILLIS);
        while (directory.has(name(moment, compress, key))) {
            moment = moment.plusMillis(1);
        }
        work.named(name(moment, compress, key));
        Path copy = directory.temporary();
        try {
            BackupManifest manifest = make(copy, moment, compress, key, work);
            Path path = directory.path(manifest.name());
            BackupReport report = BackupReport.of(
                    path, manifest, Duration.between(begun, shop.clock().instant()));
            tell(report);
            return report;
        } finally {
            Files.deleteIfExists(copy);
        }
    }

    private String name(Instant moment, boolean compress, @Nullable String key) {
        return BackupName.of(settings.application(), moment, shop.database().suffix(), compress, key != null);
    }

    private void requireRoom(boolean twice) throws SQLException, IOException {
        long size = shop.database().estimatedSize();
        Workshop.requireRoom(settings.directory(), twice ? 2 * size : size);
    }

    private BackupManifest make(Path copy, Instant moment, boolean compress, @Nullable String key, RunningWork work)
            throws SQLException, IOException {
        work.step("copying");
        BackupContents original = shop.database().copy(copy, work::advanced);
        BackupContents contents = shop.requireContents(copy, original, work);
        BackupManifest manifest = new BackupManifest(
                name(moment, compress, key),
                settings.application(),
                shop.engine(),
                moment,
                0,
                "",
                compress,
                key,
                Files.size(copy),
                "",
                contents,
                true,
                migratedFrom);
        return compress || key != null ? encoded(copy, manifest, work) : plain(copy, manifest, work);
    }

    private BackupManifest plain(Path copy, BackupManifest draft, RunningWork work) throws IOException {
        work.step("checksum");
        String sha256 = Digests.of(copy, work);
        BackupManifest manifest = draft.of(Files.size(copy), sha256, sha256);
        directory.publish(copy, manifest);
        return manifest;
    }

    // What was packed is unpacked once more: a backup that cannot be read is none.
    private BackupManifest encoded(Path copy, BackupManifest draft, RunningWork work) throws IOException {
        Path stored = directory.temporary();
        try {
            work.step("packing");
            String copySha256 = shop.codec().encode(copy, stored, draft.compressed(), draft.key(), work);
            Files.delete(copy);
            work.step("checksum");
            BackupManifest manifest = draft.of(Files.size(stored), Digests.of(stored, work), copySha256);
            work.step("unpacking");
            if (!shop.codec().digest(stored, manifest, work).equals(copySha256)) {
                throw new IOException("What was packed is not what comes out of it");
            }
            directory.publish(stored, manifest);
            return manifest;
        } finally {
            Files.deleteIfExists(stored);
        }
    }

    private static void tell(BackupReport report) {
        log.info(
                "Backup {}: {} bytes, {} tables, verified, in {} ms",
                report.path(),
                report.size(),
                report.rows().size(),
                report.duration().toMillis());
        if (report.foreignKeyViolations() > 0) {
            log.warn(
                    "Backup {} holds {} rows that refer to others that are not there, as the database does",
                    report.name(),
                    report.foreignKeyViolations());
        }
    }
}
