package dev.dovetail.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.dovetail.datasource.PoolStatus;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A prepared statement is a new one to whoever prepares it, whether or not its text was compiled before. */
@EngineContract
class PreparedStatementTests {

    private static final String ALL = "SELECT id FROM item ORDER BY id";
    private static final String FROM = "SELECT id FROM item WHERE id >= ? ORDER BY id";
    private static final String INSERT = "INSERT INTO item (id, name) VALUES (?, ?)";
    private static final Set<String> OF_CLOSED =
            Set.of("close", "isClosed", "getConnection", "unwrap", "isWrapperFor", "toString");

    private final TestApplication application;
    private Connection connection;

    PreparedStatementTests(TestEngine engine) throws SQLException {
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

    private List<Object> ids(PreparedStatement statement) throws SQLException {
        List<Object> ids = new ArrayList<>();
        try (ResultSet result = statement.executeQuery()) {
            while (result.next()) {
                ids.add(result.getInt(1));
            }
        }
        return ids;
    }

    private List<Object> ids(String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            return ids(statement);
        }
    }

    // One engine refuses, the other does nothing.
    private static void orFails(ThrowingCallable call) {
        Throwable failure = catchThrowable(call);
        assertThat(failure == null || failure instanceof SQLException).isTrue();
    }

    @Test
    void theSameTextWithOtherValuesHasOtherRows() throws SQLException {
        assertThat(ids(FROM, 3)).containsExactly(3);
        assertThat(ids(FROM, 2)).containsExactly(2, 3);
        assertThat(ids(ALL)).containsExactly(1, 2, 3);
        assertThat(ids(ALL)).containsExactly(1, 2, 3);
    }

    @Test
    void aValueDoesNotOutliveItsStatement() throws SQLException {
        ids(FROM, 1);
        try (PreparedStatement statement = connection.prepareStatement(FROM)) {
            // PostgreSQL refuses, SQLite takes NULL; neither takes the 1 of before.
            List<Object> seen = new ArrayList<>();
            Throwable refusal = catchThrowable(() -> seen.addAll(ids(statement)));
            assertThat(seen).isEmpty();
            assertThat(refusal == null || refusal instanceof SQLException).isTrue();
        }
    }

