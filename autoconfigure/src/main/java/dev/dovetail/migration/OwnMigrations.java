package dev.dovetail.migration;

import java.util.Arrays;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;
import org.flywaydb.core.api.configuration.Configuration;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/**
 * The tables that the layer itself needs, kept up to date with a history of their own. They lie beside the application's
 * tables and are created by the same database user.
 *
 * <p>Scripts: {@code <root>/common} for every engine, {@code <root>/<engine>} for what differs. Safe for use by several
 * threads and several instances at once.
 */
public final class OwnMigrations {

    /** Where the layer's scripts lie on the class path. */
    public static final String ROOT = "db/dovetail";

    /** The table that remembers which of them were applied. */
    public static final String HISTORY_TABLE = "dovetail_schema_history";

    /** Below every script: the schema is never empty, because the application's history is there already. */
    private static final String BEFORE_FIRST = "0";

    private final FluentConfiguration configuration;
    private final MigrationLock lock;

    /**
     * @param application how the application migrates: its data source, schema and initial SQL are used here, too
     * @param migrations the engine's words and folders
     * @param lock keeps other instances out while this one migrates
     * @param root where the scripts lie on the class path, {@link #ROOT} but for tests
     */
    public OwnMigrations(Configuration application, PortableMigrations migrations, MigrationLock lock, String root) {
        this.configuration = settings(application)
                .locations(
                        "classpath:" + root + "/common",
                        "classpath:" + root + "/" + migrations.engine().name());
        this.lock = lock;
        migrations.configure(configuration);
    }

    private static FluentConfiguration settings(Configuration application) {
        FluentConfiguration own = Flyway.configure(application.getClassLoader())
                .dataSource(application.getDataSource())
                .initSql(application.getInitSql())
                .connectRetries(application.getConnectRetries())
                .lockRetryCount(application.getLockRetryCount())
                .table(HISTORY_TABLE)
                .baselineVersion(BEFORE_FIRST)
                .validateMigrationNaming(true);
        return besideTheApplications(own, application);
    }

    private static FluentConfiguration besideTheApplications(FluentConfiguration own, Configuration application) {
        if (application.getDefaultSchema() != null) {
            own.defaultSchema(application.getDefaultSchema());
        }
        return own.schemas(application.getSchemas());
    }

    /**
     * Applies what is not applied yet. Without a script the database is not touched at all.
     *
     * @return how many scripts were applied
     */
    public int apply() {
        if (configuration
                .getResourceProvider()
                .getResources("", configuration.getSqlMigrationSuffixes())
                .isEmpty()) {
            return 0;
        }
        Flyway flyway = configuration.load();
        if (isUpToDate(flyway.info())) {
            return 0;
        }
        int[] applied = new int[1];
        lock.during(() -> applied[0] = migrate(flyway));
        return applied[0];
    }

    // What nearly every start finds. Whatever differs from it in any way is for Flyway to judge.
    private static boolean isUpToDate(MigrationInfoService info) {
        MigrationInfo[] all = info.all();
        return all.length > 0 && Arrays.stream(all).allMatch(OwnMigrations::isDone);
    }

    private static boolean isDone(MigrationInfo each) {
        return switch (each.getState()) {
            case BASELINE -> true;
            case SUCCESS -> each.isChecksumMatching() && each.isDescriptionMatching() && each.isTypeMatching();
            default -> false;
        };
    }

    private static int migrate(Flyway flyway) {
        // Not baselineOnMigrate: it baselines only a schema that is not empty at that moment, on which two instances
        // may disagree. A baseline that both of them write in the same way cannot go wrong.
        if (flyway.info().applied().length == 0) {
            flyway.baseline();
        }
        return flyway.migrate().migrationsExecuted;
    }
}
