package dev.dovetail.cache.coherence;

import dev.dovetail.datasource.TableVersions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Asks the table of what others have changed every {@value #MILLIS} ms. */
final class TableEar implements Wire.Ear {

    private static final int MILLIS = 200;
    // Whoever has not asked for that long has lost the connection, and begins anew.
    private static final long FORGOTTEN_MILLIS = Duration.ofDays(1).toMillis();

    private static final String READ = """
            SELECT name, instance, version FROM dovetail_table_version WHERE instance <> ?""";
    private static final String FORGET = """
            DELETE FROM dovetail_table_version WHERE changed_at < %s - ?""";

    private record Mark(String table, String instance) {}

    private final String instance;
    private final String forget;
    private Map<Mark, Long> known = Map.of();

    TableEar(String instance, String currentMillis) {
        this.instance = instance;
        this.forget = FORGET.formatted(currentMillis);
    }

    // What ended long ago must not be asked for for ever.
    @Override
    public void begin(Connection connection, Connecting others) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(forget)) {
            statement.setLong(1, FORGOTTEN_MILLIS);
            statement.executeUpdate();
        }
        known = read(connection);
    }

    @Override
    public void hear(Connection connection, TableVersions versions) throws SQLException {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(MILLIS));
        Map<Mark, Long> now = read(connection);
        Set<String> changed = new HashSet<>();
        now.forEach((mark, version) -> {
            if (!version.equals(known.get(mark))) {
                changed.add(mark.table());
            }
        });
        known = now;
        versions.move(ChangeMessage.ofNames(changed));
    }

    private Map<Mark, Long> read(Connection connection) throws SQLException {
        Map<Mark, Long> marks = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(READ)) {
            statement.setString(1, instance);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    marks.put(new Mark(rows.getString(1), rows.getString(2)), rows.getLong(3));
                }
            }
        }
        return marks;
    }
}
