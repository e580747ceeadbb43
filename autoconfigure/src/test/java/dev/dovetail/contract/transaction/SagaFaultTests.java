package dev.dovetail.contract.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dovetail.contract.EngineContract;
import dev.dovetail.contract.SharedApplications;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import dev.dovetail.engine.DatabaseEngine;
import dev.dovetail.engine.DatabaseError;
import dev.dovetail.engine.DescribedSqlException;
import dev.dovetail.engine.ErrorCode;
import dev.dovetail.transaction.PayloadFormat;
import dev.dovetail.transaction.Retries;
import dev.dovetail.transaction.Saga;
import dev.dovetail.transaction.SagaAction;
import dev.dovetail.transaction.SagaContext;
import dev.dovetail.transaction.SagaFailedException;
import dev.dovetail.transaction.SagaOutcomeUnknownException;
import dev.dovetail.transaction.SagaRecovery;
import dev.dovetail.transaction.SagaRunner;
import dev.dovetail.transaction.SagaState;
import dev.dovetail.transaction.Transactions;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;

/** Steps that end otherwise than by returning or throwing an exception, and what becomes of their sagas (F95). */
@EngineContract
@ExtendWith(OutputCaptureExtension.class)
class SagaFaultTests {

    // Nothing works any more that relies on connections which commit by themselves.
    private static final SharedApplications applications =
            SharedApplications.with("spring.datasource.hikari.auto-commit=false");

    private record Order(int amount) {}

    private final TestApplication application;
    private final List<String> done = new CopyOnWriteArrayList<>();

    SagaFaultTests(TestEngine engine) {
        this.application = applications.on(engine);
        this.losing = new Losing(application.bean(PlatformTransactionManager.class));
    }

    @AfterAll
    static void stop() {
        applications.close();
    }

    @BeforeEach
    void createTables() {
        application.transaction().executeWithoutResult(status -> application.defineOwnTables());
    }

    private Saga<String> saga(String name) {
        return application.database().saga(name).step("flight", does("flight"), does("undo flight"));
    }

    private <P> SagaAction<P> does(String what) {
        return saga -> done.add(what);
    }

    private <P> SagaAction<P> undoes(String what) {
        return saga -> done.add("undo " + what + (saga.stepCompleted() ? "" : ", perhaps"));
    }

    private void change(String assignment, Object... values) {
        application
                .transaction()
                .executeWithoutResult(
                        status -> application.template().update("UPDATE dovetail_saga SET " + assignment, values));
    }

    private String column(String name) {
        return application
                .jdbc()
                .sql("SELECT coalesce(CAST(" + name + " AS text), 'none') FROM dovetail_saga")
                .query(String.class)
                .single();
    }

    private int recover(Saga<?>... sagas) {
        return application.bean(SagaRunner.class).recover(List.of(sagas), () -> true);
    }

    /** As the process's end in the midst of a step leaves it. */
    private static final class Ended extends Error {

        private static final long serialVersionUID = 1L;
    }

    @Test
    void whatWasBegunOutsideIsUndoneAlthoughTheStepFailed() {
        Saga<String> trip = saga("trip")
                .externalStep("hotel", does("hotel"), undoes("hotel"))
                .externalStep(
                        "car",
                        saga -> {
                            done.add("car " + column("begun"));
                            throw new IOException("no answer");
                        },
                        undoes("car"));

        assertThatExceptionOfType(SagaFailedException.class)
                .isThrownBy(() -> trip.run("anna"))
                .satisfies(failure -> {
                    assertThat(failure.step()).isEqualTo("car");
                    assertThat(failure.isCompensated()).isTrue();
                    assertThat(trip.state(failure.id())).contains(SagaState.COMPENSATED);
                });
        assertThat(done)
                .containsExactly("flight", "hotel", "car car", "undo car, perhaps", "undo hotel", "undo flight");
        assertThat(column("begun")).isEqualTo("none");
    }

