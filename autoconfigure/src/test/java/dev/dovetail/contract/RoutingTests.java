package dev.dovetail.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dovetail.datasource.PoolStatus;
import dev.dovetail.datasource.StatementEvent;
import dev.dovetail.engine.ConnectionRole;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.InvalidDataAccessApiUsageException;

/** Which connection a statement goes to, and what one connection may be used for at once. */
@EngineContract
class RoutingTests {

    private static final SharedApplications applications = new SharedApplications();

    private final TestEngine engine;
    private final TestApplication application;

    RoutingTests(TestEngine engine) {
        this.engine = engine;
        this.application = applications.on(engine);
    }

    @AfterAll
    static void stop() {
        applications.close();
    }

    @BeforeEach
    void createTable() {
        application.template().execute("DROP TABLE IF EXISTS item");
        application.template().execute("CREATE TABLE item (id " + engine.identity() + ", name text UNIQUE)");
        application.statements();
    }

    @AfterEach
    void nothingIsInUse() {
        assertThat(application.dataSource().pools())
                .extracting(PoolStatus::active)
                .containsOnly(0);
    }

    private List<ConnectionRole> roles() {
        return application.statements().stream().map(StatementEvent::role).toList();
    }

    private void insert(String... names) {
        for (String name : names) {
            application
                    .jdbc()
                    .sql("INSERT INTO item (name) VALUES (?)")
                    .param(name)
                    .update();
        }
    }

    /** What looks like a read to whoever cuts texts as another engine does. */
    private List<String> deletionsInDisguise() {
        return engine == TestEngine.SQLITE
                ? List.of(
                        "/* /* */ DELETE FROM item -- */ SELECT 1 */",
                        "WITH t AS (SELECT $a$) DELETE FROM item WHERE $a$ IS NULL",
                        "WITH t AS (SELECT [']) DELETE FROM item WHERE name <> ']'",
                        "WITH t AS (SELECT 1'x') DELETE FROM item")
                : List.of(
                        "/* /* */ SELECT */ DELETE FROM item",
                        "WITH t AS (SELECT E'\\'') DELETE FROM item WHERE name <> 'x'",
                        "WITH t AS (SELECT 1 AS a$x$) DELETE FROM item WHERE name <> '$x$'",
                        "WITH t AS (SELECT 1 -- \r) DELETE FROM item");
    }

