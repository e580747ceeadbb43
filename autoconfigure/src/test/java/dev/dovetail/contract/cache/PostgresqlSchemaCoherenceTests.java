package dev.dovetail.contract.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import dev.dovetail.contract.cache.Instance.Kept;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an instance may not know of the schema when it changes something, it tells the others. */
class PostgresqlSchemaCoherenceTests {

    private Instance writing;
    private Instance reading;

    @BeforeEach
    void start() {
        Map<String, String> database = TestEngine.POSTGRESQL.freshDatabase();
        try (TestApplication application = TestApplication.with(database)) {
            for (String table : new String[] {"item", "other", "mark"}) {
                application.template().execute("CREATE TABLE " + table + " (id bigint PRIMARY KEY, version bigint)");
                application.template().execute("INSERT INTO " + table + " VALUES (1, 0)");
            }
            application.template().execute("""
                    CREATE FUNCTION also() RETURNS trigger LANGUAGE plpgsql AS
                    $$ BEGIN UPDATE other SET version = version + 1; RETURN NULL; END $$""");
        }
        writing = Instance.on(database);
        reading = Instance.on(database);
    }

    @AfterEach
    void stop() {
        writing.close();
        reading.close();
    }

    // Messages come in the order of their commits: what comes after the schema's is heard after it.
    private void awaitAllBefore() {
        Kept mark = reading.current("SELECT version FROM mark");
        writing.execute("UPDATE mark SET version = version + 1");
        Instance.awaitNotCurrent(mark);
    }

    private static void begin(Connection connection, Statement statement) throws SQLException {
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        connection.setAutoCommit(false);
        statement.executeQuery("SELECT 1 FROM other").close();
    }

    @Test
    void aTriggerThatWasMadeAfterTheSnapshotIsToldOf() throws SQLException {
        try (Connection connection = writing.application().dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            begin(connection, statement);
            Kept before = reading.current("SELECT version FROM other");
            writing.execute("CREATE TRIGGER also AFTER UPDATE ON item FOR EACH ROW EXECUTE FUNCTION also()");
            Instance.awaitNotCurrent(before);
            awaitAllBefore();

            Kept other = reading.current("SELECT version FROM other");
            statement.executeUpdate("UPDATE item SET version = version + 1");
            connection.commit();
            awaitAllBefore();
            assertThat(other.stamp().isCurrent()).isFalse();
        }
    }

    // Each of two instances would tell the other for ever that anything may have changed.
    @Test
    void whoHearsThatAnythingMayHaveChangedDoesNotPassItOn() throws SQLException {
        try (Connection first = writing.application().dataSource().getConnection();
                Connection second = reading.application().dataSource().getConnection()) {
            Kept before = writing.current("SELECT version FROM other");
            change(first, "item");
            reading.execute("CREATE TABLE another (id bigint)");
            Instance.awaitNotCurrent(before);

            change(second, "mark");
            Kept there = reading.current("SELECT version FROM other");
            first.commit();
            Instance.awaitNotCurrent(there);

            Kept mark = writing.current("SELECT version FROM mark");
            Kept other = writing.current("SELECT version FROM other");
            second.commit();
            Instance.awaitNotCurrent(mark);
            assertThat(other.stamp().isCurrent()).isTrue();
        }
    }

    private static void change(Connection connection, String table) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("UPDATE " + table + " SET version = version + 1");
        }
    }

    @Test
    void aTableThatWasChangedUnseenIsSaidByOneForAll() throws SQLException {
        for (String table : new String[] {"other", "OTHER", "public.other", "unknown"}) {
            Kept other = reading.current("SELECT version FROM other");
            Kept item = reading.current("SELECT version FROM item");
            writing.current("SELECT version FROM other");
            try (Connection unseen = writing.application().foreignConnection();
                    Statement statement = unseen.createStatement()) {
                statement.executeUpdate("UPDATE other SET version = version + 1");
            }
            awaitAllBefore();
            assertThat(other.stamp().isCurrent()).as("nobody saw it").isTrue();

            writing.application().database().caches().invalidateTable(table);
            Instance.awaitNotCurrent(other);
            assertThat(reading.current("SELECT version FROM other").value()).isEqualTo(other.value() + 1);
            assertThat(item.stamp().isCurrent()).isEqualTo(!table.equals("unknown"));
        }
    }
}
