package dev.dovetail.migration;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;
import org.flywaydb.core.api.configuration.Configuration;

/**
 * What migrating would do now.
 *
 * @param changeTables whether it would change a database in which there are tables
 * @param applied how many entries the history has
 */
record UpcomingMigrations(boolean changeTables, long applied) {

    private static final String[] TABLES = {"TABLE", "PARTITIONED TABLE"};
    private static final String OURS = "dovetail_";

    /** @param byStrategy whether the application decides how to migrate, and may repair or baseline before */
    static UpcomingMigrations of(Flyway flyway, boolean byStrategy) {
        Configuration configuration = flyway.getConfiguration();
        MigrationInfoService info = flyway.info();
        boolean something = byStrategy
                ? info.pending().length > 0 || hasFailed(info)
                : Arrays.stream(info.pending()).anyMatch(each -> isAboveBaseline(each, info, configuration));
        return new UpcomingMigrations(something && meetTables(configuration, byStrategy), rank(info));
    }

    private static boolean hasFailed(MigrationInfoService info) {
        return Arrays.stream(info.applied()).anyMatch(each -> each.getState().isFailed());
    }

    // Those that a baseline will take for done are still said to be pending.
    private static boolean isAboveBaseline(
            MigrationInfo pending, MigrationInfoService info, Configuration application) {
        boolean baselines = application.isBaselineOnMigrate() && info.applied().length == 0;
        return !baselines
                || pending.getVersion() == null
                || pending.getVersion().compareTo(application.getBaselineVersion()) > 0;
    }

    private static long rank(MigrationInfoService info) {
        return Arrays.stream(info.applied())
                .mapToLong(MigrationInfo::getInstalledRank)
                .max()
                .orElse(0);
    }

    // Tables without a history are refused by Flyway, unless it is told to take them for a baseline.
    private static boolean meetTables(Configuration configuration, boolean byStrategy) {
        Set<String> tables = tables(configuration);
        boolean hasHistory = tables.remove(configuration.getTable().toLowerCase(Locale.ROOT));
        tables.removeIf(table -> table.startsWith(OURS));
        return !tables.isEmpty() && (hasHistory || byStrategy || configuration.isBaselineOnMigrate());
    }

    private static Set<String> tables(Configuration configuration) {
        Set<String> tables = new HashSet<>();
        try (Connection connection = configuration.getDataSource().getConnection();
                ResultSet found = connection.getMetaData().getTables(connection.getCatalog(), null, "%", TABLES)) {
            while (found.next()) {
                tables.add(found.getString("TABLE_NAME").toLowerCase(Locale.ROOT));
            }
        } catch (SQLException e) {
            throw new IllegalStateException("The tables of the database cannot be listed before it is migrated", e);
        }
        return tables;
    }
}
