package dev.dovetail.datasource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dovetail.engine.ConnectionRole;
import dev.dovetail.engine.ConnectionTarget;
import dev.dovetail.engine.EngineConnections;
import dev.dovetail.engine.ReusableStatement;
import dev.dovetail.engine.sqlite.SqliteEngine;
import dev.dovetail.engine.sqlite.SqliteSettings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the pool above keeps from happening, and whoever does without the pool must not suffer. */
class ListeningPreparedStatementTests {

    @TempDir
    private Path directory;

    private EngineConnections connections;
    private ListeningConnection connection;

    @BeforeEach
    void connect() throws SQLException {
        SqliteEngine engine = new SqliteEngine(new SqliteSettings(
                directory.resolve("test.db").toString(),
                SqliteSettings.JournalMode.WAL,
                SqliteSettings.Synchronous.NORMAL,
                1_000_000,
                1_000_000,
                Duration.ofSeconds(1),
                1,
                true,
                SqliteSettings.TempStore.MEMORY,
                SqliteSettings.AutoVacuum.NONE,
                256,
                Map.of()));
        connections = engine.connect(new ConnectionTarget(null, null, null, "test"));
        Connection physical = connections.open(ConnectionRole.WRITER);
        connection = new ListeningConnection(
                physical,
                new ConnectionServices(
                        engine,
                        ConnectionRole.WRITER,
                        new StatementListeners(List.of()),
                        Duration.ZERO,
                        new StatementKinds(engine.syntax()),
                        new TableVersions(),
                        ConnectionGuard.NONE,
                        null));
    }

    @AfterEach
    void disconnect() throws SQLException {
        connection.close();
        connections.close();
    }

    // The second close is the point.
    @SuppressWarnings("try")
    @Test
    void whenClosedTwiceThenItsNextUserKeepsIt() throws SQLException {
        PreparedStatement first = connection.prepareStatement("SELECT 1");
        first.close();
        try (PreparedStatement second = connection.prepareStatement("SELECT 1")) {
            first.close();
            try (PreparedStatement third = connection.prepareStatement("SELECT 1")) {
                assertThat(third.unwrap(ReusableStatement.class)).isNotSameAs(second.unwrap(ReusableStatement.class));
            }
        }
    }

    @Test
    void statementsThatAreKeptEndWithTheirConnection() throws SQLException {
        ReusableStatement kept;
        try (PreparedStatement statement = connection.prepareStatement("SELECT 1")) {
            kept = statement.unwrap(ReusableStatement.class);
        }
        assertThat(kept.executeQuery().next()).isTrue();
        connection.close();
        assertThatThrownBy(kept::executeQuery).isInstanceOf(SQLException.class);
    }

    @Test
    void aStatementCanBeClosedAfterItsConnection() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT 1")) {
            assertThat(statement.executeQuery().next()).isTrue();
            connection.close();
        }
    }

    @SuppressWarnings("try")
    @Test
    void openStatementsAreCountedOnce() throws SQLException {
        for (int round = 0; round < 2; round++) {
            PreparedStatement statement = connection.prepareStatement("SELECT 1");
            assertThat(connection.openStatements()).isEqualTo(1);
            statement.close();
            statement.close();
            assertThat(connection.openStatements()).isZero();
        }
    }
}
