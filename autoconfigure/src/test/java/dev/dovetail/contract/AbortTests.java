package dev.dovetail.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A connection that is aborted ends, with what runs on it, and nobody gets it any more. */
@EngineContract
class AbortTests {

    private final TestEngine engine;
    private final TestApplication application;

    AbortTests(TestEngine engine) {
        this.engine = engine;
        this.application =
                TestApplication.on(engine, "spring.datasource.hikari.maximum-pool-size=1", "dovetail.sqlite.readers=1");
        application.template().execute("CREATE TABLE item (id integer PRIMARY KEY)");
    }

    @AfterEach
    void stop() {
        application.close();
    }

    private void write(Connection connection, int id) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("INSERT INTO item VALUES (" + id + ")");
        }
    }

    private long rows() {
        Long count = application.template().queryForObject("SELECT count(*) FROM item", Long.class);
        return count == null ? -1 : count;
    }

    @Test
    void whoComesNextGetsAnotherConnection() throws SQLException {
        for (int round = 0; round < 5; round++) {
            Connection aborted = application.dataSource().getConnection();
            write(aborted, round);
            aborted.abort(Runnable::run);
            assertThat(aborted.isClosed()).isTrue();
            assertThat(rows()).isEqualTo(round + 1);
        }
    }

    @Test
    void whatWasNotCommittedIsUndone() throws SQLException {
        Connection aborted = application.dataSource().getConnection();
        aborted.setAutoCommit(false);
        write(aborted, 1);
        aborted.abort(Runnable::run);

        assertThat(rows()).isZero();
        application.template().update("INSERT INTO item VALUES (1)");
        assertThat(rows()).isOne();
    }

    @Test
    void whatRunsIsEnded() throws Exception {
        Connection busy = application.dataSource().getConnection();
        CountDownLatch begun = new CountDownLatch(1);
        CompletableFuture<Void> running = OwnThread.run(() -> {
            try (Statement statement = busy.createStatement()) {
                begun.countDown();
                statement.executeQuery(engine.slowQuery()).next();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
        begun.await();
        while (application.dataSource().pools().stream().allMatch(pool -> pool.active() == 0)) {
            Thread.onSpinWait();
        }
        busy.abort(Runnable::run);

        assertThatThrownBy(() -> running.get(20, TimeUnit.SECONDS)).isInstanceOf(ExecutionException.class);
        assertThat(rows()).isZero();
    }

    @Test
    void abortingTwiceOrAfterClosingDoesNothing() throws SQLException {
        Connection connection = application.dataSource().getConnection();
        write(connection, 1);
        connection.abort(Runnable::run);
        assertThatCode(() -> connection.abort(Runnable::run)).doesNotThrowAnyException();
        assertThatCode(connection::close).doesNotThrowAnyException();

        Connection closed = application.dataSource().getConnection();
        write(closed, 2);
        closed.close();
        assertThatCode(() -> closed.abort(Runnable::run)).doesNotThrowAnyException();
        assertThat(rows()).isEqualTo(2);
    }
}