    @Test
    void whatWasBegunOutsideIsUndoneByWhoeverTakesOver() {
        Saga<String> trip = saga("trip").externalStep("hotel", does("hotel"), undoes("hotel"));
        trip.run("anna");
        // As the process's end between the step's effect and its COMMIT leaves it.
        change("state = 'RUNNING', completed = 'flight', begun = 'hotel', owned_until = 0");

        assertThat(recover(trip)).isEqualTo(1);
        assertThat(done).containsExactly("flight", "hotel", "undo hotel, perhaps", "undo flight");
        assertThat(column("state")).isEqualTo("COMPENSATED");
    }

    @Test
    void anErrorUndoesToo() {
        Saga<String> trip = saga("trip").step("hotel", saga -> {
            throw new Ended();
        });
        assertThatThrownBy(() -> trip.run("anna")).isInstanceOf(Ended.class);
        assertThat(done).containsExactly("flight", "undo flight");
        assertThat(column("state")).isEqualTo("COMPENSATED");
    }

    @Test
    void anInterruptWaitsUntilAllIsUndone() {
        Saga<String> trip = saga("trip").step("hotel", saga -> {
            throw new InterruptedException();
        });
        assertThatExceptionOfType(SagaFailedException.class)
                .isThrownBy(() -> trip.run("anna"))
                .satisfies(failure -> assertThat(failure.isCompensated()).isTrue());
        assertThat(Thread.interrupted()).isTrue();
        assertThat(done).containsExactly("flight", "undo flight");
    }

    // What the layer says when the answer to a COMMIT is lost, in an exception as JPA throws one.
    private static RuntimeException unknown() {
        return new IllegalStateException(
                "commit failed",
                new DescribedSqlException(
                        "connection lost", DatabaseError.of(ErrorCode.OUTCOME_UNKNOWN, "08007"), null));
    }

    /** Commits, and then does what the test wants instead of saying so. */
    private static final class Losing implements PlatformTransactionManager {

        private final PlatformTransactionManager delegate;
        private @Nullable Runnable next;

        Losing(PlatformTransactionManager delegate) {
            this.delegate = delegate;
        }

        @Override
        public TransactionStatus getTransaction(@Nullable TransactionDefinition definition) {
            return delegate.getTransaction(definition);
        }

        @Override
        public void commit(TransactionStatus status) {
            delegate.commit(status);
            Runnable then = next;
            next = null;
            if (then != null) {
                then.run();
                throw unknown();
            }
        }

        @Override
        public void rollback(TransactionStatus status) {
            delegate.rollback(status);
        }
    }

    private final Losing losing;

    private SagaRunner losingRunner() {
        return new SagaRunner(
                new Transactions(() -> losing, application.bean(Retries.class)),
                application.template(),
                application.bean(DatabaseEngine.class).sql(),
                PayloadFormat.TEXT,
                Duration.ofMinutes(5));
    }

    @Test
    void whatWasCommittedAlthoughNobodyKnewIsNotUndone() {
        Saga<String> trip = losingRunner()
                .saga("trip")
                .step("hotel", saga -> losing.next = () -> done.add("hotel"), does("undo hotel"))
                .step("car", saga -> losing.next = () -> done.add("car"), does("undo car"));

        String id = trip.run("anna");
        assertThat(done).containsExactly("hotel", "car");
        assertThat(trip.state(id)).contains(SagaState.COMPLETED);
    }

    @Test
    void whatWasNotCommittedIsUndone() {
        Saga<String> trip = saga("trip").step("hotel", saga -> {
            throw unknown();
        });
        assertThatExceptionOfType(SagaFailedException.class).isThrownBy(() -> trip.run("anna"));
        assertThat(done).containsExactly("flight", "undo flight");
    }

    @Test
    void asLongAsNobodyKnowsNothingIsUndone() {
        Saga<String> trip = losingRunner()
                .saga("trip")
                .step("hotel", saga -> losing.next = () -> change("token = token + 1"), does("undo hotel"));

        assertThatExceptionOfType(SagaOutcomeUnknownException.class)
                .isThrownBy(() -> trip.run("anna"))
                .satisfies(failure -> {
                    assertThat(failure.step()).isEqualTo("hotel");
                    assertThat(trip.state(failure.id())).contains(SagaState.COMPLETED);
                });
        assertThat(done).isEmpty();
    }

