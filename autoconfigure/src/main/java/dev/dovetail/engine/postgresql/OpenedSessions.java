package dev.dovetail.engine.postgresql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/** Remembers of every open connection what its session was asked for; a closed one is forgotten with its garbage. */
final class OpenedSessions {

    private final Map<Object, Map<String, String>> expected = Collections.synchronizedMap(new WeakHashMap<>());

    void remember(Connection connection, Map<String, String> settings) {
        expected.put(connection, settings);
    }

    /** What the session was asked for; {@code null} for a connection that was not opened here. */
    @Nullable
    Map<String, String> expectedOf(Connection connection) throws SQLException {
        return connection.isWrapperFor(PGConnection.class) ? expected.get(connection.unwrap(PGConnection.class)) : null;
    }
}
