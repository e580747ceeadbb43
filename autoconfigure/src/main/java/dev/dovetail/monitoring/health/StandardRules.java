package dev.dovetail.monitoring.health;

import dev.dovetail.datasource.Outage;
import dev.dovetail.datasource.RoutingDataSource;
import dev.dovetail.engine.ConnectionRole;
import dev.dovetail.engine.DatabaseEngine;
import dev.dovetail.engine.DatabaseFiles;
import dev.dovetail.engine.DatabaseInfo;
import dev.dovetail.engine.EngineConnections;
import dev.dovetail.engine.HealthProbe;
import dev.dovetail.engine.Threshold;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The rules that need nothing but the database. */
public final class StandardRules {

    static final String DATABASE = "database";
    static final String DATABASE_FILE = "database-file";
    static final String STORAGE = "storage";
    static final String SETTINGS = "settings";
    static final String WRITE_AHEAD_LOG = "write-ahead-log";

    /** Rules whose question is answered anew whenever health is asked for, so that what they found last is too old. */
    public static final Set<String> ANSWERED_AT_ONCE = Set.of(DATABASE, DATABASE_FILE, STORAGE);

    private StandardRules() {}

    /**
     * Those of a database behind a data source.
     *
     * @param connections where its connections come from; null if the data source is the application's own
     * @param failures what statements have met of the storage; null if nobody listens to them
     * @param figures what statements have done; null if nobody counts them
     */
    public static List<HealthRule> of(
            DatabaseEngine engine,
            DataSource dataSource,
            @Nullable EngineConnections connections,
            @Nullable StorageFailures failures,
            QueryFigures.@Nullable Source figures) {
        RoutingDataSource own = RoutingDataSource.behind(dataSource);
        List<HealthRule> rules = new ArrayList<>(basic(engine, dataSource, own));
        if (failures != null) {
            rules.add(new StorageRule(failures));
        }
        DatabaseFiles files = connections == null ? null : connections.files();
        if (files != null) {
            rules.addAll(ofFiles(files));
        }
        if (own != null) {
            rules.add(new PoolUseRule(own::loads, System::nanoTime));
            rules.add(new HeldConnectionRule(own::loads));
        }
        if (figures != null) {
            rules.addAll(StatementRule.all(figures));
        }
        rules.addAll(ofEngine(engine, dataSource, connections));
        return rules;
    }

    /** The thresholds of all rules of this kind, whichever database there is, by their ids; null where one compares nothing. */
    public static Map<String, @Nullable Threshold> thresholds() {
        Map<String, @Nullable Threshold> thresholds = new LinkedHashMap<>();
        List.of(DATABASE, DATABASE_FILE, STORAGE, SETTINGS).forEach(id -> thresholds.put(id, null));
        thresholds.put(WRITE_AHEAD_LOG, WriteAheadLogRule.THRESHOLD);
        thresholds.put(HeldConnectionRule.ID, HeldConnectionRule.THRESHOLD);
        thresholds.put(SlowestStatementRule.ID, SlowestStatementRule.THRESHOLD);
        List<HealthRule> others = new ArrayList<>(List.of(new PoolUseRule(List::of, System::nanoTime)));
        others.addAll(DiskRule.all("", () -> new DiskRule.Space(0, 0)));
        others.addAll(StatementRule.all(() -> new QueryFigures(0, 0, 0, Duration.ZERO)));
        others.forEach(rule -> thresholds.put(rule.id(), rule.threshold()));
        return thresholds;
    }

    /** Those that every database has. */
    public static List<HealthRule> basic(DatabaseEngine engine, DataSource dataSource) {
        return basic(engine, dataSource, RoutingDataSource.behind(dataSource));
    }

    private static List<HealthRule> basic(
            DatabaseEngine engine, DataSource dataSource, @Nullable RoutingDataSource own) {
        Callable<DatabaseInfo> description = own == null ? () -> describe(engine, dataSource) : own::describe;
        Supplier<List<Outage>> outages = own == null ? List::of : own::outages;
        return List.of(new DatabaseRule(engine, description, outages), new SettingsRule(description));
    }

    private static DatabaseInfo describe(DatabaseEngine engine, DataSource dataSource) throws Exception {
        try (Connection connection = dataSource.getConnection()) {
            return engine.describe(connection);
        }
    }

    private static List<HealthRule> ofFiles(DatabaseFiles files) {
        List<HealthRule> rules = new ArrayList<>(List.of(new DatabaseFileRule(files), new WriteAheadLogRule(files)));
        rules.addAll(DiskRule.all(files.path(), () -> DiskRule.Space.around(files)));
        return rules;
    }

    private static List<HealthRule> ofEngine(
            DatabaseEngine engine, DataSource dataSource, @Nullable EngineConnections connections) {
        boolean readers = connections != null && connections.readerPool() != null;
        ProbeConnections opening =
                connections == null ? ProbeConnections.of(dataSource) : ProbeConnections.of(connections);
        List<HealthRule> rules = new ArrayList<>();
        for (HealthProbe probe : engine.healthProbes()) {
            if (readers || probe.role() != ConnectionRole.READER) {
                rules.add(new ProbeRule(probe, engine, opening));
            }
        }
        return rules;
    }
}
