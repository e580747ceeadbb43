package dev.dovetail.backup;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where backups are and how they are made. Immutable.
 *
 * @param application with whose name theirs begin
 * @param directory in which they are
 * @param keepLast how many are kept, at least 1
 * @param keepDays how many days each is kept; 0 for no limit
 * @param compress whether they are compressed
 * @param encrypt whether they are encrypted
 * @param tool path of the program that makes copies, where one is needed; null to look for it
 * @param grace how long whoever uses a connection may go on when a backup is restored
 */
public record BackupSettings(
        String application,
        Path directory,
        int keepLast,
        int keepDays,
        boolean compress,
        boolean encrypt,
        @Nullable String tool,
        Duration grace) {

    /** How long whoever uses a connection may go on, unless something else is said. */
    public static final Duration DEFAULT_GRACE = Duration.ofSeconds(10);

    private static final int MOST = 100_000;
    private static final String UNNAMED = "app";

    /** @throws IllegalArgumentException if a value is out of range; names the property */
    public BackupSettings {
        directory = directory.toAbsolutePath().normalize();
        application = application.isEmpty() ? UNNAMED : application.replaceAll("[^A-Za-z0-9._-]", "_");
        requireRange("keep-last", keepLast, 1);
        requireRange("keep-days", keepDays, 0);
    }

    private static void requireRange(String property, int value, int least) {
        if (value < least || value > MOST) {
            throw new IllegalArgumentException(
                    "dovetail.backup.%s must be from %d to %d, but is %d".formatted(property, least, MOST, value));
        }
    }
}
