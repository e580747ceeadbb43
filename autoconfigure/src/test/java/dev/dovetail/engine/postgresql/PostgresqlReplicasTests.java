package dev.dovetail.engine.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.dovetail.engine.ConnectionRole;
import dev.dovetail.engine.ConnectionTarget;
import dev.dovetail.engine.DatabaseStartException;
import dev.dovetail.engine.EngineConnections;
import dev.dovetail.engine.ErrorCode;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PostgresqlReplicasTests {

    private static EmbeddedPostgres server;

    @BeforeAll
    static void start() throws IOException {
        server = EmbeddedPostgres.builder().start();
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    @Test
    void urlsThatDifferOnlyInTheirHostsBecomeOne() {
        List<PostgresqlUrl> replicas = replicas(
                "postgres://me:pw@primary/app",
                "jdbc:postgresql://a:1,b/app?sslmode=require",
                "postgresql://c/app?sslmode=require");

        assertThat(replicas).hasSize(1);
        assertThat(replicas.get(0).jdbcUrl()).isEqualTo("jdbc:postgresql://a:1,b:5432,c:5432/app");
        assertThat(replicas.get(0).username()).isEqualTo("me");
        assertThat(replicas.get(0).password()).isEqualTo("pw");
        assertThat(plan(replicas.get(0)).properties())
                .containsEntry("sslmode", "require")
                .containsEntry("targetServerType", "preferSecondary")
                .containsEntry("loadBalanceHosts", "true");
    }

    @Test
    void othersStandForThemselves() {
        List<PostgresqlUrl> replicas = replicas(
                "postgres://me:pw@primary/app", "postgres://reader:own@a/app", "postgres://b", "postgres://c/other");

        assertThat(replicas)
                .extracting(PostgresqlUrl::address)
                .containsExactly("a:5432/app", "b:5432/app", "c:5432/other");
        assertThat(replicas).extracting(PostgresqlUrl::username).containsExactly("reader", "me", "me");
        assertThat(replicas).extracting(PostgresqlUrl::password).containsExactly("own", "pw", "pw");
        assertThat(plan(replicas.get(0)).properties()).doesNotContainKey("targetServerType");
    }

    @Test
    void withoutReplicasThereIsNoPoolForThem() throws SQLException {
        try (EngineConnections connections = connections();
                Connection reader = connections.open(ConnectionRole.READER)) {
            assertThat(connections.readerPool()).isNull();
            assertThat(connections.writerPool().name()).isEqualTo("primary");
            assertThat(connections.writerPool().size()).isEqualTo(10);
            assertThat(connections.writerPool().fixed()).isFalse();
            assertThat(connections.writerPool().connectionTimeout()).isEqualTo(Duration.ofSeconds(10));
            assertThat(reader.isValid(1)).isTrue();
        }
    }

    @Test
    void theDriverFallsOverAmongTheHostsOfOneUrl() throws SQLException, IOException {
        try (EngineConnections connections =
                connections(url(FreePort.find(), "postgres"), url(server.getPort(), "postgres"))) {
            assertThat(connections.readerPool()).isNotNull();
            assertThat(namesOf(connections, 4)).containsOnly("postgres");
        }
    }

    @Test
    void differentUrlsTakeTurns() throws SQLException {
        try (EngineConnections connections =
                connections(url(server.getPort(), "postgres"), url(server.getPort(), "template1"))) {
            assertThat(namesOf(connections, 4)).containsExactly("postgres", "template1", "postgres", "template1");
        }
    }

    @Test
    void aReplicaThatIsDownIsPassedOver() throws SQLException, IOException {
        try (EngineConnections connections =
                connections(url(FreePort.find(), "postgres"), url(server.getPort(), "template1"))) {
            assertThat(namesOf(connections, 3)).containsOnly("template1");
        }
    }

    @Test
    void ifNoneIsLeftTheErrorNamesTheReplicaNotThePrimary() throws IOException {
        int first = FreePort.find();
        int second = FreePort.find();
        PostgresqlEngine engine =
                new PostgresqlEngine(TestSettings.withReplicas(url(first, "a") + "?password=s3cr3t", url(second, "b")));
        try (EngineConnections connections = engine.connect(primary())) {
            SQLException thrown =
                    catchThrowableOfType(SQLException.class, () -> connections.open(ConnectionRole.READER));
            DatabaseStartException explained = engine.explainStartFailure(primary(), thrown);

            assertThat(engine.classify(thrown).code()).isEqualTo(ErrorCode.UNREACHABLE);
            assertThat(thrown.getSQLState()).isEqualTo("08001");
            assertThat(explained).hasMessageContaining("replica at localhost:%d/b", second);
            assertThat(Secrets.everythingIn(explained))
                    .contains("localhost:%d/a".formatted(first))
                    .doesNotContain("s3cr3t");
        }
    }

    @Test
    void aReaderIsAnOrdinaryConnectionThatCanBeMadeReadOnly() throws SQLException {
        try (EngineConnections connections = connections(url(server.getPort(), "postgres"));
                Connection reader = connections.open(ConnectionRole.READER)) {
            reader.setReadOnly(true);
            reader.setAutoCommit(false);

            assertThat(ServerQuery.text(reader, "SHOW transaction_read_only")).isEqualTo("on");
            assertThat(ServerQuery.text(reader, "SHOW statement_timeout")).isEqualTo("30s");
        }
    }

    private static List<PostgresqlUrl> replicas(String primary, String... urls) {
        return Replicas.of(TestSettings.withReplicas(urls), PostgresqlUrl.parse(primary));
    }

    private static ConnectionPlan plan(PostgresqlUrl url) {
        return ConnectionPlan.of(url, ConnectionRole.READER, "badges", TestSettings.with(Map.of()), null);
    }

    private static EngineConnections connections(String... replicas) {
        return new PostgresqlEngine(TestSettings.withReplicas(replicas)).connect(primary());
    }

    private static ConnectionTarget primary() {
        return new ConnectionTarget(url(server.getPort(), "postgres"), "postgres", null, "badges");
    }

    private static List<@Nullable String> namesOf(EngineConnections connections, int count) throws SQLException {
        List<@Nullable String> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            try (Connection connection = connections.open(ConnectionRole.READER)) {
                names.add(ServerQuery.text(connection, "SELECT current_database()"));
            }
        }
        return names;
    }

    private static String url(int port, String database) {
        return "jdbc:postgresql://localhost:%d/%s".formatted(port, database);
    }
}
