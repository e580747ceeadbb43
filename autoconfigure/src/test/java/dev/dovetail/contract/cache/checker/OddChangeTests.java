package dev.dovetail.contract.cache.checker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.contract.EngineContract;
import dev.dovetail.contract.TestEngine;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What changes without a statement that says so, and statements whose tables are others when they run. */
@EngineContract
class OddChangeTests extends OddChangeContract {

    OddChangeTests(TestEngine engine) {
        super(engine);
    }

    @Test
    void aSnapshotThatBeginsWithoutAStatement() throws SQLException {
        try (Connection connection = repeatableRead()) {
            try (ResultSet tables = connection.getMetaData().getTables(null, null, "item", null)) {
                assertThat(tables.next()).isTrue();
            }
            execute("UPDATE item SET version = version + 1");
            readOn(connection, "item");
        }
    }

    @Test
    void aSnapshotThatIsOlderThanACommit() throws SQLException {
        try (Connection connection = repeatableRead()) {
            begin(connection);
            execute("UPDATE item SET version = version + 1");
            readOn(connection, "item");
        }
    }

    @Test
    void aViewThatIsMadeAnew() {
        execute("DROP VIEW seen");
        execute("CREATE VIEW seen AS SELECT id, version FROM other");
        assertThat(cached("seen")).isEqualTo(100);
        execute("UPDATE other SET version = 101");
        assertThat(cached("seen")).isEqualTo(101);
    }

    @Test
    void aTableThatIsRenamedAndIsNotAfterAll() {
        application.transaction().executeWithoutResult(status -> {
            execute("DROP VIEW seen");
            execute("ALTER TABLE item RENAME TO older");
            execute("ALTER TABLE other RENAME TO item");
            execute("UPDATE item SET version = 50");
            status.setRollbackOnly();
        });
        assertThat(cached("item")).isZero();
        execute("UPDATE item SET version = 1");
    }

    @Test
    void aTableThatIsRenamed() {
        application.transaction().executeWithoutResult(status -> {
            execute("DROP VIEW seen");
            execute("ALTER TABLE item RENAME TO older");
            execute("ALTER TABLE other RENAME TO item");
            execute("ALTER TABLE older RENAME TO other");
            execute("CREATE VIEW seen AS SELECT id, version FROM other");
            execute("UPDATE item SET version = 50");
        });
        assertThat(cached("item")).isEqualTo(50);
        execute("UPDATE other SET version = 1");
    }

    @Test
    void aTemporaryTableOfTheSameName() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TEMPORARY TABLE item (id integer PRIMARY KEY, version integer NOT NULL)");
            try {
                statement.execute("INSERT INTO item VALUES (1, 777)");
                assertThat(cached("item")).isZero();
                statement.execute(
                        (engine == TestEngine.SQLITE ? "UPDATE main." : "UPDATE public.") + "item SET version = 1");
                readOn(connection, "item");
                assertNothingOldIsKept();
            } finally {
                statement.execute("DROP TABLE " + (engine == TestEngine.SQLITE ? "temp." : "pg_temp.") + "item");
            }
        }
    }

    @Test
    void aBatchOfDifferentTexts() {
        application.template().batchUpdate("UPDATE other SET version = 101", "UPDATE item SET version = 1");
        assertNothingOldIsKept();
        application
                .transaction()
                .executeWithoutResult(status -> application
                        .template()
                        .batchUpdate("UPDATE other SET version = 102", "UPDATE item SET version = 2"));
    }

    @Test
    void whatIsReadBeforeItIsCommitted() throws SQLException {
        execute("UPDATE item SET version = version + 1");
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.executeUpdate("UPDATE item SET version = 666");
            readOn(connection, "item");
            connection.rollback();
        }
    }

    @Test
    void anOldSnapshotAfterAViewWasMadeAnew() throws SQLException {
        try (Connection connection = repeatableRead()) {
            begin(connection);
            execute("DROP VIEW seen");
            execute("CREATE VIEW seen AS SELECT id, version FROM other");
            readOn(connection, "seen");
            connection.rollback();
        }
        assertThat(cached("seen")).isEqualTo(100);
        execute("UPDATE other SET version = 101");
        assertThat(cached("seen")).isEqualTo(101);
    }

    @Test
    void anOpenResultOfMetaData() throws SQLException {
        execute("UPDATE item SET version = version + 1");
        try (Connection connection = connect();
                ResultSet tables = connection.getMetaData().getTables(null, null, null, null)) {
            assertThat(tables.next()).isTrue();
            execute("UPDATE item SET version = version + 1");
            readOn(connection, "item");
        }
    }

    @Test
    void aResultOfMetaDataThatIsForgotten() throws SQLException {
        for (int i = 0; i < 10; i++) {
            Connection connection = connect();
            assertThat(connection
                            .getMetaData()
                            .getTables(null, null, null, null)
                            .next())
                    .isTrue();
            connection.close();
        }
        for (int i = 0; i < 10; i++) {
            execute("UPDATE item SET version = " + (1000 + i));
            assertThat(stored("item")).isEqualTo(1000 + i);
            assertNothingOldIsKept();
        }
    }

    @Test
    void aResultThatIsAskedForTwice() throws SQLException {
        for (int i = 0; i < 30; i++) {
            try (Connection connection = connect();
                    Statement statement = connection.createStatement()) {
                statement.execute("SELECT version FROM other");
                for (int j = 0; j < 3; j++) {
                    ResultSet result = j == 0 || engine == TestEngine.POSTGRESQL ? statement.getResultSet() : null;
                    while (result != null && !result.isClosed() && result.next()) {
                        result.getLong(1);
                    }
                }
            }
        }
        execute("UPDATE item SET version = version + 1");
        cached("item");
        long hits = cache.hits();
        cached("item");
        assertThat(cache.hits()).isEqualTo(hits + 1);
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet open = statement.executeQuery("SELECT 1 FROM other UNION ALL SELECT 2")) {
            assertThat(open.next()).isTrue();
            execute("UPDATE item SET version = version + 1");
            readOn(connection, "item");
        }
    }

    @Test
    void aTextThatIsFirstReadBehindAnOpenResult() throws SQLException {
        String sql = "SELECT version FROM seen WHERE id = 1 AND version >= 0";
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            ResultSet open = statement.executeQuery("SELECT 1 FROM other UNION ALL SELECT 2");
            assertThat(open.next()).isTrue();
            execute("DROP VIEW seen");
            execute("CREATE VIEW seen AS SELECT id, version FROM other");
            cache.<Long>get("before", () -> {
                try (ResultSet result = statement.executeQuery(sql)) {
                    assertThat(result.next()).isTrue();
                    return result.getLong(1);
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            });
        }
        assertThat(number(sql)).isEqualTo(100);
        execute("UPDATE other SET version = 101");
        assertThat(number(sql)).isEqualTo(101);
    }

    private long number(String sql) {
        return Objects.requireNonNull(cache.<Long>get(
                sql, () -> application.jdbc().sql(sql).query(Long.class).single()));
    }
}
