package dev.dovetail.engine.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.dovetail.engine.ConnectionRole;
import dev.dovetail.engine.ConnectionTarget;
import dev.dovetail.engine.DatabaseStartException;
import dev.dovetail.engine.EngineConnections;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server whose certificate is made out to localhost, but not to 127.0.0.1. */
class PostgresqlTlsTests {

    @TempDir
    private static Path directory;

    private static EmbeddedPostgres server;
    private static TestCertificate certificate;
    private static TestCertificate foreign;

    @BeforeAll
    static void start() throws IOException, GeneralSecurityException, InterruptedException {
        certificate = TestCertificate.of("localhost", directory.resolve("server.p12"));
        foreign = TestCertificate.of("localhost", directory.resolve("foreign.p12"));
        server = EmbeddedPostgres.builder()
                .setServerConfig("ssl", "on")
                .setDataDirectoryCustomizer(PostgresqlTlsTests::install)
                .start();
    }

    /** The server runs as whoever owns its data directory, and takes a key only from a file that is its own. */
    private static void install(File dataDirectory) {
        try {
            Path data = dataDirectory.toPath();
            Files.writeString(data.resolve("server.crt"), certificate.certificatePem());
            Path key = Files.writeString(data.resolve("server.key"), certificate.keyPem());
            Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
            Files.writeString(data.resolve("pg_hba.conf"), """
                    hostssl all postgres all trust
                    host    all plain    all trust
                    host    template1 postgres all trust
                    """);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    @Test
    void aBundleThatTrustsTheServerEncrypts() throws Exception {
        PostgresqlEngine engine = engine(certificate.trusting());
        try (EngineConnections connections = engine.connect(target("localhost", ""));
                Connection connection = connections.open(ConnectionRole.WRITER)) {
            assertThat(ServerQuery.text(connection, "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()"))
                    .isEqualTo("t");
            assertThat(connections.url()).doesNotContain("ssl");
        }
    }

    @Test
    void aCertificateTheBundleDoesNotTrustIsRefused() throws Exception {
        DatabaseStartException explained = explained(foreign.trusting(), "localhost", "");

        assertThat(explained).hasMessageContaining("could not agree on TLS");
        assertThat(explained.action()).contains("SSL bundle");
    }

    @Test
    void theNameOfTheHostIsVerifiedAlthoughTheFactoryIsOurs() throws Exception {
        DatabaseStartException explained = explained(certificate.trusting(), "127.0.0.1", "");

        assertThat(explained).hasMessageContaining("made out to another host");
    }

    @Test
    void theUrlsOwnModeWins() throws Exception {
        PostgresqlEngine engine = engine(certificate.trusting());
        try (EngineConnections connections = engine.connect(target("127.0.0.1", "?sslmode=verify-ca"))) {
            connections.open(ConnectionRole.WRITER).close();
        }
    }

    @Test
    void aServerThatDemandsTlsIsExplained() throws Exception {
        DatabaseStartException explained = explained(null, "localhost", "?sslmode=disable");

        assertThat(explained).hasMessageContaining("refused the user");
        assertThat(explained.action()).contains("sslmode=require");
    }

    @Test
    void closingForgetsTheFactory() throws Exception {
        EngineConnections connections = engine(certificate.trusting()).connect(target("localhost", ""));
        connections.open(ConnectionRole.MAINTENANCE).close();
        connections.close();

        SQLException thrown = catchThrowableOfType(SQLException.class, () -> connections.open(ConnectionRole.WRITER));

        assertThat(Secrets.everythingIn(thrown)).contains("are closed");
        assertThatIllegalStateException().isThrownBy(() -> new BundleSocketFactory("unknown"));
    }

    private static DatabaseStartException explained(@Nullable SSLSocketFactory factory, String host, String query) {
        PostgresqlEngine engine = engine(factory);
        ConnectionTarget target = target(host, query);
        try (EngineConnections connections = engine.connect(target)) {
            SQLException error =
                    catchThrowableOfType(SQLException.class, () -> connections.open(ConnectionRole.WRITER));
            return engine.explainStartFailure(target, error);
        }
    }

    private static PostgresqlEngine engine(@Nullable SSLSocketFactory factory) {
        PostgresqlSettings d = PostgresqlSettings.defaults();
        return new PostgresqlEngine(new PostgresqlSettings(
                List.of(),
                d.statementTimeout(),
                d.lockTimeout(),
                d.idleInTransactionTimeout(),
                d.queryTimeout(),
                Map.of(),
                factory));
    }

    private static ConnectionTarget target(String host, String query) {
        String url = "jdbc:postgresql://%s:%d/postgres%s".formatted(host, server.getPort(), query);
        return new ConnectionTarget(url, "postgres", null, "badges");
    }
}
