package dev.dovetail.engine.postgresql;

import dev.dovetail.engine.DatabaseUpkeep;
import dev.dovetail.engine.UpkeepSettings;
import dev.dovetail.engine.UpkeepTask;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a server's own autovacuum leaves: the rest is its business. */
final class PostgresqlUpkeep implements DatabaseUpkeep {

    static final PostgresqlUpkeep INSTANCE = new PostgresqlUpkeep();

    private PostgresqlUpkeep() {}

    @Override
    public List<UpkeepTask> tasks(UpkeepSettings settings) {
        return List.of(new VacuumTask(settings), new AnalyzeTask(settings), new InvalidIndexTask());
    }

    @Override
    public void forbidWrites(Connection connection) throws SQLException {
        TableUpkeep.execute(connection, "SET default_transaction_read_only = on");
    }

    @Override
    public @Nullable Long size(Connection connection) throws SQLException {
        String size = ServerQuery.textOrNull(
                TableUpkeep.physical(connection), "SELECT pg_catalog.pg_database_size(pg_catalog.current_database())");
        return size == null ? null : Long.valueOf(size);
    }

    @Override
    public Map<String, Object> figures(Connection connection) throws SQLException {
        return ServerFigures.of(connection);
    }
}
