package dev.dovetail.contract.cache.checker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.contract.EngineContract;
import dev.dovetail.contract.OwnThread;
import dev.dovetail.contract.SharedApplications;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import dev.dovetail.datasource.ObservedVersions;
import dev.dovetail.datasource.TableVersions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/**
 * Statements that commit at odd moments: somebody reads through a cache just when a change counts as committed, and must not
 * keep the time before it.
 */
@EngineContract
class CommitOrderTests {

    private static final String RETURNING = "UPDATE item SET version = version + 1 RETURNING id";

    private static final SharedApplications applications = SharedApplications.withTables(Observed.class, """
            CREATE TABLE item (id ${bigint} PRIMARY KEY, version ${bigint} NOT NULL) ${strict};
            CREATE TABLE other (id ${bigint} PRIMARY KEY, version ${bigint} NOT NULL) ${strict};
            INSERT INTO item VALUES (1, 0);
            INSERT INTO item VALUES (2, 0);
            INSERT INTO other VALUES (1, 0);
            """);

    private final TestApplication application;
    private final ObservedVersions versions;
    private final TestCache cache;

    CommitOrderTests(TestEngine engine) {
        this.application = applications.on(engine);
        this.versions = (ObservedVersions) application.bean(TableVersions.class);
        this.cache = new TestCache(versions);
    }

    @Import(CheckedRepositories.class)
    static class Observed {
        @Bean
        TableVersions tableVersions() {
            return new ObservedVersions();
        }
    }

    @AfterAll
    static void stop() {
        applications.close();
    }

    @BeforeEach
    void readWheneverSomethingIsCommitted() {
        versions.afterEachCommit(() -> OwnThread.run(this::readBoth).join());
    }

    @AfterEach
    void assertNothingOldIsKept() {
        versions.afterEachCommit(() -> {});
        for (String table : new String[] {"item", "other"}) {
            assertThat(cached(table))
                    .as("%s, compared with the database", table)
                    .isEqualTo(stored(table));
        }
        assertThat(cached("item") + cached("other"))
                .as("a change that was made")
                .isPositive();
        long hits = cache.hits();
        cached("item");
        assertThat(cache.hits())
                .as("nothing counts as being committed for ever")
                .isEqualTo(hits + 1);
        application.template().execute("UPDATE item SET version = 0");
        application.template().execute("UPDATE other SET version = 0");
    }

    private void readBoth() {
        cached("item");
        cached("other");
    }

    private long cached(String table) {
        return Objects.requireNonNull(cache.<Long>get(table, () -> stored(table)));
    }

    private long stored(String table) {
        return application
                .jdbc()
                .sql("SELECT version FROM " + table + " WHERE id = 1")
                .query(Long.class)
                .single();
    }

    private Connection connect() throws SQLException {
        return application.dataSource().getConnection();
    }

    @Test
    void aResultThatIsClosedBeforeItsEnd() throws SQLException {
        try (Connection connection = connect();
                PreparedStatement statement = connection.prepareStatement(RETURNING);
                ResultSet result = statement.executeQuery()) {
            assertThat(result.next()).isTrue();
        }
    }

