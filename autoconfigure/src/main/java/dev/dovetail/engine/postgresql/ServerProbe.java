package dev.dovetail.engine.postgresql;

import dev.dovetail.engine.ConnectionRole;
import dev.dovetail.engine.HealthProbe;
import dev.dovetail.engine.ProbeFinding;
import dev.dovetail.engine.Threshold;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A question of one query, each row of which is something found.
 *
 * @param sql with one parameter, the threshold, where it has one; its columns are {@code subject}, {@code measured} and what
 *     the reading needs
 * @param reading makes a finding of a row
 */
record ServerProbe(String id, @Nullable Threshold threshold, ConnectionRole role, String sql, Reading reading)
        implements HealthProbe {

    // What asks how a server is must not be what it suffers from.
    static final int SECONDS = 5;

    private static final int MOST_ROWS = 20;

    /** Makes a finding of the current row. */
    @FunctionalInterface
    interface Reading {
        ProbeFinding read(ResultSet row, double threshold) throws SQLException;
    }

    @Override
    public List<ProbeFinding> run(Connection connection, double limit) throws SQLException {
        List<ProbeFinding> findings = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setQueryTimeout(SECONDS);
            statement.setMaxRows(MOST_ROWS);
            if (threshold != null) {
                statement.setDouble(1, limit);
            }
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    findings.add(reading.read(rows, limit));
                }
            }
        }
        return findings;
    }
}
