package dev.dovetail.engine.sqlite;

import dev.dovetail.engine.ProbeFinding;
import dev.dovetail.engine.Severity;
import dev.dovetail.engine.SqlDialect;
import dev.dovetail.engine.Threshold;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Tables with AUTOINCREMENT that are near the end of their numbers, for which one row with a huge id is enough: once the last
 * number was used, no insert without an id succeeds any more, even if that row is gone.
 */
record AutoincrementProbe() implements FileProbe {

    private static final double NEARLY_ALL = 0.98;

    // There is none before the first such table was made.
    private static final String KEPT = "SELECT 1 FROM main.sqlite_schema WHERE name = 'sqlite_sequence'";

    private static final String USED = """
            SELECT name, seq / 9223372036854775807.0 AS used FROM main.sqlite_sequence
             WHERE typeof(seq) = 'integer' AND seq / 9223372036854775807.0 >= ?
             ORDER BY used DESC LIMIT 20""";

    @Override
    public String id() {
        return "sequences";
    }

    @Override
    public Threshold threshold() {
        return Threshold.share(0.9);
    }

    @Override
    public List<ProbeFinding> run(Connection connection, double threshold) throws SQLException {
        SqliteConnection physical = SqlitePragma.physical(connection);
        return new SqliteRoots(physical)
                .inSnapshot(() -> SqlitePragma.texts(physical, KEPT).isEmpty() ? List.of() : used(physical, threshold));
    }

    private static List<ProbeFinding> used(Connection connection, double threshold) throws SQLException {
        List<ProbeFinding> findings = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(USED)) {
            statement.setDouble(1, threshold);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    findings.add(finding(String.valueOf(rows.getString("name")), rows.getDouble("used")));
                }
            }
        }
        return findings;
    }

    private static ProbeFinding finding(String table, double used) {
        return new ProbeFinding(
                table,
                used >= NEARLY_ALL ? Severity.CRITICAL : Severity.HIGH,
                used,
                "Table %s has used %s of the numbers that AUTOINCREMENT has for its rows"
                        .formatted(table, Threshold.share(used).shown()),
                ("Somebody has stored a row with a huge id; after the last number, inserts fail as on a full disk. Give that"
                                + " row another id, then UPDATE sqlite_sequence SET seq = (SELECT coalesce(max(rowid), 0)"
                                + " FROM %s) WHERE name = '%s'.")
                        .formatted(SqlDialect.quoted(table), table.replace("'", "''")));
    }
}
