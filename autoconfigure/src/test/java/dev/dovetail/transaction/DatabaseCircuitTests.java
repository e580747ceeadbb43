package dev.dovetail.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import dev.dovetail.contract.MovedClock;
import dev.dovetail.datasource.ConnectionGuard.Acquisition;
import dev.dovetail.datasource.Outage;
import dev.dovetail.engine.CircuitOpenSqlException;
import dev.dovetail.engine.ConnectionRole;
import dev.dovetail.engine.DatabaseError;
import dev.dovetail.engine.DescribedSqlException;
import dev.dovetail.engine.ErrorCode;
import dev.dovetail.engine.postgresql.PostgresqlEngine;
import dev.dovetail.engine.postgresql.PostgresqlSettings;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** When callers are refused, and who finds out that the database answers again, by a clock that the test controls. */
class DatabaseCircuitTests {

    private static final Acquisition NOT_ASKED = () -> fail("the pool was asked");

    private final MovedClock clock = MovedClock.at("2026-01-01T00:00:00Z");
    private final DatabaseCircuit circuit = new DatabaseCircuit(
            new PostgresqlEngine(PostgresqlSettings.defaults()), new CircuitSettings(3, Duration.ofSeconds(10)), clock);

    private static SQLException gone() {
        return new SQLException("The server is away", "08006");
    }

