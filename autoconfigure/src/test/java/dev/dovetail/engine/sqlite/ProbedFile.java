package dev.dovetail.engine.sqlite;

import dev.dovetail.engine.ConnectionRole;
import dev.dovetail.engine.ConnectionTarget;
import dev.dovetail.engine.EngineConnections;
import dev.dovetail.engine.HealthProbe;
import dev.dovetail.engine.ProbeFinding;
import dev.dovetail.engine.sqlite.SqliteSettings.AutoVacuum;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A file with somebody who writes, and somebody who asks as health does. */
final class ProbedFile implements AutoCloseable {

    private final EngineConnections connections;
    private final Connection writer;
    private final Connection reader;

    ProbedFile(Path directory, AutoVacuum autoVacuum, Map<String, String> pragmas) throws SQLException {
        SqliteSettings settings = new SqliteSettings(
                directory.resolve("app.db").toString(),
                SqliteSettings.JournalMode.WAL,
                SqliteSettings.Synchronous.NORMAL,
                64 << 20,
                16 << 20,
                Duration.ofSeconds(5),
                4,
                true,
                SqliteSettings.TempStore.MEMORY,
                autoVacuum,
                256,
                pragmas);
        connections = new SqliteEngine(settings).connect(new ConnectionTarget(null, null, null, "test"));
        writer = connections.open(ConnectionRole.WRITER);
        reader = connections.open(ConnectionRole.READER);
    }

    ProbedFile(Path directory) throws SQLException {
        this(directory, AutoVacuum.INCREMENTAL, Map.of());
    }

    Connection writer() {
        return writer;
    }

    void execute(String... statements) throws SQLException {
        try (Statement statement = writer.createStatement()) {
            for (String each : statements) {
                statement.executeUpdate(each);
            }
        }
    }

    /** What is found with the threshold that the probe has by itself. */
    List<ProbeFinding> ask(HealthProbe probe) throws SQLException {
        return probe.run(reader, Objects.requireNonNull(probe.threshold()).value());
    }

    @Override
    public void close() throws SQLException {
        reader.close();
        writer.close();
        connections.close();
    }
}