    @Test
    void aStatementThatIsClosedBeforeItsResult() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeQuery(RETURNING).next()).isTrue();
        }
    }

    @Test
    void aPreparedStatementThatIsClosedBeforeItsResult() throws SQLException {
        try (Connection connection = connect();
                PreparedStatement statement = connection.prepareStatement(RETURNING)) {
            assertThat(statement.executeQuery().next()).isTrue();
        }
    }

    @Test
    void aResultThatNobodyAsksFor() throws SQLException {
        try (Connection connection = connect();
                PreparedStatement statement = connection.prepareStatement(RETURNING)) {
            assertThat(statement.execute()).isTrue();
        }
    }

    @Test
    void aStatementThatIsExecutedAgainBeforeItsEnd() throws SQLException {
        try (Connection connection = connect();
                PreparedStatement statement = connection.prepareStatement(RETURNING)) {
            assertThat(statement.execute()).isTrue();
            assertThat(statement.executeQuery().next()).isTrue();
            assertThat(statement.executeQuery().next()).isTrue();
        }
    }

    @Test
    void aPlainStatementThatIsExecutedAgainBeforeItsEnd() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            assertThat(statement.execute(RETURNING)).isTrue();
            assertThat(statement.executeUpdate("UPDATE other SET version = version + 1"))
                    .isEqualTo(1);
        }
    }

    @Test
    void aResultOfWhichOneRowIsEnough() throws SQLException {
        try (Connection connection = connect();
                PreparedStatement statement = connection.prepareStatement(RETURNING)) {
            statement.setMaxRows(1);
            try (ResultSet result = statement.executeQuery()) {
                assertThat(result.next()).isTrue();
                assertThat(result.next()).isFalse();
                assertThat(result.next()).isFalse();
            }
        }
    }

    @Test
    void aResultThatIsFollowedByAnother() throws SQLException {
        try (Connection connection = connect();
                PreparedStatement statement = connection.prepareStatement(RETURNING)) {
            assertThat(statement.execute()).isTrue();
            assertThat(statement.getMoreResults()).isFalse();
        }
    }

    @Test
    void aChangeBesideAResultOfAnotherChange() throws SQLException {
        try (Connection connection = connect();
                PreparedStatement first = connection.prepareStatement(RETURNING);
                ResultSet open = first.executeQuery()) {
            assertThat(open.next()).isTrue();
            try (Statement second = connection.createStatement()) {
                assertThat(second.executeUpdate("UPDATE other SET version = version + 1"))
                        .isEqualTo(1);
            }
            assertThat(open.next()).isTrue();
        }
    }

    @Test
    void aTransactionThatBeginsBesideAResult() throws SQLException {
        try (Connection connection = connect();
                PreparedStatement first = connection.prepareStatement(RETURNING);
                ResultSet open = first.executeQuery()) {
            assertThat(open.next()).isTrue();
            connection.setAutoCommit(false);
            try (Statement second = connection.createStatement()) {
                assertThat(second.executeUpdate("UPDATE other SET version = version + 1"))
                        .isEqualTo(1);
            }
            connection.setAutoCommit(true);
        }
    }

    @Test
    void aReadThatSharesTheSnapshotOfAnotherThatWantsNoMoreRows() throws SQLException {
        versions.afterEachCommit(() -> {});
        try (Connection connection = connect();
                PreparedStatement first = connection.prepareStatement("SELECT id FROM item")) {
            first.setMaxRows(1);
            try (ResultSet open = first.executeQuery()) {
                assertThat(open.next()).isTrue();
                assertThat(open.next()).isFalse();
                application.template().update("UPDATE item SET version = version + 1");
                readOn(connection);
            }
        }
    }

    @Test
    void aReadThatSharesTheSnapshotOfAnOpenResult() throws SQLException {
        versions.afterEachCommit(() -> {});
        try (Connection connection = connect();
                PreparedStatement first = connection.prepareStatement("SELECT id FROM item");
                ResultSet open = first.executeQuery()) {
            assertThat(open.next()).isTrue();
            application.template().update("UPDATE item SET version = version + 1");
            readOn(connection);
        }
    }

    @Test
    void aTransactionThatSharesTheSnapshotOfAnOpenResult() throws SQLException {
        versions.afterEachCommit(() -> {});
        try (Connection connection = connect();
                PreparedStatement first = connection.prepareStatement("SELECT id FROM item");
                ResultSet open = first.executeQuery()) {
            assertThat(open.next()).isTrue();
            application.template().update("UPDATE item SET version = version + 1");
            connection.setReadOnly(true);
            connection.setAutoCommit(false);
            readOn(connection);
            connection.rollback();
            readOn(connection);
        }
    }

    @Test
    void aResultThatIsReadPastTheEndOfItsTransaction() throws SQLException {
        versions.afterEachCommit(() -> {});
        try (Connection connection = connect()) {
            connection.setReadOnly(true);
            connection.setAutoCommit(false);
            try (PreparedStatement first = connection.prepareStatement("SELECT id FROM item");
                    ResultSet open = first.executeQuery()) {
                assertThat(open.next()).isTrue();
                application.template().update("UPDATE item SET version = version + 1");
                connection.commit();
                readOn(connection);
                connection.setAutoCommit(true);
                readOn(connection);
            }
        }
    }

    private void readOn(Connection connection) {
        cache.<Long>get("item", () -> {
            try (PreparedStatement read = connection.prepareStatement("SELECT version FROM item WHERE id = 1");
                    ResultSet result = read.executeQuery()) {
                assertThat(result.next()).isTrue();
                return result.getLong(1);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    @Test
    void aConnectionThatIsClosedInItsTransaction() throws SQLException {
        try (Connection connection = connect()) {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.executeUpdate("UPDATE item SET version = 100");
                connection.rollback(savepointBefore(connection, statement));
            }
        }
        application.template().update("UPDATE other SET version = 1");
        assertThat(stored("item")).isZero();
    }

    private static Savepoint savepointBefore(Connection connection, Statement statement) throws SQLException {
        Savepoint savepoint = connection.setSavepoint();
        statement.executeUpdate("UPDATE item SET version = 200");
        return savepoint;
    }

    @Test
    void turningAutocommitOnCommits() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.executeUpdate("UPDATE item SET version = version + 1");
            connection.setAutoCommit(true);
        }
    }
}