    private static Connection connection(boolean valid) {
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "isValid" -> valid;
                    case "close" -> null;
                    default -> fail("unexpected call of " + method);
                });
    }

    private void failToConnect() {
        assertThatThrownBy(() -> circuit.acquire(ConnectionRole.WRITER, () -> {
                    throw gone();
                }))
                .hasMessage("The server is away");
    }

    private void open() {
        for (int i = 0; i < 3; i++) {
            failToConnect();
        }
        assertThat(circuit.states().get(ConnectionRole.WRITER)).isEqualTo("open");
    }

    private void assertRefused(Duration wait) {
        assertThatExceptionOfType(CircuitOpenSqlException.class)
                .isThrownBy(() -> circuit.acquire(ConnectionRole.WRITER, NOT_ASKED))
                .satisfies(refusal -> assertThat(refusal.retryAfter()).isEqualTo(wait));
    }

    @Test
    void afterSoManyFailuresCallersAreRefusedAtOnce() {
        open();
        assertRefused(Duration.ofSeconds(10));
        clock.forward(Duration.ofSeconds(4));
        assertRefused(Duration.ofSeconds(6));
    }

    @Test
    void readersAreAskedWhileWritersFail() throws SQLException {
        open();
        assertThat(circuit.acquire(ConnectionRole.READER, () -> connection(true)))
                .isNotNull();
    }

    @Test
    void whoMayTryFindsThatItAnswersAgain() throws SQLException {
        open();
        clock.forward(Duration.ofSeconds(11));
        assertThat(circuit.acquire(ConnectionRole.WRITER, () -> connection(true)))
                .isNotNull();
        assertThat(circuit.states().get(ConnectionRole.WRITER)).isEqualTo("closed");
    }

    @Test
    void anOutageIsRememberedWithItsTimesAndItsReasonUntilARestore() throws SQLException {
        assertThat(circuit.outages()).isEmpty();
        open();
        Instant since = clock.instant();
        assertThat(circuit.outages()).singleElement().satisfies(outage -> {
            assertThat(outage.role()).isEqualTo(ConnectionRole.WRITER);
            assertThat(outage.since()).isEqualTo(since);
            assertThat(outage.until()).isNull();
            assertThat(outage.reason()).isNotNull();
        });
        clock.forward(Duration.ofSeconds(11));
        // Nobody is refused any more, and nobody has asked.
        assertThat(circuit.outages()).isEmpty();
        failToConnect();
        assertThat(circuit.outages()).extracting(Outage::since).containsExactly(since);
        clock.forward(Duration.ofSeconds(11));
        assertThat(circuit.acquire(ConnectionRole.WRITER, () -> connection(true)))
                .isNotNull();
        assertThat(circuit.outages()).extracting(Outage::until).containsExactly(since.plusSeconds(22));
        circuit.onRestore();
        assertThat(circuit.outages()).isEmpty();
    }

    @Test
    void whoMayTryInVainOpensItAgain() {
        open();
        clock.forward(Duration.ofSeconds(11));
        failToConnect();
        assertRefused(Duration.ofSeconds(10));
        clock.forward(Duration.ofSeconds(11));
        // One that was kept in the pool, and only seems to be open.
        assertThatThrownBy(() -> circuit.acquire(ConnectionRole.WRITER, () -> connection(false)))
                .hasMessageContaining("still does not answer");
        assertRefused(Duration.ofSeconds(10));
    }

    @Test
    void aNewConnectionOfThePoolLetsOneTryEarlier() throws SQLException {
        open();
        circuit.answered(ConnectionRole.WRITER, null);
        assertThat(circuit.acquire(ConnectionRole.WRITER, () -> connection(true)))
                .isNotNull();
        assertThat(circuit.states().get(ConnectionRole.WRITER)).isEqualTo("closed");
    }

    @Test
    void anAnswerInBetweenStartsTheCountAnew() {
        failToConnect();
        failToConnect();
        circuit.answered(ConnectionRole.WRITER, null);
        failToConnect();
        failToConnect();
        assertThat(circuit.states().get(ConnectionRole.WRITER)).isEqualTo("closed");
    }

    @Test
    void statementsThatFailByTheirConnectionCount() {
        for (int i = 0; i < 3; i++) {
            circuit.answered(ConnectionRole.WRITER, gone());
        }
        assertRefused(Duration.ofSeconds(10));
    }

    @Test
    void theReasonIsWhatTheDatabaseHasAndNotWhatItsCallerMustLookAt() {
        SQLException unknown =
                new DescribedSqlException("Nobody knows", DatabaseError.of(ErrorCode.OUTCOME_UNKNOWN, "08007"), gone());
        for (int i = 0; i < 3; i++) {
            circuit.answered(ConnectionRole.WRITER, unknown);
        }
        assertThatExceptionOfType(CircuitOpenSqlException.class)
                .isThrownBy(() -> circuit.acquire(ConnectionRole.WRITER, NOT_ASKED))
                .satisfies(refusal -> assertThat(refusal.error().suggestion()).contains("UNREACHABLE"));
    }

    @Test
    void mistakesAndFullPoolsNeverCount() {
        for (int i = 0; i < 1000; i++) {
            circuit.answered(ConnectionRole.WRITER, new SQLException("twice", "23505"));
            circuit.answered(ConnectionRole.WRITER, new SQLException("deadlock", "40P01"));
            assertThatThrownBy(() -> circuit.acquire(ConnectionRole.WRITER, () -> {
                        throw new DescribedSqlException(
                                "No connection became free", DatabaseError.of(ErrorCode.POOL_EXHAUSTED, "53300"), null);
                    }))
                    .isInstanceOf(SQLException.class);
        }
        assertThat(circuit.states().get(ConnectionRole.WRITER)).isEqualTo("closed");
    }

    @Test
    void aFullPoolWhileTryingLeavesTheTryToTheNext() throws SQLException {
        open();
        clock.forward(Duration.ofSeconds(11));
        assertThatThrownBy(() -> circuit.acquire(ConnectionRole.WRITER, () -> {
                    throw new IllegalStateException("the pool is closed");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(circuit.acquire(ConnectionRole.WRITER, () -> connection(true)))
                .isNotNull();
    }

    @Test
    void settingsThatMakeNoSenseAreRefusedByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CircuitSettings(0, Duration.ofSeconds(1)))
                .withMessageContaining("dovetail.circuit-breaker.failure-threshold");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CircuitSettings(1, Duration.ZERO))
                .withMessageContaining("dovetail.circuit-breaker.open-duration");
    }
}
