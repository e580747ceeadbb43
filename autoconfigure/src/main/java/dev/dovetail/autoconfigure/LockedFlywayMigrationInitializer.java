package dev.dovetail.autoconfigure;

import dev.dovetail.migration.MigrationLock;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationInitializer;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;

/** Boot's initializer, with the whole of a migration under the lock, the creation of the history table included. */
final class LockedFlywayMigrationInitializer extends FlywayMigrationInitializer {

    private final MigrationLock lock;

    LockedFlywayMigrationInitializer(Flyway flyway, @Nullable FlywayMigrationStrategy strategy, MigrationLock lock) {
        super(flyway, strategy);
        this.lock = lock;
    }

    @Override
    public void afterPropertiesSet() throws Exception {
        lock.during(super::afterPropertiesSet);
    }
}
