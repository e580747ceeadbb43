package dev.dovetail.autoconfigure;

import dev.dovetail.migration.BackupBeforeMigration;
import dev.dovetail.migration.MigrationLock;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationInitializer;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;

/**
 * Boot's initializer, with the whole of a migration under the lock, the backup before it and the creation of the history table
 * included.
 */
final class LockedFlywayMigrationInitializer extends FlywayMigrationInitializer {

    private final Flyway flyway;
    private final boolean byStrategy;
    private final MigrationLock lock;
    private final BackupBeforeMigration backup;

    LockedFlywayMigrationInitializer(
            Flyway flyway,
            @Nullable FlywayMigrationStrategy strategy,
            MigrationLock lock,
            BackupBeforeMigration backup) {
        super(flyway, strategy);
        this.flyway = flyway;
        this.byStrategy = strategy != null;
        this.lock = lock;
        this.backup = backup;
    }

    @Override
    public void afterPropertiesSet() throws Exception {
        lock.during(() -> backup.around(flyway, byStrategy, super::afterPropertiesSet));
    }
}