    @Test
    void aBatchDoesNotOutliveItsStatement() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            statement.setInt(1, 8);
            statement.setString(2, "eight");
            statement.addBatch();
        }
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            statement.setInt(1, 9);
            statement.setString(2, "nine");
            statement.addBatch();
            assertThat(statement.executeBatch()).containsExactly(1);
        }
        assertThat(ids(ALL)).containsExactly(1, 2, 3, 9);
    }

    @Test
    void settingsDoNotOutliveTheirStatement() throws SQLException {
        int fetchSize;
        try (PreparedStatement statement = connection.prepareStatement(ALL)) {
            fetchSize = statement.getFetchSize();
            statement.setMaxRows(2);
            statement.setFetchSize(1);
            statement.setQueryTimeout(7);
            statement.setPoolable(true);
            assertThat(ids(statement)).containsExactly(1, 2);
        }
        try (PreparedStatement statement = connection.prepareStatement(ALL)) {
            assertThat(statement.getMaxRows()).isZero();
            assertThat(statement.getFetchSize()).isEqualTo(fetchSize);
            assertThat(statement.getQueryTimeout()).isZero();
            assertThat(ids(statement)).containsExactly(1, 2, 3);
        }
    }

    @Test
    void aClosedStatementStaysClosedWhileItsTextIsInUse() throws Exception {
        PreparedStatement closed = connection.prepareStatement(FROM);
        closed.setInt(1, 1);
        ids(closed);
        closed.close();
        try (PreparedStatement next = connection.prepareStatement(FROM)) {
            next.setInt(1, 2);
            for (Method method : PreparedStatement.class.getMethods()) {
                if (!OF_CLOSED.contains(method.getName())) {
                    assertThat(failure(closed, method)).as(method.toString()).isInstanceOf(SQLException.class);
                }
            }
            closed.close();
            assertThat(closed.isClosed()).isTrue();
            assertThat(next.isClosed()).isFalse();
            assertThat(ids(next)).containsExactly(2, 3);
        }
    }

    private static @Nullable Throwable failure(PreparedStatement statement, Method method)
            throws IllegalAccessException {
        try {
            method.invoke(statement, argumentsOf(method));
            return null;
        } catch (InvocationTargetException e) {
            return e.getTargetException();
        }
    }

    private static @Nullable Object[] argumentsOf(Method method) {
        Class<?>[] types = method.getParameterTypes();
        @Nullable Object[] arguments = new Object[types.length];
        for (int i = 0; i < types.length; i++) {
            arguments[i] = argumentOf(types[i]);
        }
        return arguments;
    }

    private static @Nullable Object argumentOf(Class<?> type) {
        if (type == int.class) {
            return 1;
        }
        if (type == long.class) {
            return 1L;
        }
        if (type == boolean.class) {
            return true;
        }
        if (type == short.class || type == byte.class || type == float.class || type == double.class) {
            return type == short.class ? (Object) (short) 1 : type == byte.class ? (Object) (byte) 1 : floating(type);
        }
        return type == String.class ? "SELECT 1" : null;
    }

    private static Object floating(Class<?> type) {
        return type == float.class ? (Object) 1f : (Object) 1d;
    }

    @Test
    void whenClosedTwiceThenTheStatementServesOneUseAtATime() throws SQLException {
        PreparedStatement twice = connection.prepareStatement(FROM);
        twice.close();
        PreparedStatement second = connection.prepareStatement(FROM);
        twice.close();
        PreparedStatement third = connection.prepareStatement(FROM);
        second.setInt(1, 3);
        third.setInt(1, 2);
        assertThat(ids(second)).containsExactly(3);
        assertThat(ids(third)).containsExactly(2, 3);
        second.close();
        third.close();
    }

    @Test
    void twoUsesOfOneTextAtOnceDoNotSeeEachOther() throws SQLException {
        ids(FROM, 1);
        try (PreparedStatement first = connection.prepareStatement(FROM);
                PreparedStatement second = connection.prepareStatement(FROM)) {
            first.setInt(1, 1);
            second.setInt(1, 3);
            try (ResultSet ofFirst = first.executeQuery();
                    ResultSet ofSecond = second.executeQuery()) {
                assertThat(ofFirst.next()).isTrue();
                assertThat(ofSecond.next()).isTrue();
                assertThat(ofFirst.getInt(1)).isEqualTo(1);
                assertThat(ofSecond.getInt(1)).isEqualTo(3);
                assertThat(ofFirst.next()).isTrue();
                assertThat(ofFirst.getInt(1)).isEqualTo(2);
            }
        }
        assertThat(ids(FROM, 2)).containsExactly(2, 3);
    }

    @Test
    void anOldResultDoesNotReadTheRowsOfTheNextUse() throws SQLException {
        PreparedStatement statement = connection.prepareStatement(ALL);
        ResultSet old = statement.executeQuery();
        assertThat(old.next()).isTrue();
        statement.close();
        try (PreparedStatement next = connection.prepareStatement(ALL);
                ResultSet result = next.executeQuery()) {
            assertThat(result.next()).isTrue();
            assertThat(old.isClosed()).isTrue();
            assertThatThrownBy(() -> old.getInt(1)).isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> old.getInt("id")).isInstanceOf(SQLException.class);
            orFails(old::next);
            old.close();
            assertThat(result.getInt(1)).isEqualTo(1);
            assertThat(result.next()).isTrue();
            assertThat(result.getInt(1)).isEqualTo(2);
        }
    }

    @Test
    void anOldResultDoesNotReadTheRowsOfTheSameStatementsNextExecution() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FROM)) {
            statement.setInt(1, 1);
            ResultSet old = statement.executeQuery();
            assertThat(old.next()).isTrue();
            statement.setInt(1, 2);
            ResultSet result = statement.executeQuery();
            orFails(old::next);
            assertThat(result.next()).isTrue();
            assertThatThrownBy(() -> old.getInt(1)).isInstanceOf(SQLException.class);
            assertThat(result.getInt(1)).isEqualTo(2);
        }
    }

    @Test
    void aStatementThatFailedCanBeUsedAgain() throws SQLException {
        for (int attempt = 0; attempt < 3; attempt++) {
            try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
                statement.setInt(1, 1);
                statement.setString(2, "again");
                assertThatThrownBy(statement::executeUpdate).isInstanceOf(SQLException.class);
            }
        }
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            statement.setInt(1, 4);
            statement.setString(2, "four");
            assertThat(statement.executeUpdate()).isEqualTo(1);
            assertThat(statement.getUpdateCount()).isEqualTo(1);
        }
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            statement.setInt(1, 5);
            statement.setString(2, "five");
            assertThat(statement.execute()).isFalse();
        }
        assertThat(ids(ALL)).containsExactly(1, 2, 3, 4, 5);
    }

    @Test
    void generatedKeysAreAskedForByEachUse() throws SQLException {
        application.define("CREATE TABLE numbered (id ${identity}, name ${text}) ${strict}");
        String insert = "INSERT INTO numbered (name) VALUES ('x')";
        try (PreparedStatement plain = connection.prepareStatement(insert)) {
            plain.executeUpdate();
        }
        for (int expected = 2; expected <= 3; expected++) {
            try (PreparedStatement statement = connection.prepareStatement(insert, Statement.RETURN_GENERATED_KEYS)) {
                statement.executeUpdate();
                assertThat(key(statement)).isEqualTo(expected);
            }
        }
        for (int expected = 4; expected <= 5; expected++) {
            try (PreparedStatement statement = connection.prepareStatement(insert, new String[] {"id"})) {
                statement.executeUpdate();
                assertThat(key(statement)).isEqualTo(expected);
            }
        }
        try (PreparedStatement plain = connection.prepareStatement(insert)) {
            plain.executeUpdate();
            try (ResultSet none = plain.getGeneratedKeys()) {
                assertThat(none.next()).isFalse();
            }
        }
    }

    private static int key(PreparedStatement statement) throws SQLException {
        try (ResultSet keys = statement.getGeneratedKeys()) {
            assertThat(keys.next()).isTrue();
            return keys.getInt(1);
        }
    }

    @Test
    void aKeyThatNobodyReadDoesNotComeBack() throws SQLException {
        application.define("CREATE TABLE numbered (id ${identity}, name ${text}) ${strict}");
        String insert = "INSERT INTO numbered (name) SELECT 'x' WHERE ? = 1";
        try (PreparedStatement statement = connection.prepareStatement(insert, Statement.RETURN_GENERATED_KEYS)) {
            statement.setInt(1, 1);
            assertThat(statement.executeUpdate()).isEqualTo(1);
        }
        try (PreparedStatement statement = connection.prepareStatement(insert, Statement.RETURN_GENERATED_KEYS)) {
            try (ResultSet none = statement.getGeneratedKeys()) {
                assertThat(none.next()).isFalse();
            }
            statement.setInt(1, 0);
            assertThat(statement.executeUpdate()).isZero();
            try (ResultSet none = statement.getGeneratedKeys()) {
                assertThat(none.next()).isFalse();
            }
        }
    }

    @Test
    void transactionsEndWhileStatementsAreKept() throws SQLException {
        connection.setAutoCommit(false);
        for (int id = 4; id <= 7; id++) {
            try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
                statement.setInt(1, id);
                statement.setString(2, "x");
                statement.executeUpdate();
            }
            assertThat(ids(ALL)).contains(id);
            if (id % 2 == 0) {
                connection.rollback();
            } else {
                connection.commit();
            }
        }
        assertThat(ids(ALL)).containsExactly(1, 2, 3, 5, 7);
    }

    @Test
    void theWriterIsFreeAfterACommitThoughStatementsAreKept() throws SQLException {
        connection.setAutoCommit(false);
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            statement.setInt(1, 4);
            statement.setString(2, "four");
            statement.executeUpdate();
        }
        connection.commit();
        if (application.dataSource().engine().capabilities().singleWriter()) {
            assertThat(application.dataSource().pools())
                    .extracting(PoolStatus::active)
                    .containsOnly(0);
        }
    }

    @Test
    void whatWasLeftOpenAtTheConnectionsReturnIsEnded() throws SQLException {
        PreparedStatement left = connection.prepareStatement(FROM);
        left.setInt(1, 1);
        ResultSet unread = left.executeQuery();
        assertThat(unread.next()).isTrue();
        connection.close();
        application.template().update("INSERT INTO item VALUES (4, 'four')");
        connection = application.dataSource().getConnection();
        assertThat(ids(FROM, 1)).containsExactly(1, 2, 3, 4);
        assertThatThrownBy(() -> unread.getInt(1)).isInstanceOf(SQLException.class);
        assertThat(left.isClosed()).isTrue();
    }

    @Test
    void thatAStatementShouldEndWithItsResultDoesNotOutliveIt() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ALL)) {
            statement.closeOnCompletion();
        }
        try (PreparedStatement next = connection.prepareStatement(ALL)) {
            assertThat(next.isCloseOnCompletion()).isFalse();
            next.executeQuery().close();
            assertThat(next.isClosed()).isFalse();
        }
    }

    @Test
    void aStatementThatEndsWithItsResultEnds() throws SQLException {
        PreparedStatement statement = connection.prepareStatement(ALL);
        statement.closeOnCompletion();
        statement.executeQuery().close();
        assertThat(statement.isClosed()).isTrue();
        statement.close();
        assertThat(ids(ALL)).containsExactly(1, 2, 3);
    }
}