    @Test
    void deletionsInDisguiseGoToTheWriter() {
        for (String sql : deletionsInDisguise()) {
            insert("a", "b");
            application.statements();

            assertThat(application.template().update(sql)).as(sql).isEqualTo(2);

            assertThat(roles()).as(sql).containsExactly(ConnectionRole.WRITER);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT count(*) FROM item",
                "-- a comment\nSELECT count(*) FROM item",
                "/* INSERT */ SELECT count(*) FROM item",
                "WITH a AS (SELECT 1) SELECT * FROM a",
                "EXPLAIN SELECT count(*) FROM item",
                "VALUES (1)"
            })
    void autocommitReadsGoWhereNothingLags(String sql) throws SQLException {
        application.jdbc().sql(sql).query().listOfRows();
        application.template().queryForList(sql);
        try (Connection connection = application.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeQuery(sql).close();
            assertThat(statement.execute(sql)).isTrue();
        }

        assertThat(roles()).hasSize(4).containsOnly(engine.autocommitReads());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "WITH a AS (SELECT 'x' AS name) INSERT INTO item (name) SELECT name FROM a",
                "INSERT INTO item (name) VALUES ('x')",
                "/* SELECT */ UPDATE item SET name = 'y'"
            })
    void writesGoToTheWriter(String sql) throws SQLException {
        application.jdbc().sql(sql).update();
        application.template().execute("DELETE FROM item");
        try (Connection connection = application.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }

        assertThat(roles()).hasSize(3).containsOnly(ConnectionRole.WRITER);
    }

    @Test
    void returningIsAWriteThatIsRead() {
        List<String> names = application
                .jdbc()
                .sql("INSERT INTO item (name) VALUES ('a'), ('b') RETURNING name")
                .query(String.class)
                .list();

        assertThat(names).containsExactly("a", "b");
        assertThat(application.statements())
                .extracting(StatementEvent::role, StatementEvent::query, StatementEvent::rows)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(ConnectionRole.WRITER, true, 2L));
    }

    @Test
    void oneConnectionReadsWhatItWrote() throws SQLException {
        try (Connection connection = application.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            assertThat(names(statement)).isEmpty();
            statement.executeUpdate("INSERT INTO item (name) VALUES ('a')");
            assertThat(names(statement)).containsExactly("a");
            statement.executeUpdate("INSERT INTO item (name) VALUES ('b')");
            assertThat(names(statement)).containsExactly("a", "b");
        }
        assertThat(roles())
                .startsWith(engine.autocommitReads())
                .endsWith(ConnectionRole.WRITER, ConnectionRole.WRITER, ConnectionRole.WRITER, ConnectionRole.WRITER);
    }

    private static List<String> names(Statement statement) throws SQLException {
        List<String> names = new ArrayList<>();
        try (ResultSet result = statement.executeQuery("SELECT name FROM item ORDER BY name")) {
            while (result.next()) {
                names.add(result.getString(1));
            }
        }
        return names;
    }

    @Test
    void aTransactionStaysOnOneConnection() {
        application.transaction().executeWithoutResult(status -> {
            application.template().queryForList("SELECT * FROM item");
            insert("a");
            application.template().queryForList("SELECT * FROM item");
        });
        application
                .readOnlyTransaction()
                .executeWithoutResult(status -> application.template().queryForList("SELECT * FROM item"));

        assertThat(roles())
                .containsExactly(
                        ConnectionRole.WRITER, ConnectionRole.WRITER, ConnectionRole.WRITER, engine.autocommitReads());
    }

    @Test
    void writingWhileAStreamIsRead() {
        insert("a", "b", "c");
        try (Stream<String> stream = application
                .template()
                .queryForStream("SELECT name FROM item ORDER BY name", (row, number) -> row.getString(1))) {
            stream.forEach(name -> application
                    .jdbc()
                    .sql("UPDATE item SET name = ? WHERE name = ?")
                    .params(name + "!", name)
                    .update());
        }
        assertThat(application.template().queryForList("SELECT name FROM item ORDER BY name", String.class))
                .containsExactly("a!", "b!", "c!");
    }

    @Test
    void severalResultsAreOpenAtOnce() throws SQLException {
        insert("a", "b", "c");
        try (Connection connection = application.dataSource().getConnection()) {
            List<ResultSet> results = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                PreparedStatement statement = connection.prepareStatement("SELECT name FROM item ORDER BY name");
                results.add(statement.executeQuery());
            }
            for (String expected : List.of("a", "b", "c")) {
                for (ResultSet result : results) {
                    assertThat(result.next()).isTrue();
                    assertThat(result.getString("name")).isEqualTo(expected);
                }
            }
        }
        assertThat(application.statements().stream().filter(StatementEvent::query))
                .hasSize(5)
                .extracting(StatementEvent::rows)
                .containsOnly(3L);
    }

    @Test
    void theDatabaseDescribesItself() throws SQLException {
        try (Connection connection = application.dataSource().getConnection()) {
            DatabaseMetaData metaData = connection.getMetaData();
            assertThat(metaData.getURL()).startsWith("jdbc:");
            List<String> columns = new ArrayList<>();
            try (ResultSet result = metaData.getColumns(null, null, "item", null)) {
                while (result.next()) {
                    columns.add(result.getString("COLUMN_NAME"));
                }
            }
            assertThat(columns).containsExactly("id", "name");
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.executeUpdate("INSERT INTO item (name) VALUES ('a')");
            }
            connection.commit();
            assertThat(metaData.getDatabaseProductName()).isNotBlank();
        }
    }

    @Test
    void aReadOnlyTransactionCannotWrite() {
        assertThatThrownBy(() -> application.readOnlyTransaction().executeWithoutResult(status -> insert("a")))
                .isInstanceOf(InvalidDataAccessApiUsageException.class);
        insert("a");
    }
}
