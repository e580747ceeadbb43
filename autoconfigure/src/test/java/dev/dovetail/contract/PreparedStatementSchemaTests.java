package dev.dovetail.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A statement that was compiled before follows its table, whoever changes it. */
@EngineContract
class PreparedStatementSchemaTests {

    private static final String ALL = "SELECT id FROM item ORDER BY id";
    private static final String FROM = "SELECT id FROM item WHERE id >= ? ORDER BY id";

    private final TestApplication application;
    private Connection connection;

    PreparedStatementSchemaTests(TestEngine engine) throws SQLException {
        this.application =
                TestApplication.on(engine, "spring.datasource.hikari.maximum-pool-size=1", "dovetail.sqlite.readers=1");
        this.connection = application.dataSource().getConnection();
    }

    @BeforeEach
    void fill() {
        application.template().execute("CREATE TABLE item (id integer PRIMARY KEY, name text)");
        application.template().update("INSERT INTO item VALUES (1, 'one'), (2, 'two'), (3, 'three')");
    }

    @AfterEach
    void stop() throws SQLException {
        connection.close();
        application.close();
    }

    @Test
    void columnsAreThoseOfTheTableAsItIsNow() throws SQLException {
        changesAreSeen(application.template()::execute);
    }

    @Test
    void columnsAreThoseOfTheTableAsAnotherProcessMadeIt() throws SQLException {
        changesAreSeen(sql -> {
            try (Connection foreign = application.foreignConnection();
                    Statement statement = foreign.createStatement()) {
                statement.executeUpdate(sql);
            }
        });
    }

    private interface Change {
        void execute(String sql) throws SQLException;
    }

    private void changesAreSeen(Change change) throws SQLException {
        connection.close();
        assertThat(columns()).containsExactly("id", "name");
        change.execute("ALTER TABLE item ADD COLUMN price integer");
        assertThat(columns()).containsExactly("id", "name", "price");
        change.execute("ALTER TABLE item RENAME COLUMN name TO title");
        assertThat(columns()).containsExactly("id", "title", "price");
        change.execute("ALTER TABLE item DROP COLUMN price");
        assertThat(columns()).containsExactly("id", "title");
        change.execute("DROP TABLE item");
        assertThatThrownBy(this::columns).isInstanceOf(SQLException.class).hasMessageContaining("item");
        change.execute("CREATE TABLE item (code text, id text)");
        change.execute("INSERT INTO item VALUES ('c', '17')");
        assertThat(columns()).containsExactly("code", "id");
    }

    private List<String> columns() throws SQLException {
        connection = application.dataSource().getConnection();
        try (PreparedStatement statement = connection.prepareStatement("SELECT * FROM item");
                ResultSet result = statement.executeQuery()) {
            List<String> labels = labels(result.getMetaData());
            assertThat(result.next()).isTrue();
            for (int i = 0; i < labels.size(); i++) {
                assertThat(result.findColumn(labels.get(i))).isEqualTo(i + 1);
                assertThat(result.getObject(labels.get(i))).isEqualTo(result.getObject(i + 1));
            }
            assertThatThrownBy(() -> result.getObject(labels.size() + 1)).isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> result.getObject("gone")).isInstanceOf(SQLException.class);
            return labels;
        } finally {
            connection.close();
        }
    }

    private static List<String> labels(ResultSetMetaData description) throws SQLException {
        List<String> labels = new ArrayList<>();
        for (int i = 1; i <= description.getColumnCount(); i++) {
            labels.add(description.getColumnLabel(i));
        }
        return labels;
    }

    @Test
    void aStatementDescribesTheTableBeforeItIsExecuted() throws SQLException {
        connection.setAutoCommit(false);
        for (int round = 0; round < 2; round++) {
            try (PreparedStatement statement = connection.prepareStatement("SELECT * FROM item")) {
                assertThat(labels(statement.getMetaData())).hasSize(2 + round);
                try (ResultSet result = statement.executeQuery()) {
                    assertThat(labels(statement.getMetaData())).hasSize(2 + round);
                    assertThat(result.next()).isTrue();
                }
            }
            try (Statement statement = connection.createStatement()) {
                statement.executeUpdate("ALTER TABLE item ADD COLUMN more" + round + " integer");
            }
        }
        connection.rollback();
    }

    @Test
    void tablesCanBeDroppedWhileStatementsOverThemAreKept() throws SQLException {
        connection.setAutoCommit(false);
        readAll();
        try (PreparedStatement unread = connection.prepareStatement(FROM)) {
            unread.setInt(1, 1);
            unread.executeQuery().next();
        }
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("DROP TABLE item");
        }
        connection.commit();
        assertThatThrownBy(this::readAll).isInstanceOf(SQLException.class);
    }

    private void readAll() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ALL)) {
            statement.executeQuery().close();
        }
    }
}
