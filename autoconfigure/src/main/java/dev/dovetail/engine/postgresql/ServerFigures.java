package dev.dovetail.engine.postgresql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a server says of a database in numbers. What a compatible one does not know is left out. */
final class ServerFigures {

    private static final Logger log = LoggerFactory.getLogger(ServerFigures.class);

    private static final String DATABASE = """
            SELECT blks_hit::float8 / nullif(blks_hit + blks_read, 0) AS "cacheHitRate",
                   (SELECT coalesce(sum(n_dead_tup), 0)::bigint FROM pg_catalog.pg_stat_user_tables) AS "deadRows"
              FROM pg_catalog.pg_stat_database
             WHERE datname = pg_catalog.current_database()""";

    // Without pg_monitor the state of others' sessions is not told.
    private static final String CONNECTIONS = """
            SELECT count(*) FILTER (WHERE state = 'active') AS "active",
                   count(*) FILTER (WHERE state = 'idle') AS "idle",
                   count(*) FILTER (WHERE state LIKE 'idle in transaction%') AS "idleInTransaction",
                   count(*) FILTER (WHERE state IS NULL OR state NOT SIMILAR TO '(active|idle%)') AS "other"
              FROM pg_catalog.pg_stat_activity
             WHERE datname = pg_catalog.current_database() AND pid <> pg_catalog.pg_backend_pid()""";

    private ServerFigures() {}

    static Map<String, Object> of(Connection connection) {
        Map<String, Object> figures = new LinkedHashMap<>(row(connection, DATABASE));
        Map<String, Object> sessions = row(connection, CONNECTIONS);
        if (!sessions.isEmpty()) {
            figures.put("connections", sessions);
        }
        return figures;
    }

    private static Map<String, Object> row(Connection connection, String sql) {
        Map<String, Object> numbers = new LinkedHashMap<>();
        try (Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(ServerProbe.SECONDS);
            try (ResultSet row = statement.executeQuery(sql)) {
                ResultSetMetaData columns = row.getMetaData();
                if (row.next()) {
                    for (int i = 1; i <= columns.getColumnCount(); i++) {
                        Object number = row.getObject(i);
                        if (number != null) {
                            numbers.put(columns.getColumnLabel(i), number);
                        }
                    }
                }
            }
        } catch (SQLException e) {
            log.debug("Numbers of the server could not be asked", e);
        }
        return numbers;
    }
}
