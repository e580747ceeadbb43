package dev.dovetail.engine.sqlite;

import dev.dovetail.engine.DatabaseUpkeep;
import dev.dovetail.engine.LogCheckpoint;
import dev.dovetail.engine.UpkeepSettings;
import dev.dovetail.engine.UpkeepTask;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** The upkeep of a SQLite file. Whatever writes does so in short pieces, between which the application's writer has its turn. */
final class SqliteUpkeep implements DatabaseUpkeep {

    static final SqliteUpkeep INSTANCE = new SqliteUpkeep();

    private SqliteUpkeep() {}

    @Override
    public List<UpkeepTask> tasks(UpkeepSettings settings) {
        return List.of(
                new CheckpointTask(),
                new FullVacuumTask(settings),
                new IncrementalVacuumTask(settings),
                new StatisticsTask(settings.analyze()),
                new ReindexTask());
    }

    @Override
    public void forbidWrites(Connection connection) throws SQLException {
        SqlitePragma.run(connection, "query_only = ON");
    }

    @Override
    public Long size(Connection connection) throws SQLException {
        SqliteFiles files = new SqliteFiles(SqlitePragma.file(connection));
        return files.size() + files.writeAheadLogSize();
    }

    @Override
    public Map<String, Object> figures(Connection connection) throws SQLException {
        return Map.of("freeBytes", SqliteSpace.of(connection).freeBytes());
    }

    @Override
    public LogCheckpoint logCheckpoint() {
        return SqliteCheckpoint.INSTANCE;
    }
}
