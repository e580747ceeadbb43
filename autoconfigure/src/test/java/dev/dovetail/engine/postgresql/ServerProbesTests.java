package dev.dovetail.engine.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.dovetail.contract.OwnThread;
import dev.dovetail.engine.HealthProbe;
import dev.dovetail.engine.ProbeFinding;
import dev.dovetail.engine.Severity;
import dev.dovetail.engine.Threshold;
import dev.dovetail.test.ConnectionInfo;
import dev.dovetail.test.PostgresServer;
import dev.dovetail.test.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each question with something that it must find, and something that it must not. */
class ServerProbesTests {

    private final TestDatabase database = PostgresServer.shared().newDatabase();
    private final List<Connection> open = new ArrayList<>();
    private Connection connection;

    @BeforeEach
    void connect() throws SQLException {
        connection = another();
    }

    @AfterEach
    void close() throws SQLException {
        for (Connection each : open) {
            each.close();
        }
    }

    private Connection another() throws SQLException {
        return open(database.info());
    }

    private Connection superuser() throws SQLException {
        ConnectionInfo server = PostgresServer.shared().superuser();
        String url = "jdbc:postgresql://%s:%d/%s"
                .formatted(server.host(), server.port(), database.info().database());
        Connection opened = DriverManager.getConnection(url, server.username(), server.password());
        open.add(opened);
        return opened;
    }

    private Connection open(ConnectionInfo info) throws SQLException {
        Connection opened = DriverManager.getConnection(info.jdbcUrl(), info.username(), info.password());
        open.add(opened);
        return opened;
    }

