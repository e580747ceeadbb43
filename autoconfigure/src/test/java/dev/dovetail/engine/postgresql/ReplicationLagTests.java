package dev.dovetail.engine.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.engine.HealthProbe;
import dev.dovetail.engine.ProbeFinding;
import dev.dovetail.test.ConnectionInfo;
import dev.dovetail.test.DedicatedPostgresServer;
import dev.dovetail.test.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A real replica that does not replay what it received, and one that does. */
class ReplicationLagTests {

    @Test
    void aReplicaThatStandsStillIsBehindUntilItGoesOn() throws Exception {
        try (DedicatedPostgresServer primary = PostgresServer.dedicated();
                DedicatedPostgresServer replica = PostgresServer.dedicated()) {
            become(replica, primary);
            try (Connection onPrimary = connect(primary);
                    Connection onReplica = connect(replica)) {
                execute(onPrimary, "CREATE TABLE item (id int)");
                Awaitility.await()
                        .untilAsserted(() -> assertThat(lag(onReplica, 0)).isEmpty());

                execute(onReplica, "SELECT pg_wal_replay_pause()");
                Awaitility.await()
                        .until(() -> text(onReplica, "SELECT pg_get_wal_replay_pause_state()")
                                .equals("paused"));
                execute(onPrimary, "INSERT INTO item VALUES (1)");
                Awaitility.await()
                        .untilAsserted(() -> assertThat(lag(onReplica, 0.2))
                                .singleElement()
                                .satisfies(found -> assertThat(found.text()).startsWith("The replica is ")));
                assertThat(lag(onReplica, 3600)).isEmpty();

                execute(onReplica, "SELECT pg_wal_replay_resume()");
                Awaitility.await()
                        .untilAsserted(() -> assertThat(lag(onReplica, 0)).isEmpty());

                // One whose primary is gone falls behind, though it has replayed all it received.
                primary.stop();
                Awaitility.await()
                        .atMost(Duration.ofSeconds(30))
                        .untilAsserted(() -> assertThat(lag(onReplica, 0.2)).hasSize(1));
            }
        }
    }

    private static void become(DedicatedPostgresServer replica, DedicatedPostgresServer primary)
            throws IOException, SQLException {
        Path from = dataDirectory(primary);
        Path to = dataDirectory(replica);
        ConnectionInfo login = primary.superuser();
        replica.stop();
        primary.stop();
        delete(
                to.resolve("base"),
                to.resolve("global"),
                to.resolve("pg_wal"),
                to.resolve("pg_xact"),
                to.resolve("pg_multixact"));
        copy(from, to);
        Files.createFile(to.resolve("standby.signal"));
        Files.writeString(
                to.resolve("postgresql.auto.conf"),
                "primary_conninfo = 'host=%s port=%d user=%s password=%s'%n"
                        .formatted(login.host(), login.port(), login.username(), login.password()));
        primary.start();
        // A start writes who may enter, and "all" does not include replicas.
        Files.writeString(from.resolve("pg_hba.conf"), "\nhost replication all all trust\n", StandardOpenOption.APPEND);
        try (Connection connection = connect(primary)) {
            execute(connection, "SELECT pg_reload_conf()");
        }
        replica.start();
    }

    private static Path dataDirectory(PostgresServer server) throws SQLException {
        try (Connection connection = connect(server)) {
            return Path.of(text(connection, "SHOW data_directory"));
        }
    }

    private static void delete(Path... directories) throws IOException {
        for (Path directory : directories) {
            try (Stream<Path> tree = Files.walk(directory)) {
                for (Path each :
                        tree.sorted(java.util.Comparator.reverseOrder()).toList()) {
                    Files.delete(each);
                }
            }
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> tree = Files.walk(from)) {
            for (Path each : tree.filter(file -> !file.endsWith("epg-lock")).toList()) {
                Path target = to.resolve(from.relativize(each).toString());
                if (Files.isDirectory(each)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(each, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
    }

    private static Connection connect(PostgresServer server) throws SQLException {
        ConnectionInfo login = server.superuser();
        return DriverManager.getConnection(login.jdbcUrl(), login.username(), login.password());
    }

    private static List<ProbeFinding> lag(Connection connection, double threshold) throws SQLException {
        HealthProbe probe = ServerProbes.all().stream()
                .filter(each -> each.id().equals("replication-lag"))
                .findFirst()
                .orElseThrow();
        return probe.run(connection, threshold);
    }

    private static void execute(Connection on, String sql) throws SQLException {
        try (Statement statement = on.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String text(Connection on, String sql) throws SQLException {
        try (Statement statement = on.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
