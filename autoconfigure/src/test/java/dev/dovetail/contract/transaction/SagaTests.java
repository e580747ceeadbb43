package dev.dovetail.contract.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.dovetail.contract.EngineContract;
import dev.dovetail.contract.SharedApplications;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import dev.dovetail.transaction.Saga;
import dev.dovetail.transaction.SagaAction;
import dev.dovetail.transaction.SagaFailedException;
import dev.dovetail.transaction.SagaRunner;
import dev.dovetail.transaction.SagaState;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Steps in transactions of their own, and what undoes them in reverse order (F95). */
@EngineContract
class SagaTests {

    private static final SharedApplications applications =
            SharedApplications.with("dovetail.saga.ownership=300ms", "dovetail.saga.recovery-interval=1h");

    private record Order(String customer, int amount) {}

    private final TestApplication application;
    private final List<String> done = new CopyOnWriteArrayList<>();

    SagaTests(TestEngine engine) {
        this.application = applications.on(engine);
    }

    @AfterAll
    static void stop() {
        applications.close();
    }

    @BeforeEach
    void createTable() {
        application.define("""
                DROP TABLE IF EXISTS booking;
                CREATE TABLE booking (what ${text} PRIMARY KEY)
                """);
        application.defineOwnTables();
    }

    private <P> SagaAction<P> book(String what) {
        return saga -> {
            done.add("do " + what);
            application.jdbc().sql("INSERT INTO booking VALUES (?)").param(what).update();
        };
    }

    private <P> SagaAction<P> cancel(String what) {
        return saga -> {
            done.add("undo " + what);
            application
                    .jdbc()
                    .sql("DELETE FROM booking WHERE what = ?")
                    .param(what)
                    .update();
        };
    }

    private <P> SagaAction<P> fail(String message) {
        return saga -> {
            done.add("fail");
            application.jdbc().sql("INSERT INTO booking VALUES ('half')").update();
            throw new IOException(message);
        };
    }

    private List<String> bookings() {
        return application
                .jdbc()
                .sql("SELECT what FROM booking ORDER BY what")
                .query(String.class)
                .list();
    }

    private Saga<String> trip() {
        return application
                .database()
                .saga("trip")
                .step("flight", book("flight"), cancel("flight"))
                .step("hotel", book("hotel"), cancel("hotel"));
    }

    @Test
    void allStepsAreDoneInTheirOrder() {
        Saga<String> trip = trip().step("car", book("car"));
        String id = trip.run("anna");

        assertThat(done).containsExactly("do flight", "do hotel", "do car");
        assertThat(bookings()).containsExactly("car", "flight", "hotel");
        assertThat(trip.state(id)).contains(SagaState.COMPLETED);
    }

    @Test
    void whenAStepFailsThoseBeforeAreUndoneInReverseOrder() {
        Saga<String> trip = trip().step("payment", fail("declined"), cancel("payment"));

        assertThatExceptionOfType(SagaFailedException.class)
                .isThrownBy(() -> trip.run("anna"))
                .satisfies(failure -> {
                    assertThat(failure.step()).isEqualTo("payment");
                    assertThat(failure.isCompensated()).isTrue();
                    assertThat(failure.getCause())
                            .isInstanceOf(IOException.class)
                            .hasMessage("declined");
                    assertThat(trip.state(failure.id())).contains(SagaState.COMPENSATED);
                });
        assertThat(done).containsExactly("do flight", "do hotel", "fail", "undo hotel", "undo flight");
        assertThat(bookings()).isEmpty();
    }

    @Test
    void notesAndPayloadReachLaterSteps() {
        application
                .database()
                .saga("order")
                .withPayload(Order.class)
                .step(
                        "reserve",
                        saga -> saga.note(
                                "shelf", "a\tb\nc\\d " + saga.payload().customer()))
                .step(
                        "ship",
                        saga -> done.add(saga.note("shelf").orElseThrow()
                                + saga.payload().amount()))
                .run(new Order("anna", 3));

        assertThat(done).containsExactly("a\tb\nc\\d anna3");
    }

    @Test
    void whatCannotBeUndoneIsUndoneLaterFromWhereItStood() {
        boolean[] broken = {true};
        Saga<String> trip = application
                .database()
                .saga("stubborn")
                .step("flight", book("flight"), cancel("flight"))
                .step("hotel", book("hotel"), saga -> {
                    if (broken[0]) {
                        throw new IOException("the hotel does not answer");
                    }
                    this.<String>cancel("hotel").run(saga);
                })
                .step("car", book("car"), cancel("car"))
                .step("payment", fail("declined"));

        assertThatExceptionOfType(SagaFailedException.class)
                .isThrownBy(() -> trip.run("anna"))
                .satisfies(failure -> {
                    assertThat(failure.isCompensated()).isFalse();
                    assertThat(trip.state(failure.id())).contains(SagaState.COMPENSATING);
                });
        assertThat(bookings()).containsExactly("flight", "hotel");

        broken[0] = false;
        SagaRunner runner = application.bean(SagaRunner.class);
        assertThat(runner.recover(List.of(trip), () -> true))
                .as("its time has not come")
                .isZero();
        application.template().update("UPDATE dovetail_saga SET owned_until = 0");
        assertThat(runner.recover(List.of(trip), () -> true)).isEqualTo(1);
        assertThat(bookings()).isEmpty();
        assertThat(done)
                .containsExactly("do flight", "do hotel", "do car", "fail", "undo car", "undo hotel", "undo flight");
        assertThat(runner.recover(List.of(trip), () -> true)).isZero();
    }

    @Test
    void whoWasTakenOverChangesNothingMore() {
        Saga<String> other = trip();
        Saga<String> slow = application
                .database()
                .saga("trip")
                .step("flight", book("flight"), cancel("flight"))
                .step("hotel", saga -> {
                    // As if another instance had taken this one for dead, while it waited for somebody else.
                    takeOver(other);
                    this.<String>book("hotel").run(saga);
                });

        assertThatExceptionOfType(SagaFailedException.class)
                .isThrownBy(() -> slow.run("anna"))
                .withStackTraceContaining("taken over by another instance");
        assertThat(bookings()).isEmpty();
        assertThat(done).containsExactly("do flight", "undo flight", "do hotel");
    }

    private void takeOver(Saga<String> saga) throws InterruptedException {
        Thread thread = new Thread(() -> {
            application.template().update("UPDATE dovetail_saga SET owned_until = 0");
            application.bean(SagaRunner.class).recover(List.of(saga), () -> true);
        });
        thread.start();
        thread.join();
    }

    @Test
    void insideATransactionItIsRefused() {
        assertThatIllegalStateException()
                .isThrownBy(() -> application.transaction().executeWithoutResult(status -> trip().run("anna")))
                .withMessageContaining("inside a transaction");
        assertThat(bookings()).isEmpty();
    }

    @Test
    void namesAreChecked() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> application.database().saga("with space"));
        assertThatIllegalArgumentException().isThrownBy(() -> trip().step("flight", book("x")));
        assertThatIllegalStateException().isThrownBy(() -> trip().withPayload(Order.class));
    }
}
