package dev.dovetail.actuator;

import dev.dovetail.Database;
import dev.dovetail.datasource.PoolStatus;
import dev.dovetail.datasource.RoutingDataSource;
import dev.dovetail.engine.AppliedSetting;
import dev.dovetail.engine.DatabaseError;
import dev.dovetail.engine.DatabaseFiles;
import dev.dovetail.engine.DatabaseInfo;
import dev.dovetail.engine.ErrorCode;
import dev.dovetail.monitoring.health.Finding;
import dev.dovetail.monitoring.health.HealthMonitor;
import dev.dovetail.monitoring.health.HealthReport;
import dev.dovetail.monitoring.health.StandardMetrics;
import dev.dovetail.monitoring.health.StandardRules;
import dev.dovetail.monitoring.health.StorageFailures;
import dev.dovetail.transaction.CircuitStates;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

/**
 * Health {@code dovetail}: which database answers, which settings are in force, how the pools stand; DOWN if it does not
 * answer, if the storage has failed, or if the file that is open is no longer the one the path names. Beside these, which are
 * looked at now, it says what the rules found last: they make it DEGRADED.
 */
public final class DatabaseHealthIndicator extends AbstractHealthIndicator {

    /** It works, but something is to be done. HTTP 200. */
    public static final Status DEGRADED = new Status("DEGRADED", "It works, but something is to be done");

    private final Database database;
    private final @Nullable RoutingDataSource dataSource;
    private final @Nullable DatabaseFiles files;
    private final @Nullable StorageFailures storageFailures;
    private final @Nullable CircuitStates circuit;
    private final @Nullable BackupHealth backups;
    private final @Nullable HealthMonitor monitor;

    /**
     * @param database the database
     * @param dataSource its data source, if it is Dovetail's
     * @param files its files, if it has any
     */
    public DatabaseHealthIndicator(
            Database database, @Nullable RoutingDataSource dataSource, @Nullable DatabaseFiles files) {
        this(database, dataSource, files, null, null, null, null);
    }

    /**
     * @param database the database
     * @param dataSource its data source, if it is Dovetail's
     * @param files its files, if it has any
     * @param storageFailures what statements have met, if somebody listens to them
     * @param circuit whether the database is asked at the moment, if somebody may refuse to
     * @param backups what to say of backups, if there are any
     * @param monitor knows what the rules found last; null if nobody evaluates them
     */
    public DatabaseHealthIndicator(
            Database database,
            @Nullable RoutingDataSource dataSource,
            @Nullable DatabaseFiles files,
            @Nullable StorageFailures storageFailures,
            @Nullable CircuitStates circuit,
            @Nullable BackupHealth backups,
            @Nullable HealthMonitor monitor) {
        super("The database does not answer");
        this.database = database;
        this.dataSource = dataSource;
        this.files = files;
        this.storageFailures = storageFailures;
        this.circuit = circuit;
        this.backups = backups;
        this.monitor = monitor;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        // What is found now and was found before is said once.
        Set<String> issues = new LinkedHashSet<>();
        Set<String> recommendations = new LinkedHashSet<>();
        builder.up();
        // Whoever asks the database itself now waits for the restore, and its files are nowhere for a moment.
        if (backups == null || !backups.add(builder, issues)) {
            checkDatabase(builder, issues, recommendations);
            if (monitor != null) {
                monitor.last().ifPresent(report -> addRules(builder, report, issues, recommendations));
            }
        }
        builder.withDetail("issues", List.copyOf(issues)).withDetail("recommendations", List.copyOf(recommendations));
    }

    private static void addRules(
            Health.Builder builder, HealthReport report, Set<String> issues, Set<String> recommendations) {
        List<Finding> findings = report.findings().stream()
                .filter(each -> !StandardRules.ANSWERED_AT_ONCE.contains(each.rule()))
                .toList();
        findings.forEach(each -> {
            issues.add(each.text());
            recommendations.add(each.recommendation());
        });
        boolean up = builder.build().getStatus().equals(Status.UP);
        if (findings.stream().anyMatch(each -> each.effect() == Finding.Effect.DOWN)) {
            builder.down();
        } else if (up && !findings.isEmpty()) {
            builder.status(DEGRADED);
        }
        builder.withDetail("metrics", report.metrics()).withDetail("evaluatedAt", report.evaluatedAt());
    }

    private void checkDatabase(Health.Builder builder, Collection<String> issues, Collection<String> recommendations) {
        checkFile(builder, issues, recommendations);
        if (storageFailures != null) {
            storageFailures.last().ifPresent(error -> fail(builder, error, issues, recommendations));
        }
        if (dataSource != null) {
            builder.withDetail("pools", pools(dataSource.pools()));
        }
        if (circuit != null) {
            builder.withDetail("circuit", circuit.states());
        }
        try {
            describe(builder, database.info(), issues);
        } catch (RuntimeException e) {
            fail(builder, database.describe(e).orElse(null), issues, recommendations);
        }
    }

    private void checkFile(Health.Builder builder, Collection<String> issues, Collection<String> recommendations) {
        if (files == null) {
            return;
        }
        builder.withDetail("file", file(files));
        if (!files.inPlace()) {
            builder.down();
            issues.add("The database file " + files.path()
                    + " was deleted or replaced while it is open; what is written" + " now is lost to everybody else");
            recommendations.add(
                    "Stop the application, put the right file in place together with its -wal, and start" + " again.");
        }
    }

    private static Map<String, Object> file(DatabaseFiles files) {
        Map<String, Object> file = new LinkedHashMap<>();
        file.put("path", files.path());
        file.put("bytes", files.size());
        file.put("writeAheadLogBytes", files.writeAheadLogSize());
        return file;
    }

    private static void describe(Health.Builder builder, DatabaseInfo info, Collection<String> issues) {
        builder.withDetail("engine", info.engine())
                .withDetail("flavour", info.flavour())
                .withDetail("version", info.version())
                .withDetail("settings", settings(info));
        for (AppliedSetting setting : info.settings()) {
            if (!setting.asExpected() && setting.importance() != AppliedSetting.Importance.OPTIONAL) {
                issues.add("Setting %s is %s instead of %s"
                        .formatted(setting.name(), setting.actual(), setting.expected()));
            }
        }
    }

    private static Map<String, Object> settings(DatabaseInfo info) {
        Map<String, Object> settings = new LinkedHashMap<>(info.runtime());
        for (AppliedSetting setting : info.settings()) {
            settings.put(
                    setting.name(),
                    setting.asExpected()
                            ? setting.actual()
                            : Map.of("expected", setting.expected(), "actual", setting.actual()));
        }
        return settings;
    }

    private static Map<String, Object> pools(List<PoolStatus> pools) {
        Map<String, Object> statuses = new LinkedHashMap<>();
        pools.forEach(pool -> statuses.put(pool.name(), StandardMetrics.shown(pool)));
        return statuses;
    }

    // The message of the cause may hold a host and a user, and health is often public: code and meaning are enough.
    private void fail(
            Health.Builder builder,
            @Nullable DatabaseError error,
            Collection<String> issues,
            Collection<String> recommendations) {
        builder.down();
        issues.add(issue(error));
        if (error != null && error.suggestion() != null) {
            recommendations.add(error.suggestion());
        }
    }

    // Why a circuit is open is what somebody must look into.
    private static String issue(@Nullable DatabaseError error) {
        if (error == null) {
            return "The database does not answer";
        }
        return error.code() + ": "
                + (error.code() == ErrorCode.CIRCUIT_OPEN
                        ? error.summary()
                        : error.code().meaning());
    }
}
