package dev.dovetail.migration;

import dev.dovetail.datasource.OperationContext;
import dev.dovetail.engine.SqlDialect;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.core.JdbcTemplate;

/** What was done to the schema, as the histories of migrations tell it. Safe for use by several threads. */
public final class MigrationHistory {

    private static final Logger log = LoggerFactory.getLogger(MigrationHistory.class);

    private static final String LINES = """
            SELECT version, description, type, script, %s AS installed_on, execution_time, success
            FROM %s
            ORDER BY installed_rank DESC
            LIMIT %d""";

    private final JdbcTemplate jdbc;
    private final Supplier<List<String>> histories;
    private final String installedOn;

    /**
     * @param sql of the database
     * @param histories the tables in which Flyway writes what it did, quoted and with their schemas as SQL names them
     */
    public MigrationHistory(JdbcTemplate jdbc, SqlDialect sql, Supplier<List<String>> histories) {
        this.jdbc = jdbc;
        this.histories = histories;
        this.installedOn = sql.millisOfOwnClock("installed_on");
    }

    /**
     * The newest of each history, the application's first. Histories that do not exist, or are of another form than Flyway's,
     * are left out.
     *
     * @param most how many of each
     */
    public List<AppliedMigration> newest(int most) {
        return histories.get().stream()
                .flatMap(history -> applied(history, most).stream())
                .toList();
    }

    private List<AppliedMigration> applied(String history, int most) {
        try {
            return jdbc.execute(
                    (Connection connection) -> OperationContext.health(() -> lines(connection, history, most)));
        } catch (BadSqlGrammarException e) {
            log.debug("Nobody migrates by {}", history, e);
            return List.of();
        }
    }

    private List<AppliedMigration> lines(Connection connection, String history, int most) throws SQLException {
        List<AppliedMigration> lines = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(LINES.formatted(installedOn, history, most))) {
            while (result.next()) {
                lines.add(line(history, result));
            }
        }
        return lines;
    }

    private static AppliedMigration line(String history, ResultSet result) throws SQLException {
        long millis = result.getLong("installed_on");
        Instant installedOn = result.wasNull() ? null : Instant.ofEpochMilli(millis);
        return new AppliedMigration(
                history.replace("\"", ""),
                result.getString("version"),
                result.getString("description"),
                result.getString("type"),
                result.getString("script"),
                installedOn,
                Duration.ofMillis(result.getLong("execution_time")),
                result.getBoolean("success"));
    }
}
