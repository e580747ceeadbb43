package dev.dovetail.engine.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.sqlite.SQLiteConnection;

/** An interrupt that is still pending makes ROLLBACK itself fail; whoever gets the writer next must not notice. */
class FailedRollbackTests {

    @Test
    void aTransactionThatCouldNotBeRolledBackIsNotHandedToTheNextUser() throws SQLException {
        try (TestApplication application = TestApplication.on(TestEngine.SQLITE)) {
            application.template().execute("CREATE TABLE item (id integer PRIMARY KEY)");
            boolean failed = interruptedRollback(application);

            assertThat(failed)
                    .as("ROLLBACK failed, which is what this test is about")
                    .isTrue();
            application.template().update("INSERT INTO item VALUES (2)");
            assertThat(application.template().queryForList("SELECT id FROM item", Integer.class))
                    .containsExactly(2);
        }
    }

    private static boolean interruptedRollback(TestApplication application) throws SQLException {
        try (Connection connection = application.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            try (Statement insert = connection.createStatement();
                    Statement query = connection.createStatement()) {
                insert.executeUpdate("INSERT INTO item VALUES (1)");
                ResultSet open = query.executeQuery(
                        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000) SELECT i FROM n");
                assertThat(open.next()).isTrue();
                connection.unwrap(SQLiteConnection.class).getDatabase().interrupt();
                return rollbackFails(connection);
            }
        }
    }

    private static boolean rollbackFails(Connection connection) {
        try {
            connection.rollback();
            return false;
        } catch (SQLException e) {
            return true;
        }
    }
}
