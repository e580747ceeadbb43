package dev.dovetail.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.dovetail.engine.ErrorCode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/** A connection used by hand keeps JDBC's promises, the same ones on every engine. */
class PlainJdbcTests extends ItemTable {

    PlainJdbcTests(TestEngine engine) {
        super(engine);
    }

    @Test
    void commitsAndContinuesAndRollsBack() throws SQLException {
        try (Connection connection = manual()) {
            insert(connection, 1);
            connection.commit();
            insert(connection, 2);
            connection.rollback();
            insert(connection, 3);
            connection.commit();
        }
        assertThat(ids()).containsExactly(1, 3);
    }

    @Test
    void aPreparedStatementIsUsedOnAfterACommit() throws SQLException {
        try (Connection connection = manual();
                PreparedStatement statement = connection.prepareStatement("INSERT INTO item VALUES (?)")) {
            for (int id = 1; id <= 4; id++) {
                statement.setInt(1, id);
                statement.executeUpdate();
                if (id % 2 == 1) {
                    connection.commit();
                } else {
                    connection.rollback();
                }
            }
        }
        assertThat(ids()).containsExactly(1, 3);
    }

    @Test
    void aBatchAfterACommitCanBeRolledBack() throws SQLException {
        try (Connection connection = manual();
                PreparedStatement statement = connection.prepareStatement("INSERT INTO item VALUES (?)")) {
            addBatch(statement, 1, 2);
            statement.executeBatch();
            connection.commit();
            addBatch(statement, 3, 4);
            statement.executeBatch();
            connection.rollback();
        }
        assertThat(ids()).containsExactly(1, 2);
    }

    private static void addBatch(PreparedStatement statement, int... ids) throws SQLException {
        for (int id : ids) {
            statement.setInt(1, id);
            statement.addBatch();
        }
    }

    @Test
    void aBatchOfTextsAfterACommitCanBeRolledBack() throws SQLException {
        try (Connection connection = manual();
                Statement statement = connection.createStatement()) {
            statement.addBatch("INSERT INTO item VALUES (1)");
            statement.executeBatch();
            connection.commit();
            statement.addBatch("INSERT INTO item VALUES (2)");
            statement.executeBatch();
            connection.rollback();
        }
        assertThat(ids()).containsExactly(1);
    }

    @Test
    void turningAutocommitOnCommits() throws SQLException {
        try (Connection connection = manual()) {
            insert(connection, 1);
            connection.setAutoCommit(true);
            assertThat(ids()).containsExactly(1);
            insert(connection, 2);
            assertThat(ids()).containsExactly(1, 2);
        }
    }

    @Test
    void closingRollsBack() throws SQLException {
        try (Connection connection = manual()) {
            insert(connection, 1);
        }
        assertThat(ids()).isEmpty();
    }

    @Test
    void closingADoomedTransactionIsQuiet() throws SQLException {
        try (Connection connection = manual()) {
            assertThatThrownBy(() -> execute(connection, "INSERT INTO nowhere VALUES (1)"))
                    .isInstanceOf(SQLException.class);
        }
        try (Connection connection = manual()) {
            assertThatThrownBy(() -> insertInto(connection, "nowhere")).isInstanceOf(SQLException.class);
        }
        try (Connection connection = manual()) {
            insert(connection, 1);
            connection.commit();
        }
        assertThat(ids()).containsExactly(1);
    }

    private static void insertInto(Connection connection, String table) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("INSERT INTO " + table + " VALUES (1)")) {
            statement.executeUpdate();
        }
    }

    @Test
    void turningAutocommitOnInADoomedTransactionFailsAndCommitsNothing() throws SQLException {
        try (Connection connection = manual()) {
            insert(connection, 1);
            assertThatThrownBy(() -> insert(connection, 1)).isInstanceOf(SQLException.class);

            SQLException thrown = catchThrowableOfType(SQLException.class, () -> connection.setAutoCommit(true));

            assertThat(codeOf(thrown)).isEqualTo(ErrorCode.TRANSACTION_ABORTED);
            assertThat(connection.getAutoCommit()).isFalse();
        }
        assertThat(ids()).isEmpty();
    }

    @Test
    void whatIsClosedStaysClosed() throws SQLException {
        Connection connection = manual();
        insert(connection, 1);
        PreparedStatement statement = connection.prepareStatement("SELECT id FROM item");
        ResultSet result = statement.executeQuery();
        connection.close();
        connection.close();

        try (Connection next = manual()) {
            insert(next, 2);
            result.close();
            assertThatThrownBy(statement::executeQuery).isInstanceOf(SQLException.class);
            statement.close();
            assertThatThrownBy(connection::createStatement).isInstanceOf(SQLException.class);
            assertThatThrownBy(connection::commit).isInstanceOf(SQLException.class);
            assertThatThrownBy(connection::getMetaData).isInstanceOf(SQLException.class);
            insert(next, 3);
            next.commit();
        }
        assertThat(ids()).containsExactly(2, 3);
    }

    @Test
    void statementsKnowTheirConnection() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                PreparedStatement prepared = connection.prepareStatement("SELECT id FROM item")) {
            assertThat(statement.getConnection()).isSameAs(connection);
            assertThat(prepared.getConnection()).isSameAs(connection);
        }
    }

    @Test
    void aStatementThatClosesOnCompletion() throws SQLException {
        try (Connection connection = connect()) {
            insert(connection, 1);
            Statement statement = connection.createStatement();
            statement.closeOnCompletion();
            assertThat(statement.isCloseOnCompletion()).isTrue();
            statement.executeQuery("SELECT id FROM item").close();
            assertThat(statement.isClosed()).isTrue();
        }
    }

    @Test
    void committingWhileAResultIsOpen() throws SQLException {
        try (Connection connection = manual();
                PreparedStatement statement =
                        connection.prepareStatement("INSERT INTO item VALUES (1), (2) RETURNING id")) {
            ResultSet result = statement.executeQuery();
            assertThat(result.next()).isTrue();
            connection.commit();
        }
        assertThat(ids()).containsExactly(1, 2);
    }

    @Test
    void afterAnErrorTheIsolationIsTheUsualOneAgain() throws SQLException {
        int usual;
        try (Connection connection = connect()) {
            usual = connection.getTransactionIsolation();
        }
        try (Connection connection = manual()) {
            connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
            assertThatThrownBy(() -> execute(connection, "INSERT INTO nowhere VALUES (1)"))
                    .isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> connection.setAutoCommit(true)).isInstanceOf(SQLException.class);
        }
        try (Connection connection = connect()) {
            execute(connection, "SELECT 1");
            assertThat(connection.getTransactionIsolation()).isEqualTo(usual);
        }
    }

    @Test
    void anIsolationThatDoesNotExistIsRefusedAtOnceAndChangesNothing() throws SQLException {
        try (Connection connection = manual()) {
            assertThatThrownBy(() -> connection.setTransactionIsolation(3)).isInstanceOf(SQLException.class);
            insert(connection, 1);
            connection.rollback();
        }
        assertThat(ids()).isEmpty();
    }

    @Test
    void ofSeveralStatementsInOneTextNoneIsLostSilently() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            boolean refused = false;
            try {
                statement.execute("INSERT INTO item VALUES (1); INSERT INTO item VALUES (2)");
            } catch (SQLException e) {
                refused = true;
            }
            assertThat(ids()).hasSize(refused ? 0 : 2);
            statement.execute("INSERT INTO item VALUES (3); -- and no more");
            assertThat(ids()).hasSize(refused ? 1 : 3);
        }
    }
}
