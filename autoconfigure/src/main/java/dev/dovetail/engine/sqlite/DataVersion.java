package dev.dovetail.engine.sqlite;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Reads {@code PRAGMA data_version} of one connection. Used by one thread at a time. */
final class DataVersion {

    private final SqliteConnection connection;
    private @Nullable PreparedStatement statement;
    private boolean reading;

    DataVersion(SqliteConnection connection) {
        this.connection = connection;
    }

    /** Whether what is executed just now must not begin a transaction. */
    boolean isReading() {
        return reading;
    }

    /** A number that commits of other connections change, of this process or of others, and this one's own do not. */
    long read() throws SQLException {
        reading = true;
        try (ResultSet version = statement().executeQuery()) {
            version.next();
            return version.getLong(1);
        } finally {
            reading = false;
        }
    }

    private PreparedStatement statement() throws SQLException {
        PreparedStatement known = statement;
        if (known == null) {
            known = connection.prepareStatement("PRAGMA data_version");
            statement = known;
        }
        return known;
    }
}
