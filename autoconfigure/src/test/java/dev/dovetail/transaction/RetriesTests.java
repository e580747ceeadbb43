package dev.dovetail.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dovetail.engine.DatabaseError;
import dev.dovetail.engine.ErrorCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Which failures are tried again, how often, and after which waits, by a clock that the test controls. */
class RetriesTests {

    private static final Set<ErrorCode> TRIED_AGAIN = EnumSet.of(
            ErrorCode.SERIALIZATION_FAILURE,
            ErrorCode.DEADLOCK,
            ErrorCode.LOCK_TIMEOUT,
            ErrorCode.UNREACHABLE,
            ErrorCode.READ_ONLY_DATABASE);

    private final ControlledPause pause = new ControlledPause();
    private final List<String> heard = new ArrayList<>();
    private int attempts;

    private static final class Failure extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final ErrorCode code;

        Failure(ErrorCode code) {
            super(code.name());
            this.code = code;
        }
    }

    private static Optional<DatabaseError> describe(Throwable failure) {
        return failure instanceof Failure known ? Optional.of(DatabaseError.of(known.code, "")) : Optional.empty();
    }

    private Retries retries(RetrySettings settings, double random) {
        return new Retries(
                settings,
                RetriesTests::describe,
                (name, error) -> heard.add(name + " " + error.code()),
                pause,
                () -> random);
    }

    private Retries retries() {
        return retries(RetrySettings.DEFAULTS, 0.5);
    }

    private String failing(Retries retries, ErrorCode... codes) {
        return retries.run("unit", () -> {
            attempts++;
            if (attempts <= codes.length) {
                throw new Failure(codes[attempts - 1]);
            }
            return "done";
        });
    }

    @AfterEach
    void leaveNoTransaction() {
        TransactionSynchronizationManager.setActualTransactionActive(false);
        Thread.interrupted();
    }

    @Test
    void lostConnectionsAreWaitedForInSeconds() {
        String result = failing(retries(), ErrorCode.UNREACHABLE, ErrorCode.UNREACHABLE, ErrorCode.UNREACHABLE);

        assertThat(result).isEqualTo("done");
        assertThat(attempts).isEqualTo(4);
        assertThat(pause.waits()).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4));
        assertThat(heard).hasSize(3).containsOnly("unit UNREACHABLE");
    }

    @Test
    void contentionIsWaitedForInMilliseconds() {
        failing(retries(), ErrorCode.DEADLOCK, ErrorCode.SERIALIZATION_FAILURE, ErrorCode.DEADLOCK);

        assertThat(pause.waits()).containsExactly(Duration.ofMillis(20), Duration.ofMillis(40), Duration.ofMillis(80));
    }

    @Test
    void eachReasonHasItsOwnWaits() {
        failing(retries(), ErrorCode.DEADLOCK, ErrorCode.UNREACHABLE, ErrorCode.DEADLOCK);

        assertThat(pause.waits()).containsExactly(Duration.ofMillis(20), Duration.ofSeconds(1), Duration.ofMillis(40));
    }

    @Test
    void afterTheLastRetryTheFailureIsThrownAsItIs() {
        assertThatThrownBy(() -> failing(
                        retries(),
                        ErrorCode.DEADLOCK,
                        ErrorCode.DEADLOCK,
                        ErrorCode.DEADLOCK,
                        ErrorCode.DEADLOCK,
                        ErrorCode.DEADLOCK))
                .isInstanceOf(Failure.class)
                .hasMessage("DEADLOCK");
        assertThat(attempts).isEqualTo(4);
        assertThat(pause.waits()).hasSize(3);
    }

    @Test
    void aLockThatOthersHoldIsWaitedForTwiceMore() {
        assertThatThrownBy(() -> failing(
                        retries(),
                        ErrorCode.LOCK_TIMEOUT,
                        ErrorCode.LOCK_TIMEOUT,
                        ErrorCode.LOCK_TIMEOUT,
                        ErrorCode.LOCK_TIMEOUT))
                .hasMessage("LOCK_TIMEOUT");
        assertThat(attempts).isEqualTo(3);
    }

    @Test
    void aServerThatCannotBeWrittenIsAskedTwiceMore() {
        assertThatThrownBy(() -> failing(
                        retries(),
                        ErrorCode.READ_ONLY_DATABASE,
                        ErrorCode.READ_ONLY_DATABASE,
                        ErrorCode.READ_ONLY_DATABASE,
                        ErrorCode.READ_ONLY_DATABASE))
                .hasMessage("READ_ONLY_DATABASE");
        assertThat(attempts).isEqualTo(3);
        assertThat(pause.waits()).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2));
    }

    @Test
    void aCircuitThatOpenedMeanwhileIsNoReasonToGiveUp() {
        failing(retries(), ErrorCode.UNREACHABLE, ErrorCode.CIRCUIT_OPEN, ErrorCode.CIRCUIT_OPEN);
        assertThat(attempts).isEqualTo(4);
        assertThat(pause.waits()).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4));
    }

    @Test
    void jitterNeverMakesAWaitLongerThanTheLongest() {
        RetrySettings settings = new RetrySettings(
                5, Duration.ofSeconds(8), Duration.ofMillis(20), 2, Duration.ofSeconds(10), 0.5, Duration.ZERO);
        failing(retries(settings, 0.999), ErrorCode.UNREACHABLE, ErrorCode.UNREACHABLE);
        assertThat(pause.waits()).containsExactly(Duration.ofSeconds(10), Duration.ofSeconds(10));
    }

    @Test
    void aListenerThatFailsDoesNotTakeThePlaceOfTheFailure() {
        Retries retries = new Retries(
                RetrySettings.DEFAULTS,
                RetriesTests::describe,
                (name, error) -> {
                    throw new IllegalStateException("the meters are broken");
                },
                pause,
                () -> 0.5);
        assertThat(failing(retries, ErrorCode.DEADLOCK)).isEqualTo("done");
    }

    @Test
    void insideOfAUnitAnotherOneIsPartOfIt() {
        assertThatThrownBy(() -> retries()
                        .run(
                                "outer",
                                () -> failing(
                                        retries(),
                                        ErrorCode.DEADLOCK,
                                        ErrorCode.DEADLOCK,
                                        ErrorCode.DEADLOCK,
                                        ErrorCode.DEADLOCK,
                                        ErrorCode.DEADLOCK,
                                        ErrorCode.DEADLOCK)))
                .hasMessage("DEADLOCK");
        assertThat(attempts).isEqualTo(4);
        assertThat(heard).containsOnly("outer DEADLOCK");
    }

    static Stream<ErrorCode> permanent() {
        return EnumSet.complementOf(EnumSet.copyOf(TRIED_AGAIN)).stream();
    }

    @ParameterizedTest
    @MethodSource("permanent")
    void whatIsPermanentIsTriedOnce(ErrorCode code) {
        assertThatThrownBy(() -> failing(retries(), code)).hasMessage(code.name());
        assertThat(attempts).isEqualTo(1);
        assertThat(pause.waits()).isEmpty();
    }

    @Test
    void whatDoesNotComeFromTheDatabaseIsTriedOnce() {
        assertThatThrownBy(() -> retries().run("unit", () -> {
                    attempts++;
                    throw new IllegalStateException("a bug");
                }))
                .hasMessage("a bug");
        assertThat(attempts).isEqualTo(1);
    }

    @Test
    void checkedExceptionsAndErrorsPass() {
        assertThatThrownBy(() -> retries().<Void, Exception>run("unit", () -> {
                    throw new java.io.IOException("checked");
                }))
                .isInstanceOf(java.io.IOException.class);
        assertThatThrownBy(() -> retries().run("unit", () -> {
                    throw new AssertionError("error");
                }))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void insideATransactionNothingIsTriedAgain() {
        TransactionSynchronizationManager.setActualTransactionActive(true);

        assertThatThrownBy(() -> failing(retries(), ErrorCode.DEADLOCK)).hasMessage("DEADLOCK");
        assertThat(attempts).isEqualTo(1);
    }

    @Test
    void noRetriesMeansNone() {
        Retries none = retries(RetrySettings.DEFAULTS.withMaxRetries(0), 0.5);

        assertThatThrownBy(() -> failing(none, ErrorCode.DEADLOCK)).hasMessage("DEADLOCK");
        assertThat(attempts).isEqualTo(1);
    }

    @Test
    void theTimeBudgetEndsIt() {
        RetrySettings short3s = new RetrySettings(
                100, Duration.ofSeconds(1), Duration.ofMillis(20), 2, Duration.ofSeconds(10), 0, Duration.ofSeconds(3));

        assertThatThrownBy(() -> failing(
                        retries(short3s, 0.5),
                        ErrorCode.UNREACHABLE,
                        ErrorCode.UNREACHABLE,
                        ErrorCode.UNREACHABLE,
                        ErrorCode.UNREACHABLE))
                .hasMessage("UNREACHABLE");
        assertThat(pause.waits()).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2));
    }

    @Test
    void anInterruptEndsItAndStays() {
        pause.interruptNext();

        assertThatThrownBy(() -> failing(retries(), ErrorCode.UNREACHABLE))
                .hasMessage("UNREACHABLE")
                .satisfies(failure ->
                        assertThat(failure.getSuppressed()).hasOnlyElementsOfType(InterruptedException.class));
        assertThat(attempts).isEqualTo(1);
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
    }

    @Test
    void waitsAreSpreadByTheJitterAndNeverLongerThanTheLongest() {
        failing(retries(RetrySettings.DEFAULTS, 0), ErrorCode.UNREACHABLE);
        assertThat(pause.waits()).containsExactly(Duration.ofMillis(800));

        RetrySettings long20 = RetrySettings.DEFAULTS.withMaxRetries(20);
        RetrySettings unlimited = new RetrySettings(
                20, long20.retryDelay(), long20.contentionDelay(), 2, Duration.ofSeconds(10), 0, Duration.ZERO);
        attempts = 0;
        pause.waits().clear();
        ErrorCode[] many = new ErrorCode[20];
        java.util.Arrays.fill(many, ErrorCode.UNREACHABLE);
        failing(retries(unlimited, 0.5), many);
        assertThat(pause.waits()).hasSize(20).allMatch(wait -> wait.compareTo(Duration.ofSeconds(10)) <= 0);
    }

    @Test
    void settingsThatMakeNoSenseAreRefusedByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RetrySettings.DEFAULTS.withMaxRetries(-1))
                .withMessageContaining("dovetail.transaction.max-retries");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new RetrySettings(3, Duration.ZERO, Duration.ZERO, 0.5, Duration.ZERO, 0, Duration.ZERO))
                .withMessageContaining("dovetail.transaction.multiplier");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new RetrySettings(3, Duration.ZERO, Duration.ZERO, 1, Duration.ZERO, 2, Duration.ZERO))
                .withMessageContaining("dovetail.transaction.jitter");
    }
}
