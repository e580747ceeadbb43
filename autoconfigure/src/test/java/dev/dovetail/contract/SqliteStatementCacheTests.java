package dev.dovetail.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dovetail.engine.EngineConnections;
import dev.dovetail.engine.ReusableStatement;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which statements SQLite's connections keep compiled, and what a kept one must not hold on to. */
class SqliteStatementCacheTests {

    private static final String MANY = "SELECT id FROM item ORDER BY id";

    private final TestApplication application = TestApplication.on(
            TestEngine.SQLITE,
            "dovetail.sqlite.readers=1",
            "dovetail.sqlite.busy-timeout=200ms",
            "dovetail.sqlite.prepared-statement-cache-size=3");

    @BeforeEach
    void fill() {
        application.template().execute("CREATE TABLE item (id integer PRIMARY KEY, name text)");
        application.template().execute("""
                INSERT INTO item (name)
                WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)
                SELECT hex(randomblob(20)) FROM n""");
    }

    @AfterEach
    void stop() {
        application.close();
    }

    private Connection connect() throws SQLException {
        return application.dataSource().getConnection();
    }

    private static ReusableStatement behind(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            return statement.unwrap(ReusableStatement.class);
        }
    }

    private static ReusableStatement used(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.execute();
            return statement.unwrap(ReusableStatement.class);
        }
    }

    private static boolean isKept(Connection connection, String sql) throws SQLException {
        ReusableStatement first = behind(connection, sql);
        assertThat(first.isClosed()).isEqualTo(first != behind(connection, sql));
        return !first.isClosed();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1",
                "  -- a comment\n select 1",
                "WITH x AS (SELECT 1) SELECT * FROM x",
                "VALUES (1)",
                "INSERT INTO item (name) VALUES (?)",
                "UPDATE item SET name = ?",
                "DELETE FROM item",
                "REPLACE INTO item (id) VALUES (1)"
            })
    void whatIsExecutedAgainIsKept(String sql) throws SQLException {
        try (Connection connection = connect()) {
            assertThat(isKept(connection, sql)).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PRAGMA case_sensitive_like",
                "EXPLAIN SELECT 1",
                "EXPLAIN QUERY PLAN SELECT 1",
                "CREATE TABLE other (id integer)",
                "DROP TABLE item",
                "ALTER TABLE item ADD COLUMN more",
                "CREATE INDEX by_name ON item (name)",
                "VACUUM",
                "ANALYZE",
                "REINDEX",
                "ATTACH ':memory:' AS other"
            })
    void whatActsWhenCompiledOrChangesTheSchemaIsNotKept(String sql) throws SQLException {
        try (Connection connection = connect()) {
            assertThat(isKept(connection, sql)).isFalse();
        }
    }

    @Test
    void aTextThatIsVeryLongIsNotKept() throws SQLException {
        try (Connection connection = connect()) {
            assertThat(isKept(connection, "SELECT '" + "x".repeat(8192) + "'")).isFalse();
        }
    }

    @Test
    void aStatementThatIsNotPoolableIsNotKept() throws SQLException {
        try (Connection connection = connect()) {
            ReusableStatement behind;
            try (PreparedStatement statement = connection.prepareStatement("SELECT 1")) {
                behind = statement.unwrap(ReusableStatement.class);
                assertThat(statement.isPoolable()).isTrue();
                statement.setPoolable(false);
            }
            assertThat(behind.isClosed()).isTrue();
        }
    }

    @Test
    void whatWasUsedLongestAgoGoesFirst() throws SQLException {
        try (Connection connection = connect()) {
            ReusableStatement first = used(connection, "SELECT 1");
            ReusableStatement second = used(connection, "SELECT 2");
            ReusableStatement third = used(connection, "SELECT 3");
            assertThat(used(connection, "SELECT 1")).isSameAs(first);
            used(connection, "SELECT 4");
            assertThat(second.isClosed()).isTrue();
            assertThat(first.isClosed()).isFalse();
            assertThat(third.isClosed()).isFalse();
        }
    }

    @Test
    void ofTwoUsesAtOnceOneStatementIsKept() throws SQLException {
        try (Connection connection = connect()) {
            ReusableStatement ofFirst;
            ReusableStatement ofSecond;
            try (PreparedStatement first = connection.prepareStatement("SELECT 1");
                    PreparedStatement second = connection.prepareStatement("SELECT 1")) {
                ofFirst = first.unwrap(ReusableStatement.class);
                ofSecond = second.unwrap(ReusableStatement.class);
            }
            assertThat(ofFirst).isNotSameAs(ofSecond);
            assertThat(ofFirst.isClosed()).isNotEqualTo(ofSecond.isClosed());
        }
    }

    @Test
    void statementsStayWhenTheConnectionGoesBackAndNotWhenItIsReplaced() throws SQLException {
        ReusableStatement kept;
        try (Connection connection = connect()) {
            kept = used(connection, "SELECT 1");
        }
        try (Connection connection = connect()) {
            assertThat(used(connection, "SELECT 1")).isSameAs(kept);
        }
        application.dataSource().reconnect();
        try (Connection connection = connect()) {
            assertThat(used(connection, "SELECT 1")).isNotSameAs(kept);
        }
    }

    @Test
    void migrationsKeepNothing() throws SQLException {
        try (Connection connection = application.dataSource().maintenance().getConnection()) {
            assertThat(isKept(connection, "SELECT 1")).isFalse();
        }
    }

    @Test
    void anUnreadResultEndsWithItsStatement() throws SQLException {
        try (Connection connection = connect()) {
            try (PreparedStatement statement = connection.prepareStatement(MANY)) {
                assertThat(statement.executeQuery().next()).isTrue();
            }
            seesWhatIsWrittenNow(connection);
        }
    }

    @Test
    void anUnreadResultEndsWithItsConnection() throws SQLException {
        try (Connection connection = connect()) {
            assertThat(connection.prepareStatement(MANY).executeQuery().next()).isTrue();
        }
        try (Connection connection = connect()) {
            seesWhatIsWrittenNow(connection);
        }
    }

    @Test
    void aResultThatNobodyAskedForEndsWithItsStatement() throws SQLException {
        try (Connection connection = connect()) {
            try (PreparedStatement statement = connection.prepareStatement(MANY)) {
                assertThat(statement.execute()).isTrue();
            }
            seesWhatIsWrittenNow(connection);
        }
    }

    @Test
    void aResultOfWhichNoMoreIsWantedEndsAtOnce() throws SQLException {
        try (Connection connection = connect();
                PreparedStatement statement = connection.prepareStatement(MANY)) {
            assertThat(statement.executeQuery().next()).isTrue();
            assertThat(statement.getMoreResults()).isFalse();
            seesWhatIsWrittenNow(connection);
        }
    }

    private void seesWhatIsWrittenNow(Connection reader) throws SQLException {
        try (Connection foreign = application.foreignConnection();
                Statement statement = foreign.createStatement()) {
            statement.executeUpdate("INSERT INTO item VALUES (0, 'new')");
            // Another text: the same one would end the result by being executed.
            try (PreparedStatement other = reader.prepareStatement("SELECT min(id) FROM item");
                    ResultSet result = other.executeQuery()) {
                assertThat(result.next()).isTrue();
                assertThat(result.getInt(1)).isZero();
            }
            try (ResultSet checkpoint = statement.executeQuery("PRAGMA wal_checkpoint(TRUNCATE)")) {
                assertThat(checkpoint.next()).isTrue();
                assertThat(checkpoint.getInt("busy")).isZero();
            }
        }
    }

    @Test
    void aParameterThatIsNotBoundAgainIsNull() throws SQLException {
        try (Connection connection = connect()) {
            try (PreparedStatement statement = connection.prepareStatement("SELECT ?")) {
                statement.setBytes(1, new byte[1000]);
                statement.executeQuery();
            }
            try (PreparedStatement statement = connection.prepareStatement("SELECT ?");
                    ResultSet result = statement.executeQuery()) {
                assertThat(result.next()).isTrue();
                assertThat(result.getObject(1)).isNull();
            }
        }
    }

    @Test
    void aStatementThatRanTooLongDoesNotHarmItsNextUse() throws SQLException {
        String counting = """
                WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?) SELECT count(*) FROM n""";
        try (Connection connection = connect()) {
            try (PreparedStatement statement = connection.prepareStatement(counting)) {
                statement.setQueryTimeout(1);
                statement.setLong(1, 1_000_000_000);
                assertThatThrownBy(statement::executeQuery).hasMessageContaining("1000 ms");
            }
            for (int count = 5; count <= 6; count++) {
                try (PreparedStatement statement = connection.prepareStatement(counting)) {
                    statement.setLong(1, count);
                    try (ResultSet result = statement.executeQuery()) {
                        assertThat(result.next()).isTrue();
                        assertThat(result.getInt(1)).isEqualTo(count);
                    }
                }
            }
        }
    }

    @Test
    void aStatementThatMetALockDoesNotHarmItsNextUse() throws SQLException {
        String update = "UPDATE item SET name = ? WHERE id = 1";
        try (Connection connection = connect();
                Connection foreign = application.foreignConnection();
                Statement lock = foreign.createStatement()) {
            used(connection, update);
            lock.execute("BEGIN IMMEDIATE");
            for (int attempt = 0; attempt < 2; attempt++) {
                try (PreparedStatement statement = connection.prepareStatement(update)) {
                    statement.setString(1, "locked");
                    assertThatThrownBy(statement::executeUpdate).isInstanceOf(SQLException.class);
                }
            }
            lock.execute("COMMIT");
            try (PreparedStatement statement = connection.prepareStatement(update)) {
                statement.setString(1, "free");
                assertThat(statement.executeUpdate()).isEqualTo(1);
            }
        }
    }

    @Test
    void theFileCanBeRebuiltWhileStatementsAreKept() throws SQLException {
        try (Connection connection = connect()) {
            used(connection, "UPDATE item SET name = name WHERE id = 1");
            used(connection, MANY);
            String insert = "INSERT INTO item (name) VALUES ('new')";
            try (PreparedStatement unread = connection.prepareStatement(insert, Statement.RETURN_GENERATED_KEYS)) {
                unread.executeUpdate();
            }
            try (Statement statement = connection.createStatement()) {
                statement.execute("ATTACH ':memory:' AS other");
                statement.execute("DETACH other");
                statement.execute("VACUUM");
            }
            try (PreparedStatement statement = connection.prepareStatement(MANY);
                    ResultSet result = statement.executeQuery()) {
                assertThat(result.next()).isTrue();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NULL",
                "0",
                "-5",
                "2147483648",
                "9223372036854775807",
                "1.5",
                "-1e300",
                "0.1",
                "''",
                "'17'",
                "'Größe ✓ 🚀'",
                "'a' || char(0) || 'b'",
                "x''",
                "x'41'",
                "x'00ff'"
            })
    void everyValueIsReadAsTheDriverReadsIt(String value) throws SQLException {
        String sql = "SELECT " + value;
        try (Connection connection = connect();
                PreparedStatement ours = connection.prepareStatement(sql);
                ResultSet read = ours.executeQuery();
                Connection foreign = application.foreignConnection();
                PreparedStatement drivers = foreign.prepareStatement(sql);
                ResultSet expected = drivers.executeQuery()) {
            assertThat(read.next()).isEqualTo(expected.next());
            assertThat(read.getObject(1)).isEqualTo(expected.getObject(1));
            assertThat(read.wasNull()).isEqualTo(expected.wasNull());
            assertThat(read.getLong(1)).isEqualTo(expected.getLong(1));
            assertThat(read.getInt(1)).isEqualTo(expected.getInt(1));
            assertThat(read.getString(1)).isEqualTo(expected.getString(1));
            assertThat(read.wasNull()).isEqualTo(expected.wasNull());
            assertThat(read.next()).isEqualTo(expected.next());
        }
    }

    @Test
    void textsOfAFileInUtf16AreRead(@TempDir Path directory) throws SQLException {
        String text = "Größe ✓ 🚀 " + "x".repeat(1000);
        Path file = directory.resolve("wide.db");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("PRAGMA encoding = 'UTF-16'; CREATE TABLE item (name text)");
        }
        try (TestApplication wide = TestApplication.with(Map.of("dovetail.sqlite.path", file.toString()))) {
            assertThat(wide.bean(EngineConnections.class).url()).endsWith("wide.db");
            wide.template().update("INSERT INTO item VALUES (?)", text);
            assertThat(wide.template().queryForObject("SELECT name FROM item WHERE name = ?", String.class, text))
                    .isEqualTo(text);
            assertThat(wide.template().queryForMap("SELECT name FROM item WHERE name = ?", text))
                    .containsEntry("name", text);
        }
    }
}
