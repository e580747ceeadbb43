package dev.dovetail.autoconfigure;

import dev.dovetail.migration.BackupPolicy;
import org.jspecify.annotations.Nullable;

/**
 * How the database is migrated.
 *
 * @param backupBefore Whether a backup is made before scripts change a database that has tables. With 'true' set, nothing is
 *     migrated without one; without it, there is only a warning where none can be made at all.
 */
record MigrationProperties(@Nullable Boolean backupBefore) {

    BackupPolicy policy() {
        if (backupBefore == null) {
            return BackupPolicy.WHERE_POSSIBLE;
        }
        return backupBefore ? BackupPolicy.ALWAYS : BackupPolicy.NEVER;
    }
}