    private static void execute(Connection on, String... statements) throws SQLException {
        try (Statement statement = on.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }

    private static HealthProbe probe(String id) {
        return ServerProbes.all().stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private List<ProbeFinding> ask(String id) throws SQLException {
        Threshold threshold = probe(id).threshold();
        return ask(id, threshold == null ? 0 : threshold.value());
    }

    private List<ProbeFinding> ask(String id, double threshold) throws SQLException {
        return probe(id).run(connection, threshold);
    }

    @Test
    void whoeverAsksUnderstandsEveryQuestionAndAnEmptyDatabaseIsWell() throws SQLException {
        for (Connection each : List.of(connection, superuser())) {
            for (HealthProbe probe : ServerProbes.all()) {
                Threshold threshold = probe.threshold();
                assertThat(probe.run(each, threshold == null ? 0 : threshold.value()))
                        .as(probe.id())
                        .filteredOn(found -> !probe.id().equals("replication-slots"))
                        .isEmpty();
            }
        }
        assertThat(ServerProbes.all())
                .extracting(HealthProbe::id)
                .doesNotHaveDuplicates()
                .hasSize(16);
    }

    @Test
    void longStatements() throws Exception {
        Connection other = another();
        CompletableFuture<Void> running = OwnThread.run(() ->
                assertThatThrownBy(() -> execute(other, "SELECT pg_sleep(60)")).isInstanceOf(SQLException.class));
        Awaitility.await()
                .untilAsserted(() -> assertThat(ask("long-statements", 0.2))
                        .singleElement()
                        .satisfies(found -> {
                            assertThat(found.text()).contains("1 statements have been running for longer than 200 ms");
                            assertThat(found.recommendation()).contains("pg_cancel_backend(" + pid(other) + ")");
                            assertThat(found.text() + found.recommendation()).doesNotContain("pg_sleep");
                        }));
        assertThat(ask("long-statements")).isEmpty();
        execute(connection, "SELECT pg_cancel_backend(" + pid(other) + ")");
        running.get(10, TimeUnit.SECONDS);
    }

    private static int pid(Connection of) throws SQLException {
        return of.unwrap(org.postgresql.PGConnection.class).getBackendPID();
    }

    @Test
    void idleTransactions() throws SQLException {
        Connection other = another();
        other.setAutoCommit(false);
        execute(other, "SELECT 1");

        assertThat(ask("idle-transactions", 0)).singleElement().satisfies(found -> {
            assertThat(found.text()).contains("pid " + pid(other));
            assertThat(found.severity()).isEqualTo(Severity.HIGH);
        });
        assertThat(ask("idle-transactions")).isEmpty();
        other.rollback();
        assertThat(ask("idle-transactions", 0)).isEmpty();
    }

    @Test
    void blockedStatements() throws Exception {
        execute(connection, "CREATE TABLE item (id int PRIMARY KEY)", "INSERT INTO item VALUES (1)");
        Connection holder = another();
        Connection waiter = another();
        holder.setAutoCommit(false);
        execute(holder, "UPDATE item SET id = 2");
        CompletableFuture<Void> waiting = OwnThread.run(() ->
                assertThatCode(() -> execute(waiter, "UPDATE item SET id = 3")).doesNotThrowAnyException());

        Awaitility.await()
                .untilAsserted(() -> assertThat(ask("blocked-statements", 0.1))
                        .singleElement()
                        .satisfies(found -> assertThat(found.text())
                                .contains("pid " + pid(waiter) + ", which waits for pid " + pid(holder))));
        assertThat(ask("blocked-statements", 60)).isEmpty();
        holder.rollback();
        waiting.get(10, TimeUnit.SECONDS);
        assertThat(ask("blocked-statements", 0.1)).isEmpty();
    }

    @Test
    void serverConnections() throws SQLException {
        assertThat(ask("server-connections")).isEmpty();
        assertThat(ask("server-connections", 0))
                .singleElement()
                .satisfies(found -> assertThat(found.text()).contains("connections that the server allows are in use"));
    }

    @Test
    void invalidIndexes() throws SQLException {
        execute(connection, "CREATE TABLE item (id int)", "INSERT INTO item VALUES (1), (1)");
        assertThat(catchThrowable(
                        () -> execute(connection, "CREATE UNIQUE INDEX CONCURRENTLY \"Item Id\" ON item (id)")))
                .isInstanceOf(SQLException.class);

        assertThat(ask("invalid-indexes")).singleElement().satisfies(found -> {
            assertThat(found.subject()).isEqualTo("public.\"Item Id\"");
            assertThat(found.severity()).isEqualTo(Severity.MEDIUM);
            assertThat(found.recommendation()).contains("REINDEX INDEX CONCURRENTLY public.\"Item Id\"");
        });
        execute(connection, "DELETE FROM item", "REINDEX INDEX CONCURRENTLY \"Item Id\"");
        assertThat(ask("invalid-indexes")).isEmpty();
    }

    @Test
    void invalidConstraints() throws SQLException {
        execute(
                connection,
                "CREATE TABLE item (id int)",
                "ALTER TABLE item ADD CONSTRAINT positive CHECK (id > 0) NOT VALID");

        assertThat(ask("invalid-constraints")).singleElement().satisfies(found -> {
            assertThat(found.subject()).isEqualTo("public.item/positive");
            assertThat(found.recommendation()).contains("ALTER TABLE public.item VALIDATE CONSTRAINT positive");
        });
        execute(connection, "ALTER TABLE public.item VALIDATE CONSTRAINT positive");
        assertThat(ask("invalid-constraints")).isEmpty();
    }

    @Test
    void sequences() throws SQLException {
        execute(
                connection,
                "CREATE TABLE small (id smallint GENERATED ALWAYS AS IDENTITY)",
                "CREATE TABLE medium (id bigserial)",
                "ALTER TABLE medium ALTER COLUMN id TYPE int",
                "CREATE SEQUENCE alone MAXVALUE 10",
                "CREATE SEQUENCE round MAXVALUE 10 CYCLE",
                "SELECT setval('small_id_seq', 29000), setval('medium_id_seq', 1900000000), setval('alone', 9),"
                        + " setval('round', 10)");
        assertThat(ask("sequences")).isEmpty();
        execute(
                connection,
                "SELECT setval('small_id_seq', 30000), setval('medium_id_seq', 2147000000), setval('alone', 10)");

        assertThat(ask("sequences"))
                .extracting(ProbeFinding::subject, ProbeFinding::severity)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("public.alone", Severity.CRITICAL),
                        org.assertj.core.groups.Tuple.tuple("public.medium_id_seq", Severity.CRITICAL),
                        org.assertj.core.groups.Tuple.tuple("public.small_id_seq", Severity.HIGH));
    }

    @Test
    void transactionIds() throws SQLException {
        assertThat(ask("transaction-ids")).isEmpty();
        // The oldest are named, and this one is the youngest of many.
        assertThat(ask("transaction-ids", 2_147_483_648.0)).isNotEmpty().allSatisfy(found -> {
            assertThat(found.subject()).matches("postgres|template[01]|dovetail_test_.*");
            assertThat(found.severity()).isEqualTo(Severity.CRITICAL);
        });
    }

    @Test
    void replicationSlots() throws SQLException {
        String slot = "probe_" + database.info().database().replaceAll("[^a-z0-9]", "_");
        Connection superuser = superuser();
        execute(superuser, "SELECT pg_create_physical_replication_slot('" + slot + "', true)");
        try {
            assertThat(ask("replication-slots"))
                    .filteredOn(found -> found.subject().equals(slot))
                    .singleElement()
                    .satisfies(found -> {
                        assertThat(found.severity()).isEqualTo(Severity.LOW);
                        assertThat(found.recommendation()).contains("pg_drop_replication_slot('" + slot + "')");
                    });
            assertThat(ask("replication-slots", 1e12)).isEmpty();
        } finally {
            execute(superuser, "SELECT pg_drop_replication_slot('" + slot + "')");
        }
        assertThat(ask("replication-slots")).extracting(ProbeFinding::subject).doesNotContain(slot);
    }

    @Test
    void deadRows() throws SQLException {
        execute(
                connection,
                "CREATE TABLE item (id int) WITH (autovacuum_enabled = false)",
                "INSERT INTO item SELECT generate_series(1, 1000)",
                "DELETE FROM item WHERE id <= 500",
                "SELECT pg_stat_force_next_flush()");
        DeadRowsProbe probe = new DeadRowsProbe(100);
        Awaitility.await()
                .untilAsserted(() -> assertThat(probe.run(connection, 0.2))
                        .singleElement()
                        .satisfies(found -> {
                            assertThat(found.subject()).isEqualTo("public.item");
                            assertThat(found.measured()).isEqualTo(0.5);
                        }));
        assertThat(probe.run(connection, 0.6)).isEmpty();
        assertThat(ask("dead-rows")).isEmpty();
        execute(connection, "VACUUM item");
        Awaitility.await()
                .untilAsserted(() -> assertThat(probe.run(connection, 0.2)).isEmpty());
    }

    @Test
    void cacheHits() throws SQLException {
        // Written past the server's memory, so that it must be read.
        execute(
                connection,
                "CREATE TABLE item WITH (autovacuum_enabled = false) AS"
                        + " SELECT repeat('x', 900) AS text FROM generate_series(1, 60000)",
                "SELECT pg_stat_force_next_flush()");
        CacheHitProbe few = CacheHitProbe.ofTables(100);
        CacheHitProbe many = CacheHitProbe.ofTables(1_000_000_000);
        assertThat(few.run(connection, 0.99)).isEmpty();
        assertThat(many.run(connection, 0.99)).isEmpty();
        execute(connection, "SELECT count(*) FROM item", "SELECT pg_stat_force_next_flush()");

        Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            Double now = hitShare();
            assertThat(now).isLessThan(0.99);
        });
        assertThat(few.run(connection, 0.99)).singleElement().satisfies(found -> {
            assertThat(found.measured()).isLessThan(0.99);
            assertThat(found.text()).contains("table blocks in its memory since the last look");
        });
        assertThat(many.run(connection, 0.99)).isEmpty();
        // Nothing was read since.
        assertThat(few.run(connection, 0.99)).isEmpty();
    }

    private double hitShare() throws SQLException {
        try (Statement statement = connection.createStatement();
                java.sql.ResultSet rows = statement.executeQuery("""
                        SELECT sum(heap_blks_hit)::float8 / nullif(sum(heap_blks_hit) + sum(heap_blks_read), 0)
                          FROM pg_statio_user_tables""")) {
            rows.next();
            return rows.getDouble(1);
        }
    }

    @Test
    void questionsOfReplicasFindNothingOnAPrimary() throws SQLException {
        assertThat(ask("replication-lag", 0)).isEmpty();
    }
}
