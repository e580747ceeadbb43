package dev.dovetail.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dovetail.datasource.PoolStatus;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.jdbc.DataSourceBuilder;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** What is easily lost between a connection that is asked for and the pooled ones that stand in for it. */
@EngineContract
class RoutedConnectionTests {

    private final TestEngine engine;
    private TestApplication application;

    RoutedConnectionTests(TestEngine engine) {
        this.engine = engine;
        this.application = start();
    }

    private TestApplication start(String... properties) {
        TestApplication started = TestApplication.on(engine, properties);
        started.template().execute("CREATE TABLE item (id integer PRIMARY KEY)");
        return started;
    }

    @AfterEach
    void stop() {
        application.close();
    }

    private Connection connect() throws SQLException {
        return application.dataSource().getConnection();
    }

    private static void insert(Connection connection, int id) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("INSERT INTO item VALUES (" + id + ")");
        }
    }

    private int count() {
        Integer count = application.template().queryForObject("SELECT count(*) FROM item", Integer.class);
        return count == null ? -1 : count;
    }

    @Test
    void aClosedConnectionTakesNothingFromThePools() throws SQLException {
        Connection closed = connect();
        closed.close();
        for (int i = 0; i < 20; i++) {
            assertThatThrownBy(closed::getWarnings).isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> closed.getMetaData()).isInstanceOf(SQLException.class);
        }
        assertThat(application.dataSource().pools())
                .extracting(PoolStatus::active)
                .containsOnly(0);
    }

    @Test
    void aLateCancelDoesNotHitWhoeverComesNext() throws SQLException {
        Statement old;
        try (Connection connection = connect()) {
            connection.setAutoCommit(false);
            old = connection.createStatement();
            old.execute("INSERT INTO item VALUES (1)");
            old.close();
            connection.commit();
        }
        application.transaction().executeWithoutResult(status -> {
            application.template().update("INSERT INTO item VALUES (2)");
            cancelLate(old);
            application.template().update("INSERT INTO item VALUES (3)");
        });
        assertThat(count()).isEqualTo(3);
    }

    private static void cancelLate(Statement old) {
        try {
            old.cancel();
        } catch (SQLException e) {
            assertThat(e.getMessage()).contains("closed");
        }
    }

    @Test
    void aBatchThatRunsTooLongIsStopped() throws SQLException {
        try (Connection connection = connect();
                PreparedStatement statement = connection.prepareStatement(engine.slowInsert())) {
            statement.setQueryTimeout(1);
            for (int i = 0; i < 200; i++) {
                statement.setInt(1, i);
                statement.addBatch();
            }
            long started = System.nanoTime();
            assertThatThrownBy(statement::executeBatch).isInstanceOf(SQLException.class);
            assertThat((System.nanoTime() - started) / 1_000_000).isLessThan(5_000);
        }
        assertThat(count()).isZero();
    }

    @Test
    void aStatementPreparedOutsideTheTransactionIsNeverStale() throws SQLException {
        try (Connection connection = connect();
                PreparedStatement count = connection.prepareStatement("SELECT count(*) FROM item")) {
            connection.setAutoCommit(false);
            insert(connection, 1);
            assertThat(countOrRefusal(count)).isIn("1", "25000");
        }
    }

    private static String countOrRefusal(PreparedStatement count) {
        try (ResultSet result = count.executeQuery()) {
            result.next();
            return result.getString(1);
        } catch (SQLException e) {
            return e.getSQLState();
        }
    }

    @Test
    void aTransactionThatHasBegunStaysWhatItIs() throws SQLException {
        try (Connection connection = connect()) {
            connection.setAutoCommit(false);
            insert(connection, 1);
            assertThatThrownBy(() -> connection.setReadOnly(true)).isInstanceOf(SQLException.class);
            connection.commit();
        }
        assertThat(count()).isEqualTo(1);
    }

    @Test
    void autoCommitOffIsHonoured() throws SQLException {
        application.close();
        application = start("spring.datasource.hikari.auto-commit=false");
        application
                .transaction()
                .executeWithoutResult(status -> application.template().execute("CREATE TABLE kept (id integer)"));
        try (Connection connection = connect()) {
            assertThat(connection.getAutoCommit()).isFalse();
            try (Statement statement = connection.createStatement()) {
                statement.executeUpdate("INSERT INTO kept VALUES (1)");
                connection.commit();
                statement.executeUpdate("INSERT INTO kept VALUES (2)");
                connection.rollback();
                statement.executeUpdate("INSERT INTO kept VALUES (3)");
            }
        }
        assertThat(application.template().queryForList("SELECT id FROM kept", Integer.class))
                .containsExactly(1);
    }

    @Test
    void whoeverAsksForAnyDataSourceGetsOurs() throws SQLException {
        DataSource dataSource = application.dataSource();

        assertThat(dataSource.unwrap(DataSource.class)).isSameAs(dataSource);
    }

    @Test
    void aDataSourceForAnotherUserCanBeDerived() throws SQLException {
        SimpleDriverDataSource derived = DataSourceBuilder.derivedFrom(application.dataSource())
                .type(SimpleDriverDataSource.class)
                .username(application.databaseProperties().getOrDefault("spring.datasource.username", ""))
                .password(application.databaseProperties().getOrDefault("spring.datasource.password", ""))
                .build();
        try (Connection connection = derived.getConnection()) {
            insert(connection, 1);
        }
        assertThat(count()).isEqualTo(1);
    }

    @Test
    void afterATransactionWithSavepointsOthersMayWrite() {
        application.transaction().executeWithoutResult(outer -> {
            application
                    .transaction(TransactionDefinition.PROPAGATION_NESTED)
                    .executeWithoutResult(nested -> application.template().update("INSERT INTO item VALUES (1)"));
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void afterCommit() {
                    application
                            .transaction(TransactionDefinition.PROPAGATION_REQUIRES_NEW)
                            .executeWithoutResult(own -> application.template().update("INSERT INTO item VALUES (2)"));
                }
            });
        });
        assertThat(count()).isEqualTo(2);
    }
}
