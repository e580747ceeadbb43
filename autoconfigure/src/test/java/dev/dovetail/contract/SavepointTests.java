package dev.dovetail.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.dovetail.engine.ErrorCode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Savepoints lift a failure, and nothing else ends a transaction but the calls for it. */
class SavepointTests extends ItemTable {

    SavepointTests(TestEngine engine) {
        super(engine);
    }

    @Test
    void closingRollsBackWhatCameBeforeASavepoint() throws SQLException {
        try (Connection connection = manual()) {
            insert(connection, 1);
            Savepoint savepoint = connection.setSavepoint();
            insert(connection, 2);
            connection.rollback(savepoint);
        }
        assertThat(ids()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "a b", "with \"quotes\"", "it's", "semi;colon", "--", "SELECT"})
    void savepointsMayHaveAnyName(String name) throws SQLException {
        try (Connection connection = manual()) {
            insert(connection, 1);
            Savepoint savepoint = connection.setSavepoint(name);
            assertThat(savepoint.getSavepointName()).isEqualTo(name);
            insert(connection, 2);
            connection.rollback(savepoint);
            insert(connection, 3);
            connection.releaseSavepoint(savepoint);
            connection.commit();
        }
        assertThat(ids()).containsExactly(1, 3);
    }

    @Test
    void unnamedSavepointsHaveNumbers() throws SQLException {
        try (Connection connection = manual()) {
            Savepoint first = connection.setSavepoint();
            insert(connection, 1);
            Savepoint second = connection.setSavepoint();
            insert(connection, 2);
            assertThat(first.getSavepointId()).isNotEqualTo(second.getSavepointId());
            connection.rollback(second);
            connection.commit();
        }
        assertThat(ids()).containsExactly(1);
    }

    @Test
    void aSavepointLiftsAFailureOnlyIfItWasSetBefore() throws SQLException {
        try (Connection connection = manual()) {
            insert(connection, 1);
            Savepoint savepoint = connection.setSavepoint("s");
            assertThatThrownBy(() -> insert(connection, 1)).isInstanceOf(SQLException.class);
            SQLException release =
                    catchThrowableOfType(SQLException.class, () -> connection.releaseSavepoint(savepoint));
            SQLException another = catchThrowableOfType(SQLException.class, () -> connection.setSavepoint("t"));
            assertThat(List.of(codeOf(release), codeOf(another))).containsOnly(ErrorCode.TRANSACTION_ABORTED);
            connection.rollback(savepoint);
            insert(connection, 2);
            connection.commit();
        }
        assertThat(ids()).containsExactly(1, 2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "BEGIN",
                "begin immediate",
                "COMMIT",
                "-- end it\nCOMMIT",
                "/* end it */ ROLLBACK",
                " ;COMMIT",
                "INSERT INTO item VALUES (2); COMMIT",
                "INSERT INTO item VALUES (2);-- now\n rollback ; INSERT INTO item VALUES (3)",
                "END"
            })
    void transactionsAreNotControlledByText(String sql) throws SQLException {
        try (Connection connection = manual()) {
            insert(connection, 1);
            SQLException plain = catchThrowableOfType(SQLException.class, () -> execute(connection, sql));
            SQLException prepared = catchThrowableOfType(SQLException.class, () -> executePrepared(connection, sql));
            assertThat(List.of(codeOf(plain), codeOf(prepared))).containsOnly(ErrorCode.INVALID_USAGE);
            insert(connection, 4);
            connection.rollback();
        }
        try (Connection connection = connect()) {
            assertThatThrownBy(() -> execute(connection, sql)).isInstanceOf(SQLException.class);
            insert(connection, 5);
        }
        assertThat(ids()).containsExactly(5);
    }

    private static void executePrepared(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.execute();
        }
    }

    @Test
    void aTriggersBodyIsNotTransactionControl() throws SQLException {
        try (Connection connection = connect()) {
            execute(connection, "CREATE VIEW seen AS SELECT CASE WHEN id > 1 THEN 1 ELSE 0 END AS big FROM item;");
            execute(connection, "DROP VIEW seen");
        }
    }

    @Test
    void savepointsByTextNeedATransaction() throws SQLException {
        try (Connection connection = connect()) {
            assertThatThrownBy(() -> execute(connection, "SAVEPOINT s")).isInstanceOf(SQLException.class);
            connection.setAutoCommit(false);
            insert(connection, 1);
            execute(connection, "SAVEPOINT s");
            assertThatThrownBy(() -> insert(connection, 1)).isInstanceOf(SQLException.class);
            execute(connection, "ROLLBACK TO SAVEPOINT s");
            connection.commit();
        }
        assertThat(ids()).containsExactly(1);
    }
}
