package dev.dovetail.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.dovetail.engine.DatabaseError;
import dev.dovetail.engine.ErrorCode;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** What happens when several want the same at once, or a connection dies. */
@EngineContract
class ContentionTests {

    private static final SharedApplications applications = new SharedApplications();

    private final TestEngine engine;
    private final TestApplication application;

    ContentionTests(TestEngine engine) {
        this.engine = engine;
        this.application = applications.on(engine);
    }

    @AfterAll
    static void stop() {
        applications.close();
    }

    @BeforeEach
    void createTable() {
        application.template().execute("DROP TABLE IF EXISTS item");
        application.template().execute("CREATE TABLE item (id integer PRIMARY KEY, quantity integer)");
        application.template().update("INSERT INTO item VALUES (1, 0), (2, 0)");
    }

    private int quantity(int id) {
        return application
                .jdbc()
                .sql("SELECT quantity FROM item WHERE id = ?")
                .param(id)
                .query(Integer.class)
                .single();
    }

    private void set(int id, int quantity) {
        application.template().update("UPDATE item SET quantity = ? WHERE id = ?", quantity, id);
    }

    private ErrorCode codeOf(Throwable thrown) {
        return application.database().describe(thrown).map(DatabaseError::code).orElseThrow();
    }

    // SQLite's writing transactions begin as such, so that what they read cannot be stale.
    @Test
    void readingThenWritingWhatAnotherChangedMeanwhile() throws Exception {
        TransactionTemplate repeatable = application.transaction();
        repeatable.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        ExecutorService executor = Executors.newSingleThreadExecutor();
        try {
            List<Future<?>> other = new ArrayList<>();
            Throwable thrown = catchThrowable(() -> repeatable.executeWithoutResult(status -> {
                int before = quantity(1);
                other.add(executor.submit(() -> set(1, 10)));
                if (!engine.hasSingleWriter()) {
                    await(other.get(0));
                }
                set(1, before + 1);
            }));
            await(other.get(0));

            if (engine.hasSingleWriter()) {
                assertThat(thrown).isNull();
            } else {
                assertThat(codeOf(thrown)).isEqualTo(ErrorCode.SERIALIZATION_FAILURE);
                assertThat(thrown).isExactlyInstanceOf(org.springframework.dao.CannotAcquireLockException.class);
            }
            assertThat(quantity(1)).isEqualTo(10);
        } finally {
            executor.shutdownNow();
        }
    }

    private static void await(Future<?> future) {
        try {
            future.get(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    // F92: one counter, many threads, no lost update and no error on SQLite.
    @Test
    void aCounterThatManyIncrement() throws Exception {
        int threads = 8;
        int times = 50;
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> workers = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                workers.add(executor.submit(() -> increment(times)));
            }
            workers.forEach(ContentionTests::await);
        } finally {
            executor.shutdownNow();
        }
        assertThat(quantity(1)).isEqualTo(threads * times);
    }

    private void increment(int times) {
        for (int i = 0; i < times; i++) {
            application.transaction().executeWithoutResult(status -> {
                application.template().queryForList("SELECT quantity FROM item WHERE id = 2");
                application.template().update("UPDATE item SET quantity = quantity + 1 WHERE id = 1");
            });
        }
    }

    // Declared difference: with one writer nobody can hold what the other waits for.
    @Test
    void twoThatWaitForEachOther() throws Exception {
        CountDownLatch bothHold = new CountDownLatch(engine.writers(2));
        ExecutorService executor = Executors.newFixedThreadPool(2);
        try {
            Future<Throwable> first = executor.submit(() -> catchThrowable(() -> setBoth(1, 2, bothHold)));
            Future<Throwable> second = executor.submit(() -> catchThrowable(() -> setBoth(2, 1, bothHold)));
            List<Throwable> thrown = new ArrayList<>();
            thrown.add(first.get(30, TimeUnit.SECONDS));
            thrown.add(second.get(30, TimeUnit.SECONDS));
            thrown.removeIf(each -> each == null);

            assertThat(thrown).hasSize(engine.hasSingleWriter() ? 0 : 1).allSatisfy(each -> {
                assertThat(codeOf(each)).isEqualTo(ErrorCode.DEADLOCK);
                assertThat(each).isExactlyInstanceOf(org.springframework.dao.PessimisticLockingFailureException.class);
            });
        } finally {
            executor.shutdownNow();
        }
    }

    private void setBoth(int first, int second, CountDownLatch bothHold) {
        application.transaction().executeWithoutResult(status -> {
            set(first, 1);
            bothHold.countDown();
            try {
                assertThat(bothHold.await(20, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            set(second, 1);
        });
    }

    @Test
    void aForeignLockThatIsReleasedInTimeIsWaitedFor() throws Exception {
        try (Connection foreign = application.foreignConnection();
                Statement statement = foreign.createStatement()) {
            foreign.setAutoCommit(false);
            statement.executeUpdate("UPDATE item SET quantity = 5 WHERE id = 1");
            ExecutorService executor = Executors.newSingleThreadExecutor();
            try {
                Future<?> waiting = executor.submit(() -> set(1, 6));
                assertThat(catchThrowable(() -> waiting.get(300, TimeUnit.MILLISECONDS)))
                        .isInstanceOf(java.util.concurrent.TimeoutException.class);
                foreign.commit();
                await(waiting);
            } finally {
                executor.shutdownNow();
            }
        }
        assertThat(quantity(1)).isEqualTo(6);
    }
}
