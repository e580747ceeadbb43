package dev.dovetail.migration;

import dev.dovetail.backup.BackupException;
import dev.dovetail.backup.BackupException.Reason;
import dev.dovetail.backup.BackupReport;
import dev.dovetail.backup.Backups;
import dev.dovetail.engine.DatabaseStartException;
import dev.dovetail.engine.SqlDialect;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.Configuration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Makes one verified backup before a database is migrated in which there is something to lose: scripts are pending, and there are
 * tables of the application. Of several instances that start at once one makes it, and the others find nothing pending.
 *
 * <p>For the thread that starts the application.
 */
public final class BackupBeforeMigration implements SmartInitializingSingleton {

    private static final Logger logger = LoggerFactory.getLogger(BackupBeforeMigration.class);
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final BackupPolicy policy;
    private final @Nullable Backups backups;
    private final SqlDialect sql;
    private final Duration patience;
    private @Nullable BackupReport made;

    /**
     * @param backups null if this database cannot be backed up
     * @param sql how the database says whether a lock was taken
     * @param patience how long to wait for another instance, and for another backup in the same directory
     */
    public BackupBeforeMigration(BackupPolicy policy, @Nullable Backups backups, SqlDialect sql, Duration patience) {
        this.policy = policy;
        this.backups = backups;
        this.sql = sql;
        this.patience = patience;
    }

    /**
     * Migrates, after a backup if one is needed.
     *
     * @param flyway what will migrate
     * @param byStrategy whether a strategy of the application's decides how, and may repair, baseline or clean before
     * @throws DatabaseStartException if there must be a backup and none could be made; nothing was migrated then
     * @throws MigrationFailedException if there is a backup, and migrating failed
     * @throws E what migrating throws, if there is no backup
     */
    public <E extends Exception> void around(Flyway flyway, boolean byStrategy, MigrationLock.Work<E> migration)
            throws E {
        if (policy == BackupPolicy.NEVER
                || !UpcomingMigrations.of(flyway, byStrategy).changeTables()) {
            migration.run();
            return;
        }
        // Another instance may have migrated since.
        lock(flyway.getConfiguration()).during(() -> {
            UpcomingMigrations upcoming = UpcomingMigrations.of(flyway, byStrategy);
            made = upcoming.changeTables() ? backUp(upcoming.applied()) : null;
            migrate(migration);
        });
    }

    private MigrationLock lock(Configuration configuration) {
        String query = sql.tryLock();
        return query == null
                ? MigrationLock.none()
                : MigrationLock.in(configuration.getDataSource(), query, configuration.getTable(), patience);
    }

    private <E extends Exception> void migrate(MigrationLock.Work<E> migration) throws E {
        BackupReport before = made;
        if (before == null) {
            migration.run();
            return;
        }
        try {
            migration.run();
        } catch (Exception e) {
            throw new MigrationFailedException(before.name(), e);
        }
    }

    private @Nullable BackupReport backUp(long applied) {
        try {
            Backups own = possible();
            logger.info("Migrations are pending: the database is backed up first");
            return patiently(own, applied);
        } catch (BackupException e) {
            if (policy == BackupPolicy.WHERE_POSSIBLE && e.reason() == Reason.NOT_POSSIBLE) {
                logger.warn(
                        "The database is migrated without a backup before. {} dovetail.migration.backup-before=false says that"
                                + " none is wanted, and true that nothing is migrated without one.",
                        sentence(e));
                return null;
            }
            throw new DatabaseStartException(
                    "Nothing was migrated, because there is no backup of the database before. " + sentence(e),
                    "Correct that and start again. dovetail.backup.directory says where backups are kept;"
                            + " dovetail.migration.backup-before=false migrates without one.",
                    e);
        }
    }

    private Backups possible() {
        Backups own = backups;
        if (own == null) {
            throw new BackupException(
                    Reason.NOT_POSSIBLE,
                    "The data source is the application's own, and Dovetail backs up only its own");
        }
        own.requirePossible();
        return own;
    }

    private BackupReport patiently(Backups own, long applied) {
        long since = System.nanoTime();
        while (true) {
            try {
                return own.backupBeforeMigration(applied);
            } catch (BackupException e) {
                boolean patient = Duration.ofNanos(System.nanoTime() - since).compareTo(patience) < 0;
                if (e.reason() != Reason.ALREADY_RUNNING || !patient || !paused()) {
                    throw e;
                }
            }
        }
    }

    private static boolean paused() {
        LockSupport.parkNanos(PAUSE.toNanos());
        return !Thread.currentThread().isInterrupted();
    }

    private static String sentence(BackupException failure) {
        String message = String.valueOf(failure.getMessage());
        return message.endsWith(".") ? message : message + ".";
    }

    /** Tells listeners of the backup, now that they may use the database. */
    @Override
    public void afterSingletonsInstantiated() {
        BackupReport before = made;
        Backups own = backups;
        if (before != null && own != null) {
            own.announce(before);
        }
    }
}