    @Test
    void whatCannotBeUndoneHereWaits() {
        Saga<Order> typed = application
                .database()
                .saga("typed")
                .withPayload(Order.class)
                .step("pay", does("pay"), does("undo pay"));
        typed.run(new Order(3));
        change("state = 'RUNNING', owned_until = 0, payload = 'no json'");
        assertThat(recover(typed)).isEqualTo(1);
        assertThat(column("attempts")).isEqualTo("1");

        change("owned_until = 0, payload = '{\"amount\": 3}', completed = 'renamed'");
        assertThat(recover(typed)).isEqualTo(1);
        assertThat(column("attempts")).isEqualTo("2");
        assertThat(column("error")).isEqualTo("java.lang.IllegalStateException");

        change("owned_until = 0, completed = 'pay'");
        assertThat(recover(typed)).isEqualTo(1);
        assertThat(column("state")).isEqualTo("COMPENSATED");
        assertThat(done).containsExactly("pay", "undo pay");
    }

    @Test
    void aClockThatIsSetBackHoldsNothingUp() {
        Saga<String> trip = saga("trip");
        trip.run("anna");
        change("state = 'RUNNING'");
        assertThat(recover(trip)).as("it is owned").isZero();
        change("owned_until = owned_until + 3600000, updated_at = updated_at + 3600000");
        assertThat(recover(trip)).isEqualTo(1);
    }

    @Test
    void withoutItsTableItSaysWhatToDo() {
        application
                .transaction()
                .executeWithoutResult(status -> application.template().execute("DROP TABLE dovetail_saga"));
        Saga<String> trip = saga("trip");
        for (ThrowingCallable use : List.<ThrowingCallable>of(() -> trip.run("anna"), () -> recover(trip))) {
            assertThatThrownBy(use)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContainingAll("dovetail_saga", "spring.flyway.enabled");
        }
    }

    @Test
    void whoeverEndsIsNotKeptByFurtherSagas() {
        Saga<String> trip = saga("trip");
        trip.run("anna");
        change("state = 'RUNNING', owned_until = 0");
        assertThat(application.bean(SagaRunner.class).recover(List.of(trip), () -> false))
                .isZero();
    }

    @Test
    void whatEndedLongAgoIsRemovedAndWhatNobodyKnowsIsTold(CapturedOutput output) {
        Saga<String> trip = saga("trip");
        SagaRunner runner = application.bean(SagaRunner.class);
        for (int i = 0; i < 1100; i++) {
            trip.run("old");
        }
        change("updated_at = updated_at - 3600001");
        String recent = trip.run("recent");
        saga("gone").run("gone");
        change("state = 'RUNNING', owned_until = 0, updated_at = 0 WHERE name = 'gone'");

        new SagaRecovery(runner, List.of(trip), Duration.ZERO).run(() -> true);
        assertThat(count()).isEqualTo(1102);
        SagaRecovery recovery = new SagaRecovery(runner, List.of(trip), Duration.ofHours(1));
        recovery.run(() -> true);
        recovery.run(() -> true);

        assertThat(count()).isEqualTo(2);
        assertThat(trip.state(recent)).contains(SagaState.COMPLETED);
        assertThat(output.getOut().split("abandoned sagas \\[gone\\]", -1))
                .as("once by each of both")
                .hasSize(3);
    }

    private int count() {
        return application
                .jdbc()
                .sql("SELECT count(*) FROM dovetail_saga")
                .query(Integer.class)
                .single();
    }

    @Test
    void aCompensationKnowsThatItsStepWasCompleted() {
        Saga<String> trip = application
                .database()
                .saga("trip")
                .step("flight", SagaFaultTests::notes, undoes("flight"))
                .step("hotel", saga -> {
                    throw new IOException();
                });
        assertThatExceptionOfType(SagaFailedException.class).isThrownBy(() -> trip.run("anna"));
        assertThat(done).containsExactly("undo flight");
    }

    private static void notes(SagaContext<String> saga) {
        saga.note("seat", "1a");
    }
}
