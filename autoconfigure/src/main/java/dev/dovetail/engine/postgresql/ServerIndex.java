package dev.dovetail.engine.postgresql;

import dev.dovetail.engine.IndexShape;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/**
 * An index as the server's catalogue has it.
 *
 * @param partitioned whether it only holds together those of the partitions
 * @param remnant whether an interrupted REINDEX has left it
 * @param ofForeignKey whether it begins with the columns of a foreign key, which needs it when a referenced row is deleted
 * @param scans how often it was used
 * @param counted for how long uses have been counted
 */
record ServerIndex(
        IndexShape shape,
        boolean valid,
        boolean partitioned,
        boolean remnant,
        boolean ofForeignKey,
        long bytes,
        long scans,
        Duration counted) {

    static ServerIndex of(ResultSet row) throws SQLException {
        IndexShape shape = new IndexShape(
                row.getString("in_table"),
                row.getString("name"),
                row.getString("method"),
                texts(row, "parts"),
                texts(row, "included"),
                row.getString("condition"),
                row.getBoolean("is_unique"),
                row.getBoolean("needed"));
        return new ServerIndex(
                shape,
                row.getBoolean("is_valid"),
                row.getBoolean("partitioned"),
                row.getBoolean("remnant"),
                row.getBoolean("of_foreign_key"),
                row.getLong("bytes"),
                row.getLong("scans"),
                Duration.ofSeconds(row.getLong("counted_seconds")));
    }

    private static List<String> texts(ResultSet row, String column) throws SQLException {
        return List.of((String[]) row.getArray(column).getArray());
    }
}
