package dev.dovetail.engine.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dovetail.contract.OwnThread;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nobody has the file open while it is replaced, and whoever is just letting go of it is waited for. */
class OpenConnectionsTests {

    private static final int ROUNDS = 200;

    @TempDir
    private Path directory;

    private final OpenConnections opened = new OpenConnections();

    /** A connection says that it is closed before it copies the log and lets go of the file. */
    @Test
    void aConnectionThatIsJustClosingIsWaitedFor() throws SQLException, IOException {
        for (int round = 0; round < ROUNDS; round++) {
            SqliteConnection closing = opened.add(this::open);
            write(closing);
            CompletableFuture<Void> closed = OwnThread.run(() -> close(closing));
            while (!closing.getDatabase().isClosed()) {
                Thread.onSpinWait();
            }

            opened.whileNone(() -> {
                assertThat(closing.hasLetGo()).isTrue();
                return file();
            });
            closed.join();
        }
    }

    /** SQLite itself does not wait for it, whatever the busy timeout is. */
    @Test
    void anotherProcessThatLooksForAMomentIsWaitedFor() throws SQLException {
        SqliteConnection other = open();
        write(other);
        CompletableFuture<Void> closed = OwnThread.runAfter(Duration.ofMillis(300), () -> close(other));

        SqliteAlone.require(file());

        closed.join();
        assertThat(directory).isDirectoryNotContaining("glob:**/app.db-*");
    }

    @Test
    void anotherProcessThatStaysIsNamed() throws SQLException {
        try (SqliteConnection other = open()) {
            write(other);

            assertThatThrownBy(() -> SqliteAlone.require(file()))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("Another process has the database " + file() + " open");
        }
    }

    private Path file() {
        return directory.resolve("app.db");
    }

    private SqliteConnection open() throws SQLException {
        return new SqliteConnection("jdbc:sqlite:" + file(), file().toString(), new Properties());
    }

    private static void write(SqliteConnection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode = WAL");
            statement.execute("CREATE TABLE IF NOT EXISTS item (filler blob)");
            statement.execute("INSERT INTO item VALUES (randomblob(100000))");
        }
    }

    private static void close(SqliteConnection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
