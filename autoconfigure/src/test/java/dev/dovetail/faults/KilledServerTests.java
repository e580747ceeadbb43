package dev.dovetail.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.contract.TestApplication;
import dev.dovetail.test.DedicatedPostgresServer;
import dev.dovetail.test.PostgresServer;
import dev.dovetail.test.TestDatabase;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * All of a PostgreSQL server's processes are killed (SIGKILL) while four threads commit; the application lives on: what was
 * acknowledged is there, nothing is there by half, and writing goes on by itself.
 */
class KilledServerTests {

    private static final int THREADS = 4;
    // Where five writers in a row met the outage, the circuit leaves the database alone for 10 s.
    private static final Duration TO_COME_BACK = Duration.ofSeconds(30);

    @Test
    void nothingAcknowledgedIsLostAndNothingIsHalfWritten() throws Exception {
        killWhileCommitting(10);
    }

    @Test
    @Tag("soak")
    void nothingAcknowledgedIsLostAndNothingIsHalfWrittenForLong() throws Exception {
        killWhileCommitting(200);
    }

    private static void killWhileCommitting(int rounds) throws Exception {
        Random random = new Random(rounds);
        Set<Integer> acknowledged = new ConcurrentSkipListSet<>();
        try (DedicatedPostgresServer server =
                        PostgresServer.dedicated(Map.of("fsync", "on", "full_page_writes", "on"));
                TestDatabase database = server.newDatabase();
                TestApplication application = TestApplication.with(properties(database), "logging.level.root=off")) {
            Ledger ledger = new Ledger(application.dataSource());
            ledger.create();
            try (Workers workers = Workers.repeat(THREADS, number -> writeOrFail(ledger, acknowledged))) {
                for (int round = 1; round <= rounds; round++) {
                    awaitCommit(acknowledged, workers, round);
                    TimeUnit.MILLISECONDS.sleep(50 + random.nextInt(300));
                    server.kill();
                    server.start();
                    awaitCommit(acknowledged, workers, round);
                }
                workers.stop();
            }
            ledger.verify(acknowledged, rounds * THREADS);
            assertThat(application.dataSource().pools())
                    .allSatisfy(pool -> assertThat(pool.active()).isZero());
        }
        assertThat(acknowledged.size()).isGreaterThan(rounds);
        System.out.printf("%d acknowledged transactions survived %d kills%n", acknowledged.size(), rounds);
    }

    private static void writeOrFail(Ledger ledger, Set<Integer> acknowledged) {
        try {
            ledger.write(acknowledged::add);
        } catch (DataAccessException | TransactionException e) {
            // The server is away; nothing was acknowledged.
            Thread.onSpinWait();
        }
    }

    private static void awaitCommit(Set<Integer> acknowledged, Workers workers, int round) {
        int before = acknowledged.size();
        Awaitility.await("commits in round " + round)
                .atMost(TO_COME_BACK)
                .until(() -> acknowledged.size() > before + THREADS
                        || !workers.errors().isEmpty());
    }

    private static Map<String, String> properties(TestDatabase database) {
        return Map.of(
                "spring.datasource.url", database.jdbcUrl(),
                "spring.datasource.username", database.username(),
                "spring.datasource.password", database.password());
    }
}
