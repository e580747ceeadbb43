package dev.dovetail.contract.retention;

import static dev.dovetail.contract.retention.Retention.NOW;
import static dev.dovetail.contract.retention.Retention.rule;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.contract.EngineContract;
import dev.dovetail.contract.TestEngine;
import dev.dovetail.engine.EpochUnit;
import dev.dovetail.maintenance.retention.RetentionReport;
import dev.dovetail.maintenance.retention.RetentionRule;
import dev.dovetail.maintenance.retention.RetentionSweeper;
import dev.dovetail.schema.SchemaCatalog;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Retention on a data source that is not ours. */
@EngineContract
class ForeignDataSourceRetentionTests {

    private final Retention retention;

    ForeignDataSourceRetentionTests(TestEngine engine) {
        this.retention = Retention.on(engine);
    }

    @BeforeEach
    void oneOldRow() {
        retention.table("other", "id ${bigint} PRIMARY KEY, millis ${bigint}");
        retention.insert("INSERT INTO other VALUES (1, 1), (2, ?)", NOW.toEpochMilli());
    }

    @AfterAll
    static void stop() {
        Retention.stop();
    }

    private DataSource foreign() {
        Map<String, String> database = retention.application().databaseProperties();
        DriverManagerDataSource foreign =
                new DriverManagerDataSource(retention.application().dataSource().getUrl());
        foreign.setUsername(database.getOrDefault("spring.datasource.username", ""));
        foreign.setPassword(database.getOrDefault("spring.datasource.password", ""));
        return foreign;
    }

    private RetentionSweeper sweeper(DataSource dataSource, RetentionRule... rules) {
        return new RetentionSweeper(
                List.of(rules),
                retention.application().bean(SchemaCatalog.class),
                dataSource,
                Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private static RetentionRule millis(String table) {
        return rule(table, "millis", EpochUnit.MILLIS, null);
    }

    @Test
    void aDataSourceOfAnotherMakeWorksToo() {
        try (RetentionSweeper sweeper = sweeper(foreign(), millis("other"))) {
            sweeper.validate();
            assertThat(sweeper.sweep(false).rows()).isEqualTo(1);
        }
        assertThat(retention.ids("other")).containsExactly("2");
    }

    /** As a pool does that was closed, or a driver with a fault. */
    @Test
    void aTableAtWhichSomethingBreaksFailsAndOthersGoOn() {
        assertThat(errorOf(new IllegalStateException("out of luck"))).isEqualTo("IllegalStateException: out of luck");
    }

    @Test
    void whatTheDatabaseSaysOfARowIsNotTold() {
        assertThat(errorOf(new IllegalStateException("with 4711", new SQLException("of row 4711", "53300"))))
                .isNotNull()
                .doesNotContain("4711");
    }

    private @Nullable String errorOf(RuntimeException failure) {
        AtomicBoolean broken = new AtomicBoolean(true);
        DataSource breaking = new DelegatingDataSource(foreign()) {
            @Override
            public Connection getConnection() throws SQLException {
                if (broken.getAndSet(false)) {
                    throw failure;
                }
                return super.getConnection();
            }
        };
        retention.table("first", "id ${bigint} PRIMARY KEY, millis ${bigint}");
        try (RetentionSweeper sweeper = sweeper(breaking, millis("first"), millis("other"))) {
            RetentionReport report = sweeper.sweep(false);

            assertThat(report.isComplete()).isFalse();
            assertThat(report.tables().get(1).rows()).isEqualTo(1);
            assertThat(retention.ids("other")).containsExactly("2");
            return report.tables().get(0).error();
        }
    }
}
