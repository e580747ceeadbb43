package dev.dovetail.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which backups go: those beyond the number that is kept, and those that are too old. Run when a new one was just verified, which is
 * the newest and always stays. Those that a wrong clock put into the future count as the oldest. What is damaged, of another
 * application or engine, or was put there by somebody is left alone.
 *
 * <p>Those made before a migration are counted apart, and of those before the same migration only the newest: an application that
 * is started again and again while its migration fails pushes out neither the regular ones nor the one before its first attempt.
 */
final class Rotation {

    private static final Logger log = LoggerFactory.getLogger(Rotation.class);

    private final BackupDirectory directory;
    private final BackupSettings settings;
    private final String engine;

    Rotation(Workshop shop) {
        this.directory = shop.directory();
        this.settings = shop.settings();
        this.engine = shop.engine();
    }

    /** @param made the one that was just made */
    void run(String made, Instant now) throws IOException {
        List<Path> surplus = new ArrayList<>();
        Set<Long> migrations = new HashSet<>();
        int kept = 0;
        int regular = 0;
        for (Path each : newestFirst(made, now)) {
            BackupManifest manifest = manifest(each);
            if (manifest == null) {
                continue;
            }
            Long migration = manifest.migratedFrom();
            boolean counts = migration == null
                    ? regular++ < settings.keepLast()
                    : migrations.add(migration) && migrations.size() <= settings.keepLast();
            if (kept > 0 && (!counts || isOld(manifest, now))) {
                surplus.add(each);
            } else {
                kept++;
            }
        }
        // From the oldest on, so that a crash in between leaves the newer ones.
        for (int i = surplus.size() - 1; i >= 0; i--) {
            remove(surplus.get(i));
        }
    }

    // Some are kept where nobody may remove them. The one that was just made is good all the same, and others may go.
    private void remove(Path backup) {
        try {
            directory.delete(backup);
            log.info("Backup {} was removed, as {} are kept", backup.getFileName(), kept());
        } catch (IOException e) {
            log.warn("Backup {} should be removed, as {} are kept, but cannot be", backup.getFileName(), kept(), e);
        }
    }

    private List<Path> newestFirst(String made, Instant now) throws IOException {
        List<Path> past = new ArrayList<>(List.of(directory.path(made)));
        List<Path> future = new ArrayList<>();
        for (Path each : directory.backups()) {
            if (BackupName.isOfFuture(String.valueOf(each.getFileName()), now)) {
                future.add(each);
            } else if (!each.equals(past.get(0))) {
                past.add(each);
            }
        }
        past.addAll(future);
        return past;
    }

    private @Nullable BackupManifest manifest(Path file) {
        try {
            BackupManifest manifest = directory.manifest(file);
            boolean ours = manifest.application().equals(settings.application())
                    && manifest.engine().equals(engine);
            return ours && manifest.verified() && manifest.size() == Files.size(file) ? manifest : null;
        } catch (IOException e) {
            return null;
        }
    }

    private boolean isOld(BackupManifest manifest, Instant now) {
        int days = settings.keepDays();
        return days > 0 && manifest.createdAt().isBefore(now.minus(Duration.ofDays(days)));
    }

    private String kept() {
        return settings.keepDays() == 0
                ? String.valueOf(settings.keepLast())
                : settings.keepLast() + " of the last " + settings.keepDays() + " days";
    }
}
