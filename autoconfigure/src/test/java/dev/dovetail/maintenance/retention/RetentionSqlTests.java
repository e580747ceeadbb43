package dev.dovetail.maintenance.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.engine.EpochUnit;
import dev.dovetail.engine.MomentColumn;
import dev.dovetail.engine.StoredTerm;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetentionSqlTests {

    // SQLite has no statistics before the first night.
    @ParameterizedTest
    @CsvSource({"1, false", "8, false", "1024, false", "8, true", "1024, true"})
    void sqliteFindsWhatItDeletesByItsKeys(int rows, boolean analyzed) throws Exception {
        RetentionSql sql = new RetentionSql(
                "event",
                StoredTerm.plain("at"),
                List.of(StoredTerm.plain("rowid")),
                MomentColumn.counted("at", EpochUnit.MILLIS),
                "pinned = 0",
                "");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE event (id TEXT PRIMARY KEY, at INTEGER, pinned INTEGER) STRICT");
            statement.execute("CREATE INDEX event_pinned ON event (pinned, at)");
            if (analyzed) {
                statement.executeUpdate("""
                        INSERT INTO event WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 50000)
                        SELECT i, i, i % 2 FROM n""");
                statement.execute("ANALYZE");
            }
            try (ResultSet plan = statement.executeQuery("EXPLAIN QUERY PLAN " + sql.deletion(rows))) {
                assertThat(plan.next()).isTrue();
                assertThat(plan.getString("detail")).contains("INTEGER PRIMARY KEY (rowid=?)");
            }
        }
    }
}
