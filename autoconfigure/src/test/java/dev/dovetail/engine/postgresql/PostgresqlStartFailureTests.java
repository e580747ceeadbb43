package dev.dovetail.engine.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.dovetail.engine.ConnectionRole;
import dev.dovetail.engine.ConnectionTarget;
import dev.dovetail.engine.DatabaseStartException;
import dev.dovetail.engine.EngineConnections;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** What somebody reads whose application did not start; never the password. */
class PostgresqlStartFailureTests {

    private static final String SECRET = "s3cr3t";

    private static EmbeddedPostgres server;

    private final PostgresqlEngine engine = new PostgresqlEngine(PostgresqlSettings.defaults());

    @BeforeAll
    static void start() throws IOException, SQLException {
        server = EmbeddedPostgres.builder()
                .setDataDirectoryCustomizer(PostgresqlStartFailureTests::demandPasswords)
                .start();
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE ROLE scram LOGIN PASSWORD 'right'");
            statement.execute("SET password_encryption = md5; CREATE ROLE md5 LOGIN PASSWORD 'right'");
            statement.execute(
                    "CREATE ROLE locked; CREATE ROLE nowhere LOGIN; CREATE ROLE crowded LOGIN CONNECTION LIMIT 0");
            statement.execute("CREATE DATABASE closed; REVOKE CONNECT ON DATABASE closed FROM public");
        }
    }

    private static void demandPasswords(File dataDirectory) {
        try {
            Files.writeString(dataDirectory.toPath().resolve("pg_hba.conf"), """
                    host all nowhere all reject
                    host all scram   all scram-sha-256
                    host all md5     all md5
                    host all all     all trust
                    """);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"scram", "md5"})
    void aWrongPassword(String user) {
        DatabaseStartException explained = explained(here("postgres"), user, SECRET);

        assertThat(explained).hasMessageContaining("localhost:%d/postgres", server.getPort());
        assertThat(explained).hasMessageContaining("refused user or password");
        assertThat(explained.action()).contains("spring.datasource.password");
    }

    @ParameterizedTest
    @ValueSource(strings = {"scram", "md5"})
    void noPassword(String user) {
        DatabaseStartException explained = explained(here("postgres"), user, null);

        assertThat(explained).hasMessageContaining("asks for a password, and none was given");
        assertThat(explained.action()).contains("spring.datasource.password", "no default");
    }

    @Test
    void theRightPasswordInAnyFormConnects() throws SQLException {
        String url = "postgres://scram:%%72ight@localhost:%d/postgres".formatted(server.getPort());
        try (EngineConnections connections = engine.connect(new ConnectionTarget(url, null, null, "badges"))) {
            connections.open(ConnectionRole.WRITER).close();
        }
        String wrong = "postgres://scram:wrong@localhost:%d/postgres".formatted(server.getPort());
        try (EngineConnections connections = engine.connect(new ConnectionTarget(wrong, null, "right", "badges"))) {
            connections.open(ConnectionRole.WRITER).close();
        }
    }

    @Test
    void aPasswordInTheUrlIsNoMoreShownThanOneInAProperty() {
        String url =
                "postgres://scram:%s@localhost:%d/postgres?sslpassword=%s".formatted(SECRET, server.getPort(), SECRET);

        assertThat(explained(url, null, null)).hasMessageContaining("refused user or password");
    }

    @Test
    void aMissingDatabase() {
        DatabaseStartException explained = explained(here("badges"), "postgres", SECRET);

        assertThat(explained).hasMessageContaining("localhost:%d/badges has no such database", server.getPort());
        assertThat(explained.action()).contains("createdb -h localhost -p %d badges".formatted(server.getPort()));
    }

    @ParameterizedTest
    @CsvSource({
        "locked,postgres,refused the user,pg_hba.conf",
        "nobody,postgres,refused the user,role exists",
        "nowhere,postgres,refused the user,pg_hba.conf",
        "crowded,postgres,too many connections,max_connections",
        "scram,closed,refused,spring.datasource"
    })
    void aUserWhoMayNot(String user, String database, String problem, String action) {
        DatabaseStartException explained = explained(here(database), user, SECRET);

        assertThat(explained).hasMessageContaining(problem);
        assertThat(explained.action()).contains(action);
    }

    @Test
    void aDatabaseTheUserMayNotEnter() {
        DatabaseStartException explained = explained(here("closed"), "scram", "right");

        assertThat(explained).hasMessageContaining("does not permit");
        assertThat(explained.action()).contains("GRANT CONNECT");
    }

    @Test
    void aStoppedServer() throws IOException {
        DatabaseStartException explained = explained(
                "jdbc:postgresql://localhost:%d/app?password=%s".formatted(FreePort.find(), SECRET), "me", null);

        assertThat(explained).hasMessageContaining("nothing listens there");
        assertThat(explained.action()).contains("Start the server");
    }

    @Test
    void anUnknownHost() {
        DatabaseStartException explained = explained("jdbc:postgresql://no-such-host.invalid/app", "me", SECRET);

        assertThat(explained).hasMessageContaining("no-such-host.invalid:5432/app");
        assertThat(explained).hasMessageContaining("unknown");
    }

    @Test
    void aServerThatDoesNotAnswer() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            DatabaseStartException explained = explained(
                    "jdbc:postgresql://127.0.0.1:%d/app?sslmode=disable&socketTimeout=1"
                            .formatted(silent.getLocalPort()),
                    "me",
                    SECRET);

            assertThat(explained).hasMessageContaining("did not answer in time");
        }
    }

    @Test
    void aServerThatSpeaksAnotherLanguage() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread answering = new Thread(() -> hangUp(other));
            answering.setDaemon(true);
            answering.start();

            DatabaseStartException explained = explained(
                    "jdbc:postgresql://127.0.0.1:%d/app?sslmode=disable".formatted(other.getLocalPort()), "me", SECRET);

            assertThat(explained).hasMessageContaining("does not answer as a PostgreSQL server does");
        }
    }

    @Test
    void noServerOfTheKindAskedFor() {
        DatabaseStartException explained =
                explained(here("postgres") + "?targetServerType=secondary", "postgres", SECRET);

        assertThat(explained.action()).contains("targetServerType");
    }

    @ParameterizedTest
    @CsvSource({
        "work_mem,1kB",
        "jit,maybe",
        "no_such_setting,1",
        "shared_buffers,1GB",
        "default_transaction_isolation,x"
    })
    void aSettingTheServerDoesNotTake(String name, String value) {
        PostgresqlEngine strict = new PostgresqlEngine(TestSettings.with(Map.of(name, value)));

        DatabaseStartException explained = explained(strict, here("postgres"), "postgres", SECRET);

        assertThat(explained).hasMessageContaining("dovetail.postgresql.settings." + name);
        assertThat(explained.action()).contains("dovetail.postgresql.settings." + name);
    }

    @Test
    void aSettingOnlyASuperuserMayMake() {
        PostgresqlEngine bold = new PostgresqlEngine(TestSettings.with(Map.of("session_replication_role", "replica")));

        assertThat(explained(bold, here("postgres"), "scram", "right"))
                .hasMessageContaining("dovetail.postgresql.settings.session_replication_role");
    }

    @Test
    void tlsThatTheServerDoesNotOffer() {
        assertThat(explained(here("postgres") + "?sslmode=require", "postgres", SECRET))
                .hasMessageContaining("does not offer TLS");
        assertThat(explained(here("postgres") + "?sslmode=verify-full", "postgres", null))
                .hasMessageContaining("does not offer TLS");
    }

    @ParameterizedTest
    @CsvSource({
        "57P03,is starting up",
        "53300,too many connections",
        "08P01,refused the start of the session",
        "XX000,SQLState XX000",
        "42501,does not permit",
    })
    void whatAServerSaysThatIsNotReady(String state, String problem) {
        PSQLException error = new PSQLException(new ServerErrorMessage("SFATAL\0C" + state + "\0Mno\0"), false);

        DatabaseStartException explained =
                engine.explainStartFailure(new ConnectionTarget("postgres://me:s3cr3t@h/d", null, null, "x"), error);

        assertThat(explained).hasMessageContaining(problem).hasMessageContaining("h:5432/d");
        assertThat(Secrets.everythingIn(explained) + explained.action()).doesNotContain(SECRET);
    }

    @Test
    void anUnreadableUrlIsExplainedWithoutIt() {
        ConnectionTarget target = new ConnectionTarget("postgres://me:s3cr3t/x@h/d", null, null, "x");

        assertThatExceptionOfType(DatabaseStartException.class)
                .isThrownBy(() -> engine.connect(target))
                .withMessageContaining("percent-encode")
                .satisfies(e -> assertThat(Secrets.everythingIn(e)).doesNotContain(SECRET));
        assertThat(engine.explainStartFailure(target, new SQLException("x", "28P01")))
                .hasMessage("PostgreSQL refused user or password");
    }

    @Test
    void withoutAUrlNothingIsGuessed() {
        assertThatExceptionOfType(DatabaseStartException.class)
                .isThrownBy(() -> engine.connect(new ConnectionTarget(null, "me", SECRET, "x")))
                .withMessageContaining("no URL")
                .satisfies(e -> assertThat(e.action()).contains("spring.datasource.url"));
    }

    private DatabaseStartException explained(String url, @Nullable String user, @Nullable String password) {
        return explained(engine, url, user, password);
    }

    private static DatabaseStartException explained(
            PostgresqlEngine engine, String url, @Nullable String user, @Nullable String password) {
        ConnectionTarget target = new ConnectionTarget(url, user, password, "badges");
        try (EngineConnections connections = engine.connect(target)) {
            SQLException error = catchThrowableOfType(
                    SQLException.class,
                    () -> connections.open(ConnectionRole.WRITER).close());
            DatabaseStartException explained = engine.explainStartFailure(target, error);
            assertThat(Secrets.everythingIn(explained) + explained.action()).doesNotContain(SECRET);
            return explained;
        }
    }

    private static String here(String database) {
        return "jdbc:postgresql://localhost:%d/%s".formatted(server.getPort(), database);
    }

    private static void hangUp(ServerSocket server) {
        try (Socket client = server.accept()) {
            client.getInputStream().read();
            client.getOutputStream().write("HTTP/1.1 400".getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
