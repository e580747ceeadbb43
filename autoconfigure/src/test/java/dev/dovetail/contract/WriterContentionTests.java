package dev.dovetail.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.dovetail.datasource.PoolStatus;
import dev.dovetail.engine.DatabaseError;
import dev.dovetail.engine.ErrorCode;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who gets SQLite's only writer when several want it, and that it is never lost. */
class WriterContentionTests {

    private static TestApplication application;

    @BeforeAll
    static void start() {
        application = TestApplication.on(TestEngine.SQLITE, "spring.datasource.hikari.connection-timeout=20000");
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @BeforeEach
    void createTable() {
        application.template().execute("DROP TABLE IF EXISTS item");
        application.template().execute("CREATE TABLE item (id integer PRIMARY KEY, quantity integer)");
        application.template().update("INSERT INTO item VALUES (1, 0)");
    }

    @AfterEach
    void theWriterIsThere() {
        write(application);
        assertThat(writer(application).active()).isZero();
        assertThat(writer(application).waiting()).isZero();
    }

    private static void write(TestApplication on) {
        on.template().update("UPDATE item SET quantity = quantity + 1");
    }

    private static PoolStatus writer(TestApplication on) {
        return on.dataSource().pools().get(0);
    }

    /** Runs this while a transaction of another thread has the writer. */
    private static void whileHeld(TestApplication on, ThrowingAction action) throws Exception {
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        CompletableFuture<Void> holder = OwnThread.run(() -> on.transaction().executeWithoutResult(status -> {
            write(on);
            held.countDown();
            await(over);
        }));
        await(held);
        try {
            action.run();
        } finally {
            over.countDown();
            holder.get(20, TimeUnit.SECONDS);
        }
    }

    private interface ThrowingAction {
        void run() throws Exception;
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void awaitWaiting(int number) {
        Awaitility.await()
                .untilAsserted(() -> assertThat(writer(application).waiting()).isEqualTo(number));
    }

    @Test
    void thoseWhoWaitAreCountedAndGetIt() throws Exception {
        List<CompletableFuture<Void>> waiting = new ArrayList<>();
        whileHeld(application, () -> {
            for (int i = 0; i < 5; i++) {
                waiting.add(OwnThread.run(() -> write(application)));
            }
            awaitWaiting(5);
        });
        for (CompletableFuture<Void> each : waiting) {
            each.get(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void oneThatIsInterruptedWhileItWaitsSaysSo() throws Exception {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        AtomicBoolean stillInterrupted = new AtomicBoolean();
        whileHeld(application, () -> {
            Thread waiting = new Thread(() -> {
                thrown.set(catchThrowable(() -> write(application)));
                stillInterrupted.set(Thread.currentThread().isInterrupted());
            });
            waiting.start();
            awaitWaiting(1);
            waiting.interrupt();
            waiting.join(20_000);
        });
        assertThat(thrown.get()).hasRootCauseInstanceOf(InterruptedException.class);
        assertThat(stillInterrupted).isTrue();
    }

    @Test
    void oneThatHasWaitedForTooLongIsToldHowManyWait() throws Exception {
        try (TestApplication hasty =
                TestApplication.on(TestEngine.SQLITE, "spring.datasource.hikari.connection-timeout=500")) {
            hasty.template().execute("CREATE TABLE item (id integer PRIMARY KEY, quantity integer)");
            whileHeld(hasty, () -> {
                Throwable thrown = catchThrowable(() -> write(hasty));
                DatabaseError error = hasty.database().describe(thrown).orElseThrow();
                assertThat(error.code()).isEqualTo(ErrorCode.POOL_EXHAUSTED);
                assertThat(thrown)
                        .rootCause()
                        .hasMessage("writer - Connection is not available, request timed out after 500ms"
                                + " (total=1, active=1, idle=0, waiting=0)");
                assertThat(error.suggestion())
                        .startsWith("Pool 'writer' has 1 connection(s), of which 1 are in use, and");
            });
            write(hasty);
        }
    }

    @Test
    void aConnectionThatIsReplacedOrAbortedTakesNoTurnWithIt() throws Exception {
        whileHeld(application, () -> application.dataSource().reconnect());
        write(application);
        for (int i = 0; i < 3; i++) {
            Connection connection = application.dataSource().getConnection();
            connection.createStatement().executeUpdate("UPDATE item SET quantity = 0");
            connection.setAutoCommit(false);
            connection.createStatement().executeUpdate("UPDATE item SET quantity = 0");
            connection.abort(Runnable::run);
            connection.close();
            write(application);
        }
    }

    private static void update(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("UPDATE item SET quantity = 0");
        }
    }

    private static void abort(Connection connection) {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    // That the writer is there afterwards is seen after each test.
    @Test
    void oneThatIsAbortedWhileItWaitsTakesNothingWithIt() throws Exception {
        Connection aborted = application.dataSource().getConnection();
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        List<CompletableFuture<Void>> waiting = new ArrayList<>();
        whileHeld(application, () -> {
            waiting.add(OwnThread.run(() -> thrown.set(catchThrowable(() -> update(aborted)))));
            awaitWaiting(1);
            aborted.abort(Runnable::run);
        });
        waiting.get(0).get(20, TimeUnit.SECONDS);
        assertThat(thrown.get()).isInstanceOf(SQLException.class).hasMessageContaining("aborted");
        aborted.close();
    }

    // Two turns would let two of them wait at the pool, where the one that sleeps comes first.
    @Test
    void oneThatIsAbortedAndClosedAtTheSameTimeLeavesOnce() throws Exception {
        for (int i = 0; i < 500; i++) {
            Connection connection = application.dataSource().getConnection();
            update(connection);
            CountDownLatch begun = new CountDownLatch(1);
            CompletableFuture<Void> aborting = OwnThread.run(() -> {
                begun.countDown();
                abort(connection);
            });
            await(begun);
            connection.close();
            aborting.get(20, TimeUnit.SECONDS);
        }
        List<CompletableFuture<Void>> waiting = new ArrayList<>();
        whileHeld(application, () -> {
            waiting.add(OwnThread.run(() -> write(application)));
            awaitWaiting(1);
            assertThat(application
                            .dataSource()
                            .hikariPools()
                            .get(0)
                            .getHikariPoolMXBean()
                            .getThreadsAwaitingConnection())
                    .isZero();
        });
        waiting.get(0).get(20, TimeUnit.SECONDS);
    }
}
