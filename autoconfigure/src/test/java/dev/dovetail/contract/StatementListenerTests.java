package dev.dovetail.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dovetail.datasource.StatementEvent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.BadSqlGrammarException;

/** Every statement is told once, as it was. */
@EngineContract
class StatementListenerTests {

    private static final SharedApplications applications = new SharedApplications();

    private final TestApplication application;

    StatementListenerTests(TestEngine engine) {
        this.application = applications.on(engine);
    }

    @AfterAll
    static void stop() {
        applications.close();
    }

    @BeforeEach
    void createTable() {
        application.template().execute("DROP TABLE IF EXISTS item");
        application.template().execute("CREATE TABLE item (id integer PRIMARY KEY)");
        application.template().update("INSERT INTO item VALUES (1), (2), (3)");
        application.statements();
    }

    private StatementEvent only() {
        List<StatementEvent> statements = application.statements();
        assertThat(statements).hasSize(1);
        return statements.get(0);
    }

    private Connection connect() throws SQLException {
        return application.dataSource().getConnection();
    }

    @Test
    void aQueryWithItsRows() {
        application.jdbc().sql("SELECT id FROM item").query().listOfRows();

        StatementEvent event = only();
        assertThat(event.sql()).isEqualTo("SELECT id FROM item");
        assertThat(event.rows()).isEqualTo(3);
        assertThat(event.query()).isTrue();
        assertThat(event.succeeded()).isTrue();
        assertThat(event.batchSize()).isEqualTo(1);
        assertThat(event.transactionId()).isZero();
        assertThat(event.executionNanos()).isPositive();
        assertThat(event.totalNanos()).isGreaterThanOrEqualTo(event.executionNanos());
    }

    @Test
    void anUpdateWithItsRowsButNotItsValues() {
        application
                .jdbc()
                .sql("UPDATE item SET id = id + ? WHERE id > ?")
                .params(4711, 1)
                .update();

        StatementEvent event = only();
        assertThat(event.rows()).isEqualTo(2);
        assertThat(event.query()).isFalse();
        assertThat(event.toString()).doesNotContain("4711");
    }

    @Test
    void aQueryThatIsReadHalf() throws SQLException {
        try (Connection connection = connect();
                PreparedStatement statement = connection.prepareStatement("SELECT id FROM item");
                ResultSet result = statement.executeQuery()) {
            assertThat(result.next()).isTrue();
            assertThat(application.statements()).isEmpty();
        }
        assertThat(only().rows()).isEqualTo(1);
    }

    @Test
    void aResultThatIsLeftOpenEndsWithItsConnection() throws SQLException {
        try (Connection connection = connect()) {
            assertThat(connection
                            .createStatement()
                            .executeQuery("SELECT id FROM item")
                            .next())
                    .isTrue();
        }
        assertThat(only().rows()).isEqualTo(1);
    }

    @Test
    void executingWithoutKnowingWhat() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            assertThat(statement.execute("SELECT id FROM item")).isTrue();
            try (ResultSet result = statement.getResultSet()) {
                assertThat(result).isSameAs(statement.getResultSet());
                while (result.next()) {
                    assertThat(result.getInt(1)).isPositive();
                }
            }
            assertThat(only().rows()).isEqualTo(3);
            assertThat(statement.getMoreResults()).isFalse();
            assertThat(statement.execute("DELETE FROM item")).isFalse();
            assertThat(statement.getUpdateCount()).isEqualTo(3);
            assertThat(only().rows()).isEqualTo(3);
            assertThat(statement.execute("SELECT id FROM item")).isTrue();
        }
        assertThat(only().query()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"SELECT nothing FROM nowhere", "INSERT INTO item VALUES (1)", "SELEKT"})
    void aFailureWithItsError(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.execute(sql)).isSameAs(only().error());
            assertThatThrownBy(() -> executePrepared(connection, sql)).isInstanceOf(SQLException.class);
        }
        StatementEvent event = only();
        assertThat(event.sql()).isEqualTo(sql);
        assertThat(event.succeeded()).isFalse();
        assertThat(event.rows()).isEqualTo(-1);
    }

    private static void executePrepared(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.execute();
        }
    }

    @Test
    void batchesAreOneStatement() {
        application.template().batchUpdate("DELETE FROM item WHERE id = ?", List.of(new Object[] {1}, new Object[] {2
        }));
        application.template().batchUpdate("DELETE FROM item WHERE id = 1", "DELETE FROM item WHERE id = 3");

        List<StatementEvent> statements = application.statements();
        assertThat(statements).extracting(StatementEvent::batchSize).containsExactly(2, 2);
        assertThat(statements).extracting(StatementEvent::rows).containsExactly(2L, 1L);
    }

    @Test
    void statementsOfOneTransactionShareItsNumber() {
        for (int i = 0; i < 2; i++) {
            application.transaction().executeWithoutResult(status -> {
                application.template().queryForList("SELECT id FROM item");
                application.template().update("DELETE FROM item");
            });
        }
        List<Long> numbers = application.statements().stream()
                .map(StatementEvent::transactionId)
                .toList();
        assertThat(numbers).hasSize(4).doesNotContain(0L);
        assertThat(numbers.get(0)).isEqualTo(numbers.get(1)).isNotEqualTo(numbers.get(2));
        assertThat(numbers.get(2)).isEqualTo(numbers.get(3));
    }

    @Test
    void aResultThatOutlivesItsTransactionBelongsToIt() throws SQLException {
        try (Connection connection = connect()) {
            connection.setAutoCommit(false);
            try (PreparedStatement statement = connection.prepareStatement("SELECT id FROM item")) {
                ResultSet result = statement.executeQuery();
                assertThat(result.next()).isTrue();
                connection.commit();
                result.close();
            }
        }
        assertThat(only().transactionId()).isNotZero();
    }

    @Test
    void whatADoomedTransactionRefusesIsToldToo() {
        assertThatThrownBy(() -> application.transaction().executeWithoutResult(status -> {
                    assertThatThrownBy(() -> application.template().execute("SELEKT"))
                            .isInstanceOf(BadSqlGrammarException.class);
                    application.template().queryForList("SELECT id FROM item");
                }))
                .isInstanceOf(org.springframework.dao.InvalidDataAccessApiUsageException.class);

        assertThat(application.statements())
                .extracting(StatementEvent::succeeded)
                .containsExactly(false, false);
    }
}
