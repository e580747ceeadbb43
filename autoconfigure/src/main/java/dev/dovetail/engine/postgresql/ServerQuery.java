package dev.dovetail.engine.postgresql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Questions with one answer. */
final class ServerQuery {

    private ServerQuery() {}

    static @Nullable String text(Connection connection, String sql, String... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, parameters[i]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? rows.getString(1) : null;
            }
        }
    }

    /** The answer, or {@code null} from a compatible server that does not understand the question. */
    static @Nullable String textOrNull(Connection connection, String sql, String... parameters) {
        try {
            return text(connection, sql, parameters);
        } catch (SQLException e) {
            return null;
        }
    }
}
