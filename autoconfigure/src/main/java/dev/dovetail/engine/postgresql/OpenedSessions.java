package dev.dovetail.engine.postgresql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.jdbc.PgConnection;

/** Remembers of every open connection what its session was asked for; a closed one is forgotten with its garbage. */
final class OpenedSessions {

    // Its number may meanwhile be that of somebody else.
    private static final String END = """
            SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE pid = ANY (?) AND usename = current_user AND datname = current_database()
                AND application_name = current_setting('application_name') AND pid <> pg_backend_pid()""";

    private final Map<Object, Map<String, String>> expected = Collections.synchronizedMap(new WeakHashMap<>());

    void remember(Connection connection, Map<String, String> settings) {
        expected.put(connection, settings);
    }

    /** What the session was asked for; {@code null} for a connection that was not opened here. */
    @Nullable
    Map<String, String> expectedOf(Connection connection) throws SQLException {
        return connection.isWrapperFor(PGConnection.class) ? expected.get(connection.unwrap(PGConnection.class)) : null;
    }

    /**
     * Ends those whose connection was closed while something ran on it: the server goes on with that, and holds its locks, until it
     * looks for somebody who takes the answer.
     */
    void endAbandoned(Connection connection) throws SQLException {
        List<Integer> abandoned = new ArrayList<>();
        synchronized (expected) {
            for (Object each : expected.keySet()) {
                if (each instanceof PgConnection opened && opened.isClosed()) {
                    abandoned.add(opened.getBackendPID());
                }
            }
        }
        try (PreparedStatement statement = connection.prepareStatement(END)) {
            statement.setArray(1, connection.createArrayOf("int4", abandoned.toArray()));
            statement.execute();
        }
    }
}
