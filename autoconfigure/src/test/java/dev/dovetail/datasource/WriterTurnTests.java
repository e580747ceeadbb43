package dev.dovetail.datasource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.dovetail.contract.OwnThread;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class WriterTurnTests {

    private final WriterTurn turn = new WriterTurn();
    private final Pool pool = new Pool();

    /** One that gives out connections at once, or none. */
    private static final class Pool extends HikariDataSource {

        private boolean broken;

        @Override
        public Connection getConnection() throws SQLException {
            if (broken) {
                throw new SQLTransientConnectionException("none");
            }
            return (Connection) Proxy.newProxyInstance(
                    getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> null);
        }

        @Override
        public long getConnectionTimeout() {
            return 10_000;
        }
    }

    // Nothing is done between leaving and coming back: whoever has to wake up first would be too late each time.
    @Test
    void whoeverHasSleptForLongComesBeforeOneThatComesBackAtOnce() throws Exception {
        for (int i = 0; i < 20; i++) {
            AtomicBoolean hadIt = new AtomicBoolean();
            turn.takeFrom(pool);
            CompletableFuture<Void> waiting = OwnThread.run(() -> {
                take();
                hadIt.set(true);
                turn.leave();
            });
            Awaitility.await().until(() -> turn.waiting() == 1);
            TimeUnit.MILLISECONDS.sleep(2);

            turn.leave();
            turn.takeFrom(pool);

            assertThat(hadIt).isTrue();
            waiting.get(10, TimeUnit.SECONDS);
            turn.leave();
        }
    }

    private void take() {
        try {
            turn.takeFrom(pool);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whoeverGetsNoConnectionLeavesTheTurnToTheNext() throws Exception {
        pool.broken = true;
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> turn.takeFrom(pool)).hasMessage("none");
        }
        pool.broken = false;
        assertThat(turn.takeFrom(pool)).isNotNull();
    }
}
