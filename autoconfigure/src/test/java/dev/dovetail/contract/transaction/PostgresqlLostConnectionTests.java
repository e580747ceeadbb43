package dev.dovetail.contract.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import dev.dovetail.datasource.CommitOutcomeUnknownException;
import dev.dovetail.transaction.Outbox;
import dev.dovetail.transaction.Saga;
import dev.dovetail.transaction.SagaFailedException;
import dev.dovetail.transaction.SagaState;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sessions that the server ends while a message is handled, or a step is committed (F95, F98). */
class PostgresqlLostConnectionTests {

    private static final String OTHERS =
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()";

    private final TestApplication application = TestApplication.withRepositories(
            TestEngine.POSTGRESQL,
            OutboxFaultTests.Handlers.class,
            "dovetail.outbox.poll-interval=50ms",
            "dovetail.transaction.retry-delay=20ms");

    @BeforeEach
    void createTables() {
        application.defineOwnTables();
    }

    @AfterEach
    void stop() {
        application.close();
    }

    private void end(String sessions) throws SQLException {
        try (Connection other = application.foreignConnection();
                Statement statement = other.createStatement()) {
            statement.execute(sessions);
        }
    }

    private int count(String table) {
        return application
                .database()
                .query("count")
                .run(() -> application
                        .jdbc()
                        .sql("SELECT count(*) FROM " + table)
                        .query(Integer.class)
                        .single());
    }

    @Test
    void aMessageThatWasHandledIsRemovedAlthoughTheConnectionIsLost() throws Exception {
        OutboxFaultTests.Recorder handler = application.bean(OutboxFaultTests.Recorder.class);
        handler.doThen(message -> end(OTHERS));
        application
                .transaction()
                .executeWithoutResult(status -> application.bean(Outbox.class).send("orders", "first"));

        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (handler.payloads().isEmpty() || count("dovetail_outbox") > 0) {
            assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(50);
        }
        assertThat(handler.payloads()).containsExactly("first");
    }

    @Test
    void aStepWhoseCommitWasCutOffIsLookedAfterBeforeAnythingIsUndone() {
        application.template().execute("CREATE TABLE booking (what text)");
        application.template().execute("""
                CREATE FUNCTION slowly() RETURNS trigger LANGUAGE plpgsql AS
                'BEGIN PERFORM pg_sleep(3); RETURN NULL; END'""");
        application.template().execute("""
                CREATE CONSTRAINT TRIGGER slowly AFTER INSERT ON booking DEFERRABLE INITIALLY DEFERRED
                FOR EACH ROW EXECUTE FUNCTION slowly()""");
        List<String> done = new CopyOnWriteArrayList<>();
        Saga<String> trip = application
                .database()
                .saga("trip")
                .step("flight", saga -> done.add("flight"), saga -> done.add("undo flight"))
                .step("hotel", saga -> {
                    application.template().execute("INSERT INTO booking VALUES ('hotel')");
                    new Thread(this::endTheCommit).start();
                });

        assertThatExceptionOfType(SagaFailedException.class)
                .isThrownBy(() -> trip.run("anna"))
                .withCauseInstanceOf(CommitOutcomeUnknownException.class)
                .satisfies(failure -> assertThat(trip.state(failure.id())).contains(SagaState.COMPENSATED));
        assertThat(done).containsExactly("flight", "undo flight");
        assertThat(count("booking")).isZero();
    }

    private void endTheCommit() {
        try {
            TimeUnit.SECONDS.sleep(1);
            end("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query ILIKE 'COMMIT%'");
        } catch (InterruptedException | SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
