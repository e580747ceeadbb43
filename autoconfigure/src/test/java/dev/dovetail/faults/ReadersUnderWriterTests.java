package dev.dovetail.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.contract.EngineContract;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Readers never wait for a writer, and see nothing of what it has not committed (F25).
 *
 * <p>With autocommit reads sent to the writer on SQLite, no reader gets on while the writer holds its transaction.
 */
@EngineContract
class ReadersUnderWriterTests {

    private static final int READERS = 8;
    private static final int READS_EACH = 20;
    private static final int KEPT = 200;
    private static final Duration DEADLINE = Duration.ofSeconds(20);

    private final TestApplication application;

    ReadersUnderWriterTests(TestEngine engine) {
        this.application = TestApplication.on(engine);
    }

    @BeforeEach
    void createTable() {
        application.template().execute("CREATE TABLE item (id integer PRIMARY KEY, name text NOT NULL)");
        application
                .jdbc()
                .sql("INSERT INTO item VALUES (1, 'a'), (2, 'b'), (3, 'c')")
                .update();
    }

    @AfterEach
    void stop() {
        application.close();
    }

    @Test
    void readersGetOnWhileAWriterHoldsItsTransaction() {
        // Half of it is more than opening a connection takes, also where its first packet is lost.
        readDuring(Duration.ofSeconds(4));
    }

    @Test
    @Tag("soak")
    void readersGetOnWhileAWriterHoldsItsTransactionForLong() {
        readDuring(Duration.ofSeconds(30));
    }

    @Test
    void readersAndWritersSeeNoError() {
        readAndWriteFor(Duration.ofSeconds(2));
    }

    @Test
    @Tag("soak")
    void readersAndWritersSeeNoErrorForLong() {
        readAndWriteFor(Duration.ofMinutes(1));
    }

    private void readDuring(Duration hold) {
        AtomicIntegerArray progress = new AtomicIntegerArray(READERS);
        AtomicLong longest = new AtomicLong();
        try (Workers readers = Workers.repeat(READERS, number -> {
            long started = System.nanoTime();
            assertThat(read(number + progress.get(number))).isEqualTo(3);
            longest.accumulateAndGet(System.nanoTime() - started, Math::max);
            progress.incrementAndGet(number);
        })) {
            awaitReadsByAll(progress, readers);
            long held = holdTransaction(() -> {
                longest.set(0);
                zero(progress);
                readers.letWork(hold);
                readers.stop();
            });
            assertThat(least(progress)).as("reads of each reader: %s", progress).isGreaterThanOrEqualTo(READS_EACH);
            assertThat(Duration.ofNanos(longest.get()))
                    .as("longest read while a transaction was held for %s; reads: %s", Duration.ofNanos(held), progress)
                    .isLessThan(Duration.ofNanos(held / 2));
        }
        assertThat(read(0)).isEqualTo(4);
    }

    /** Returns how long it held a transaction that has written. */
    private long holdTransaction(Runnable during) {
        long started = System.nanoTime();
        application.transaction().executeWithoutResult(status -> {
            application.jdbc().sql("INSERT INTO item VALUES (4, 'd')").update();
            application.jdbc().sql("UPDATE item SET name = 'changed'").update();
            during.run();
        });
        return System.nanoTime() - started;
    }

    private void readAndWriteFor(Duration time) {
        AtomicIntegerArray progress = new AtomicIntegerArray(READERS);
        AtomicInteger nextId = new AtomicInteger(3);
        try (Workers readers = Workers.repeat(READERS, number -> {
                    assertThat(read(number + progress.get(number))).isBetween(1, 2 * KEPT);
                    progress.incrementAndGet(number);
                });
                Workers writers = Workers.repeat(2, number -> write(nextId.incrementAndGet()))) {
            writers.letWork(time);
            awaitReadsByAll(progress, readers);
            readers.stop();
            writers.stop();
        }
        assertThat(application
                        .jdbc()
                        .sql("SELECT max(id) FROM item")
                        .query(Integer.class)
                        .single())
                .isEqualTo(nextId.get());
        assertThat(application.dataSource().pools())
                .allSatisfy(pool -> assertThat(pool.active()).isZero());
    }

    /** Adds a row and takes an old one away, so that a long test reads no more than a short one. */
    private void write(int id) {
        if (id % 2 == 0) {
            insertAndDelete(id, "autocommit");
        } else {
            application.transaction().executeWithoutResult(status -> insertAndDelete(id, "transaction"));
        }
    }

    private void insertAndDelete(int id, String name) {
        application
                .jdbc()
                .sql("INSERT INTO item VALUES (:id, :name)")
                .param("id", id)
                .param("name", name)
                .update();
        application
                .jdbc()
                .sql("DELETE FROM item WHERE id = :id")
                .param("id", id - KEPT)
                .update();
    }

    /** How many rows there are, asked for in each of the ways an application has. */
    private int read(int way) {
        return switch (way % 3) {
            case 0 ->
                application
                        .jdbc()
                        .sql("SELECT count(*) FROM item WHERE id > :id")
                        .param("id", 0)
                        .query(Integer.class)
                        .single();
            case 1 ->
                application.template().queryForList("SELECT id, name FROM item").size();
            default -> readInTransaction();
        };
    }

    private int readInTransaction() {
        AtomicInteger rows = new AtomicInteger();
        application
                .readOnlyTransaction()
                .executeWithoutResult(status -> rows.set(application
                        .jdbc()
                        .sql("SELECT id FROM item")
                        .query()
                        .listOfRows()
                        .size()));
        return rows.get();
    }

    private static void awaitReadsByAll(AtomicIntegerArray progress, Workers readers) {
        Awaitility.await("each reader reads")
                .atMost(DEADLINE)
                .until(() -> least(progress) > 0 || !readers.errors().isEmpty());
    }

    private static void zero(AtomicIntegerArray progress) {
        for (int i = 0; i < progress.length(); i++) {
            progress.set(i, 0);
        }
    }

    private static int least(AtomicIntegerArray progress) {
        int least = Integer.MAX_VALUE;
        for (int i = 0; i < progress.length(); i++) {
            least = Math.min(least, progress.get(i));
        }
        return least;
    }
}
