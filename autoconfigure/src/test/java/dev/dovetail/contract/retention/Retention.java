package dev.dovetail.contract.retention;

import dev.dovetail.contract.SharedApplications;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import dev.dovetail.engine.EpochUnit;
import dev.dovetail.maintenance.retention.RetentionReport;
import dev.dovetail.maintenance.retention.RetentionRule;
import dev.dovetail.maintenance.retention.RetentionSweeper;
import dev.dovetail.maintenance.retention.SweptTable;
import dev.dovetail.schema.SchemaCatalog;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Applications on both engines, and rules at a fixed moment. */
final class Retention implements AutoCloseable {

    static final Instant NOW = Instant.parse("2026-07-15T10:11:12.131415Z");
    static final Duration KEPT = Duration.ofDays(90);
    static final Instant BOUNDARY = NOW.minus(KEPT);

    private static final SharedApplications APPLICATIONS =
            SharedApplications.with("dovetail.sqlite.busy-timeout=300ms", "dovetail.query-timeout=20s");

    private final TestApplication application;
    private final List<RetentionSweeper> sweepers = new ArrayList<>();

    Retention(TestApplication application) {
        this.application = application;
    }

    static Retention on(TestEngine engine) {
        return new Retention(APPLICATIONS.on(engine));
    }

    static void stop() {
        APPLICATIONS.close();
    }

    TestApplication application() {
        return application;
    }

    /** Makes the table anew, in the words of portable migrations. */
    void table(String name, String columns) {
        application.template().execute("DROP TABLE IF EXISTS " + name);
        application.define("CREATE TABLE " + name + " (" + columns + ")");
    }

    void insert(String sql, Object... values) {
        application.jdbc().sql(sql).params(values).update();
    }

    List<String> ids(String table) {
        return application
                .jdbc()
                .sql("SELECT id FROM " + table + " ORDER BY id")
                .query(String.class)
                .list();
    }

    long count(String table) {
        return application
                .jdbc()
                .sql("SELECT count(*) FROM " + table)
                .query(Long.class)
                .single();
    }

    static RetentionRule rule(String table, String column) {
        return rule(table, column, null, null);
    }

    static RetentionRule rule(String table, String column, @Nullable EpochUnit unit, @Nullable String where) {
        return new RetentionRule(table, column, unit, KEPT, 1000, where, Duration.ZERO);
    }

    RetentionSweeper sweeper(RetentionRule... rules) {
        RetentionSweeper sweeper = new RetentionSweeper(
                List.of(rules),
                application.bean(SchemaCatalog.class),
                application.dataSource(),
                Clock.fixed(NOW, ZoneOffset.UTC));
        sweepers.add(sweeper);
        return sweeper;
    }

    /** Validates, then deletes. */
    SweptTable sweep(RetentionRule rule) {
        RetentionSweeper sweeper = sweeper(rule);
        sweeper.validate();
        RetentionReport report = sweeper.sweep(false);
        return report.tables().get(0);
    }

    @Override
    public void close() {
        sweepers.forEach(RetentionSweeper::close);
    }
}
