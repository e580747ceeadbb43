package dev.dovetail.cache.coherence;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dovetail.engine.ChangeSignals;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Who hears nothing must not take it for silence. */
class SignalEarTests {

    /** Messages to all who listen, or, as behind a pooler of transactions, to nobody. */
    private static final class Signals implements ChangeSignals {

        private final boolean delivered;
        private final Set<String> channels = new HashSet<>();
        private final List<String> arrived = new ArrayList<>();

        Signals(boolean delivered) {
            this.delivered = delivered;
        }

        @Override
        public int longestPayload() {
            return 1000;
        }

        @Override
        public boolean areSupported(Connection connection) {
            return true;
        }

        @Override
        public void announce(Connection connection, String channel, String payload) {
            if (delivered && channels.contains(channel)) {
                arrived.add(payload);
            }
        }

        @Override
        public void listen(Connection connection, String channel) {
            channels.add(channel);
        }

        @Override
        public List<String> await(Connection connection, Duration atMost) {
            if (arrived.isEmpty()) {
                LockSupport.parkNanos(atMost.toNanos());
            }
            List<String> payloads = List.copyOf(arrived);
            arrived.clear();
            return payloads;
        }

        @Override
        public void ping(Connection connection) {}
    }

    private static Connection connection() {
        return (Connection) Proxy.newProxyInstance(
                SignalEarTests.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> null);
    }

    @Test
    void hearsItselfThroughAnotherConnection() {
        SignalEar ear = new SignalEar(new Signals(true), "me");
        assertThatCode(() -> ear.begin(connection(), SignalEarTests::connection))
                .doesNotThrowAnyException();
    }

    @Test
    void whoDoesNotHearItselfHearsNobody() {
        SignalEar ear = new SignalEar(new Signals(false), "me");
        assertThatThrownBy(() -> ear.begin(connection(), SignalEarTests::connection))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("PgBouncer")
                .hasMessageContaining("dovetail.cache.signals=table");
    }
}
