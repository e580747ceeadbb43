package dev.dovetail.engine.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;

class SqliteSampleTests {

    @Test
    void documentsThatDifferAtTheirEndAreToldApart() throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE page (id integer PRIMARY KEY, body text, lang text)");
            statement.execute("""
                    INSERT INTO page
                    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000)
                    SELECT i, printf('%.1000c', 'x') || i, printf('%.1000c', 'x') || (i % 10) FROM n""");
            SqliteSample sample = new SqliteSample(connection);

            assertThat(sample.rowsPerKey("page", List.of("body"))).isCloseTo(1, within(0.01));
            assertThat(sample.rowsPerKey("page", List.of("lang"))).isCloseTo(100, within(1.0));
        }
    }
}
