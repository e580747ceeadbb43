package dev.dovetail.cache.coherence;

import dev.dovetail.datasource.ChangedTables;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A table of what each instance changed last, for databases that pass no messages on: written in the transaction that makes the
 * change, and asked again and again. Each instance has rows of its own, so that instances do not wait for each other.
 */
final class TableWire implements Wire {

    static final String TABLE = "dovetail_table_version";

    private static final String MARK = """
            INSERT INTO dovetail_table_version (name, instance, version, changed_at) VALUES (?, ?, ?, %s)
            ON CONFLICT (name, instance) DO UPDATE SET version = excluded.version, changed_at = excluded.changed_at""";

    private final String mark;
    private final String currentMillis;
    private final String instance;
    private final AtomicLong number = new AtomicLong();

    /** @param currentMillis the database's clock, as an expression */
    TableWire(String currentMillis, String instance) {
        this.mark = MARK.formatted(currentMillis);
        this.currentMillis = currentMillis;
        this.instance = instance;
    }

    // Always in the same order: two transactions that mark the same tables must not wait for each other.
    @Override
    public void announce(Connection connection, ChangedTables changes, boolean ordered) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(mark)) {
            for (String table : ChangeMessage.names(changes)) {
                statement.setString(1, table);
                statement.setString(2, instance);
                statement.setLong(3, number.incrementAndGet());
                statement.executeUpdate();
            }
        }
    }

    @Override
    public Ear ear() {
        return new TableEar(instance, currentMillis);
    }
}
