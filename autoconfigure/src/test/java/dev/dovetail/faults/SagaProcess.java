package dev.dovetail.faults;

import dev.dovetail.transaction.PayloadFormat;
import dev.dovetail.transaction.Saga;
import dev.dovetail.transaction.SagaAction;
import dev.dovetail.transaction.SagaFailedException;
import dev.dovetail.transaction.SagaRunner;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;

/** A process that does sagas, every third of which fails, says which it has done, and waits to be killed. */
final class SagaProcess {

    static final String DONE = "done ";
    static final String CALLED = "called ";
    static final List<String> STEPS = List.of("flight", "hotel", "car");
    static final String CALL = "call";

    private static final Duration OWNERSHIP = Duration.ofMillis(500);
    private static final int THREADS = 3;

    private SagaProcess() {}

    static SagaRunner runner(TestDatabaseAccess database) {
        return new SagaRunner(
                database.transactions(), database.jdbc(), database.engine().sql(), PayloadFormat.TEXT, OWNERSHIP);
    }

    static void createTables(TestDatabaseAccess database) {
        database.jdbc().execute("CREATE TABLE booking (saga varchar(40), step varchar(10), PRIMARY KEY (saga, step))");
        database.jdbc().execute("CREATE TABLE undone (saga varchar(40), step varchar(10), PRIMARY KEY (saga, step))");
    }

    static Saga<String> saga(SagaRunner runner, TestDatabaseAccess database) {
        Saga<String> saga = runner.saga("trip");
        for (String step : STEPS) {
            saga = saga.step(step, book(database, step), cancel(database, step));
        }
        // Somebody who is told, and never forgets.
        saga = saga.externalStep(
                CALL,
                context -> System.out.println(CALLED + context.id()),
                context -> database.jdbc()
                        .update("INSERT INTO undone VALUES (?, ?) ON CONFLICT DO NOTHING", context.id(), CALL));
        return saga.step("payment", context -> {
            if (context.payload().endsWith("declined")) {
                throw new IOException("declined");
            }
        });
    }

    private static SagaAction<String> book(TestDatabaseAccess database, String step) {
        return context -> database.jdbc().update("INSERT INTO booking VALUES (?, ?)", context.id(), step);
    }

    private static SagaAction<String> cancel(TestDatabaseAccess database, String step) {
        return context -> {
            int removed = database.jdbc().update("DELETE FROM booking WHERE saga = ? AND step = ?", context.id(), step);
            if (removed != 1) {
                throw new IllegalStateException("Step " + step + " was undone that was not done");
            }
            database.jdbc().update("INSERT INTO undone VALUES (?, ?)", context.id(), step);
        };
    }

    /** Arguments: the database. Begins when it is told to. */
    public static void main(String[] arguments) throws Exception {
        LoggingSystem.get(SagaProcess.class.getClassLoader()).setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.OFF);
        System.out.println("ready");
        if (System.in.read() < 0) {
            return;
        }
        try (TestDatabaseAccess database = TestDatabaseAccess.open(arguments)) {
            SagaRunner runner = runner(database);
            Saga<String> saga = saga(runner, database);
            try (Workers workers = Workers.repeat(THREADS, number -> {
                if (number == 0) {
                    runner.recover(List.of(saga), () -> true);
                }
                work(saga);
            })) {
                workers.await(Duration.ofMinutes(1));
            }
        }
    }

    private static void work(Saga<String> saga) {
        String traveller = UUID.randomUUID().toString();
        boolean declined = traveller.hashCode() % 3 == 0;
        try {
            System.out.println(DONE + saga.run(declined ? traveller + "declined" : traveller));
        } catch (SagaFailedException e) {
            if (!declined) {
                throw e;
            }
        }
    }
}
