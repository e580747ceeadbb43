package dev.dovetail.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dovetail.test.PostgresServer;
import dev.dovetail.test.TestDatabase;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A database that cannot be used: the application says why and what to do, and never shows the password. */
@ExtendWith(OutputCaptureExtension.class)
class StartFailureTests {

    private static final String SECRET = "S3cret-of-the-test";

    @TempDir
    private Path directory;

    @Test
    void whenTheTypeIsUnknownThenTheLegalOnesAreNamed(CapturedOutput output) {
        assertFails(output, "dovetail.type=oracle");
        assertThat(output)
                .contains("dovetail.type is 'oracle'", "Use one of: ", "sqlite", "postgresql", "DatabaseEngine");
    }

    @Test
    void whenTheUrlIsOfNoEngineThenItIsNotShown(CapturedOutput output) {
        assertFails(output, "spring.datasource.url=jdbc:oracle:thin:scott/" + SECRET + "@db:1521/x");
        assertThat(output)
                .contains("begins with 'jdbc:oracle:'", "Use one of: ")
                .doesNotContain(SECRET);
    }

    @Test
    void whenTypeAndUrlContradictThenBothAreNamed(CapturedOutput output) {
        assertFails(output, "dovetail.type=sqlite", "spring.datasource.url=jdbc:postgresql://db/app");
        assertThat(output).contains("dovetail.type is sqlite", "'jdbc:postgresql:'", "Remove dovetail.type");
    }

    @Test
    void whenPostgresqlIsNotToldWhereThenNothingIsGuessed(CapturedOutput output) {
        assertFails(output, "dovetail.type=postgresql");
        assertThat(output).contains("there is no URL of a server", "spring.datasource.url", "dovetail.postgresql.host");
    }

    @Test
    void whenTheServerIsNotThereThenItsAddressIsShown(CapturedOutput output) throws IOException {
        int port = freePort();
        assertFails(
                output,
                Stream.concat(
                                Stream.of("dovetail.postgresql.startup-timeout=1s"),
                                Stream.of(postgresql("jdbc:postgresql://localhost:" + port + "/app", "app", SECRET)))
                        .toArray(String[]::new));
        assertThat(output)
                .contains("does not accept connections yet (08001)")
                .contains("localhost:" + port, "nothing listens there", "Start the server", "The driver says: ")
                .doesNotContain(SECRET);
    }

    @Test
    void whenTheDatabaseIsMissingThenTheCommandIsShown(CapturedOutput output) {
        TestDatabase database = PostgresServer.shared().newDatabase();
        String url = database.jdbcUrl().replace(database.info().database(), "not_there");
        assertFails(output, postgresql(url, database.username(), database.password()));
        assertThat(output).contains("has no such database", "createdb", "not_there");
    }

    @Test
    void whenThePasswordIsWrongThenItIsNotShown(CapturedOutput output) throws SQLException {
        try (StrictServer server = new StrictServer("another one")) {
            TestDatabase database = server.database();
            assertFails(output, postgresql(database.jdbcUrl(), database.username(), SECRET));
            assertThat(output).contains("refused user or password", "spring.datasource.password");
            assertFails(
                    output,
                    "spring.datasource.url=" + database.jdbcUrl() + "?user=" + database.username() + "&password="
                            + SECRET);
            assertThat(output).doesNotContain(SECRET);
        }
    }

    @Test
    void whenTheFileIsNoDatabaseThenItIsNamed(CapturedOutput output) throws IOException {
        Path file = Files.writeString(directory.resolve("notes.txt"), "Not a database.".repeat(100));
        assertFails(output, "dovetail.sqlite.path=" + file);
        assertThat(output).contains(file.toString(), "damaged or is not an SQLite database", "backup");
        assertThat(file).content().startsWith("Not a database.");
    }

    @Test
    void whenThePathIsADirectoryThenAFileInItIsProposed(CapturedOutput output) {
        assertFails(output, "dovetail.sqlite.path=" + directory);
        assertThat(output)
                .contains("is a directory", directory.resolve("app.db").toString());
    }

    @Test
    void whenTheDirectoryCannotBeMadeThenItIsNamed(CapturedOutput output) throws IOException {
        Path file = Files.createFile(directory.resolve("in-the-way"));
        assertFails(output, "dovetail.sqlite.path=" + file.resolve("app.db"));
        assertThat(output).contains("cannot be created", "Make " + file + " writable");
    }

    @Test
    void whenSqliteShallHaveAPasswordThenItIsRefused(CapturedOutput output) {
        assertFails(
                output, "dovetail.sqlite.path=" + directory.resolve("app.db"), "spring.datasource.password=" + SECRET);
        assertThat(output)
                .contains("cannot encrypt", "Remove spring.datasource.password")
                .doesNotContain(SECRET);
    }

    @Test
    void whenTheSqliteUrlHasParametersThenThePropertiesAreNamed(CapturedOutput output) {
        assertFails(output, "spring.datasource.url=jdbc:sqlite:" + directory.resolve("app.db") + "?cipher=" + SECRET);
        assertThat(output)
                .contains("has parameters", "dovetail.sqlite.pragmas.<name>")
                .doesNotContain(SECRET);
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void whenThePresetIsUnknownThenTheLegalOnesAreNamed(CapturedOutput output) {
        assertFails(output, "dovetail.preset=staging");
        assertThat(output).contains("dovetail.preset is 'staging'", "Use development, production or test");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void whenNobodyMayWriteThereThenTheDirectoryIsNamed(CapturedOutput output) {
        assertFails(output, "dovetail.sqlite.path=/proc/app.db");
        assertThat(output).contains("cannot be created", "Make /proc writable");
    }

    private static String[] postgresql(String url, String username, String password) {
        return new String[] {
            "spring.datasource.url=" + url,
            "spring.datasource.username=" + username,
            "spring.datasource.password=" + password
        };
    }

    /** Starts it with every line that DEBUG has, so that the password would be seen if it were anywhere. */
    private static void assertFails(CapturedOutput output, String... properties) {
        String[] all = Arrays.copyOf(properties, properties.length + 1);
        all[properties.length] = "logging.level.root=debug";
        assertThatThrownBy(() -> StartedApplication.with(all).close()).isNotNull();
        assertThat(output).contains("APPLICATION FAILED TO START", "Description:", "Action:");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
