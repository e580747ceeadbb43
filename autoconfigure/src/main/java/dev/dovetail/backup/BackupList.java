package dev.dovetail.backup;

import dev.dovetail.backup.BackupException.Reason;
import dev.dovetail.engine.DamagedCopyException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What is known of the backups in a directory: what their manifests say, and what was found when they were read. */
final class BackupList {

    private final BackupDirectory directory;
    private final String application;
    private final String engine;
    private final Map<String, String> damaged = new ConcurrentHashMap<>();

    /**
     * @param application whose backups are its own
     * @param engine of the database that they are of: an application that has moved leaves others behind
     */
    BackupList(BackupDirectory directory, String application, String engine) {
        this.directory = directory;
        this.application = application;
        this.engine = engine;
    }

    /** Remembers that one is damaged. */
    void damaged(String name, String problem) {
        damaged.put(name, problem);
    }

    /** Remembers that one is in order. */
    void sound(String name) {
        damaged.remove(name);
    }

    /** All there are, newest first. */
    List<BackupReport> all() {
        List<BackupReport> reports = new ArrayList<>();
        files().forEach(each -> reports.add(report(each)));
        return reports;
    }

    /** Those of this application and engine, newest first; of what is damaged nobody knows the engine. */
    List<BackupReport> own() {
        return all().stream()
                .filter(each -> BackupName.applicationOf(each.name()).equals(application))
                .filter(each -> each.engine().equals(engine) || each.engine().isEmpty())
                .toList();
    }

    /** The newest good one of these, of those in the future only if there is no other; null if there is none. */
    @Nullable
    BackupReport newest(Instant now) {
        List<BackupReport> good = own().stream().filter(BackupReport::verified).toList();
        return good.stream()
                .filter(each -> !BackupName.isOfFuture(each.name(), now))
                .findFirst()
                .orElse(good.isEmpty() ? null : good.get(0));
    }

    private List<Path> files() {
        try {
            return directory.backups();
        } catch (IOException e) {
            throw new BackupException(Reason.FAILED, "The backups in " + directory + " cannot be listed", e);
        }
    }

    /** One of them. */
    BackupReport report(Path file) {
        String known = damaged.get(String.valueOf(file.getFileName()));
        try {
            if (known == null) {
                BackupManifest manifest = directory.manifest(file);
                if (manifest.size() == Files.size(file)) {
                    return BackupReport.of(file, manifest, Duration.ZERO);
                }
                known = "It is " + Files.size(file) + " bytes long instead of " + manifest.size();
            }
            return BackupReport.damaged(file, Files.getLastModifiedTime(file).toInstant(), Files.size(file), known);
        } catch (DamagedCopyException e) {
            return BackupReport.damaged(file, Instant.EPOCH, 0, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return BackupReport.damaged(file, Instant.EPOCH, 0, "It cannot be read: " + e.getMessage());
        }
    }
}
