package dev.dovetail.contract.advice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dovetail.contract.EngineContract;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import dev.dovetail.datasource.RoutingDataSource;
import dev.dovetail.engine.DatabaseEngine;
import dev.dovetail.engine.IndexCandidate;
import dev.dovetail.engine.IndexCandidate.Column;
import dev.dovetail.engine.IndexInfo;
import dev.dovetail.engine.PlanTrial;
import dev.dovetail.engine.PlanTrials;
import dev.dovetail.engine.TableInfo;
import dev.dovetail.engine.TrialPlan;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A trial is apart from the database: it changes nothing, holds nobody up, and leaves nothing when it is killed. */
@EngineContract
class PlanTrialTests {

    private final TestEngine engine;
    private final TestApplication application;
    private final Connection connection;
    private Map<String, TableInfo> person = Map.of();

    PlanTrialTests(TestEngine engine) throws SQLException {
        this.engine = engine;
        this.application = TestApplication.on(engine);
        this.connection =
                application.bean(RoutingDataSource.class).maintenance().getConnection();
    }

    @BeforeEach
    void fill() throws SQLException {
        application
                .template()
                .execute("CREATE TABLE person (id integer PRIMARY KEY, email text NOT NULL, age integer)");
        application.template().execute("""
                INSERT INTO person WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
                SELECT i, 'somebody' || i || '@example.org', i % 90 FROM n""");
        application.template().execute("ANALYZE");
        person = tables().stream()
                .filter(table -> table.name().equals("person"))
                .collect(Collectors.toMap(TableInfo::name, table -> table));
    }

    private List<TableInfo> tables() throws SQLException {
        try (Connection another =
                application.bean(RoutingDataSource.class).maintenance().getConnection()) {
            return application.bean(DatabaseEngine.class).tables(another);
        }
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
        application.close();
    }

    private PlanTrials.Session open() throws SQLException {
        return Objects.requireNonNull(application.bean(DatabaseEngine.class).planTrials())
                .open(connection);
    }

    private TableInfo table() {
        return Objects.requireNonNull(person.get("person"));
    }

    private IndexCandidate on(String... columns) {
        return new IndexCandidate(
                table().schema(),
                "person",
                List.of(columns).stream().map(Column::of).toList());
    }

    @Test
    void thePlannerSaysWhichOfTheTriedIndexesItWouldUse() throws SQLException {
        try (PlanTrials.Session session = open();
                PlanTrial trial = session.begin("SELECT * FROM person WHERE email = ?", person)) {
            TrialPlan before = trial.plan(List.of());
            TrialPlan after = trial.plan(List.of(on("age"), on("email")));
            TrialPlan without = trial.plan(List.of(on("age")));
            TrialPlan again = trial.plan(List.of(on("email")));

            assertThat(before.scanned()).containsExactly("person");
            assertThat(after.scanned()).isEmpty();
            assertThat(after.used()).containsExactly(on("email"));
            assertThat(after.text()).contains("idx_person_email").doesNotContain("dovetail_trial");
            assertThat(without.scanned()).containsExactly("person");
            assertThat(without.used()).isEmpty();
            assertThat(again.used()).containsExactly(on("email"));
            assertThat(trial.rows(table())).isBetween(19_000L, 21_000L);
        }
    }

    @Test
    void namesWithTheirSchemaAreTriedTooAndNothingIsRun() throws SQLException {
        String schema = engine == TestEngine.SQLITE ? "main" : "public";
        try (PlanTrials.Session session = open();
                PlanTrial trial = session.begin("DELETE FROM " + schema + ".person WHERE email <> ?", person)) {
            assertThat(trial.plan(List.of(on("email"))).used()).isEmpty();
        }
        try (PlanTrials.Session session = open();
                PlanTrial trial = session.begin("DELETE FROM " + schema + ".person WHERE email = ?", person)) {
            assertThat(trial.plan(List.of(on("email"))).used()).containsExactly(on("email"));
        }
        assertThat(application.template().queryForObject("SELECT count(*) FROM person", Long.class))
                .isEqualTo(20_000);
    }

    @Test
    void whatCannotBePlannedStopsNoOtherTrial() throws SQLException {
        try (PlanTrials.Session session = open()) {
            assertThatThrownBy(() -> {
                        try (PlanTrial trial = session.begin("SELECT * FROM person WHERE nothing = ?", person)) {
                            trial.plan(List.of());
                        }
                    })
                    .isInstanceOf(SQLException.class);
            try (PlanTrial trial = session.begin("SELECT * FROM person WHERE email IN (?, …)", person)) {
                assertThat(trial.plan(List.of(on("email"))).used()).containsExactly(on("email"));
            }
        }
    }

    @Test
    void whileATrialGoesOnOthersReadAndWriteAndSeeNothingOfIt() throws SQLException {
        try (PlanTrials.Session session = open();
                PlanTrial trial = session.begin("SELECT * FROM person WHERE email = ?", person)) {
            assertThat(trial.plan(List.of(on("email"))).used()).containsExactly(on("email"));

            application.template().update("INSERT INTO person VALUES (20001, 'new@example.org', 1)");
            assertThat(tables().stream()
                            .flatMap(table -> table.indexes().stream())
                            .map(IndexInfo::name))
                    .doesNotContain("dovetail_trial_0");
            if (engine == TestEngine.POSTGRESQL) {
                assertThat(application.template().queryForList("""
                        SELECT mode FROM pg_locks WHERE relation = 'public.person'::regclass AND pid <> pg_backend_pid()""", String.class))
                        .containsOnly("AccessShareLock");
            }
        }
        assertThat(application.template().queryForObject("SELECT count(*) FROM person", Long.class))
                .isEqualTo(20_001);
    }

    @Test
    void whenATrialIsKilledNothingOfItIsLeft() throws SQLException {
        List<Map<String, Object>> before = everything();
        PlanTrials.Session session = open();
        PlanTrial trial = session.begin("SELECT * FROM person WHERE email = ?", person);
        assertThat(trial.plan(List.of(on("email"))).used()).containsExactly(on("email"));

        kill();

        Awaitility.await().untilAsserted(() -> assertThat(everything()).isEqualTo(before));
    }

    private void kill() throws SQLException {
        if (engine == TestEngine.SQLITE) {
            connection.close();
            return;
        }
        int backend = connection.unwrap(org.postgresql.PGConnection.class).getBackendPID();
        application.template().queryForList("SELECT pg_terminate_backend(" + backend + ")");
    }

    private List<Map<String, Object>> everything() {
        return application.template().queryForList(engine == TestEngine.SQLITE ? """
                SELECT type, name, sql, (SELECT data_version FROM pragma_data_version) AS version FROM sqlite_schema""" : """
                SELECT c.oid, c.relname, n.nspname FROM pg_namespace n LEFT JOIN pg_class c ON c.relnamespace = n.oid
                 ORDER BY n.oid, c.oid""");
    }

    @Test
    void theConnectionIsGivenBackAsItWas() throws SQLException {
        try (PlanTrials.Session session = open();
                PlanTrial trial = session.begin("SELECT * FROM person WHERE email = ?", person)) {
            assertThat(trial.plan(List.of(on("email"))).used()).hasSize(1);
        }
        assertThat(connection.getAutoCommit()).isTrue();
        try (Statement statement = connection.createStatement()) {
            assertThat(statement.executeUpdate("DELETE FROM person WHERE id = 1"))
                    .isEqualTo(1);
        }
    }
}
