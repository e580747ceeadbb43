package dev.dovetail.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.cache.coherence.ListeningRule;
import dev.dovetail.contract.OwnThread;
import dev.dovetail.contract.TestEngine;
import dev.dovetail.contract.cache.Instance;
import dev.dovetail.contract.cache.Instance.Kept;
import dev.dovetail.monitoring.health.Finding;
import dev.dovetail.monitoring.health.HealthMonitor;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** An instance that cannot hear what others change serves nothing from its caches (F119). */
class DeafInstanceTests {

    private static final String VALUE = "SELECT value FROM item WHERE id = 1";
    private static final Duration MOST = Duration.ofSeconds(15);
    // How old may be what is served: a message on its way, on a machine that is busy.
    private static final long ON_ITS_WAY_NANOS = Duration.ofSeconds(1).toNanos();

    private static Instance define(Map<String, String> database) {
        Instance there = Instance.on(database);
        there.execute("CREATE TABLE item (id integer PRIMARY KEY, value integer NOT NULL)");
        there.execute("INSERT INTO item VALUES (1, 0)");
        return there;
    }

    private static int endListeners(Instance by) {
        return by.application().jdbc().sql("""
                        SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
                         WHERE datname = current_database() AND pid <> pg_backend_pid()
                           AND (query LIKE 'LISTEN%' OR query = 'SELECT 1')""").query(Integer.class).single();
    }

    @Test
    void nothingStaleIsServedWhileTheListenersAreEndedAgainAndAgain() throws Exception {
        Map<String, String> database = TestEngine.POSTGRESQL.freshDatabase();
        try (Instance there = define(database);
                Instance here = Instance.on(database, "logging.level.dev.dovetail.cache=error")) {
            AtomicBoolean goesOn = new AtomicBoolean(true);
            AtomicLong[] committedAt = {new AtomicLong(), new AtomicLong()};
            CompletableFuture<Void> writing = OwnThread.run(() -> {
                for (long i = 1; goesOn.get(); i++) {
                    there.execute("UPDATE item SET value = " + i);
                    committedAt[0].set(i);
                    committedAt[1].set(System.nanoTime());
                }
            });
            int ended = 0;
            long served = 0;
            long end = System.nanoTime() + Duration.ofSeconds(6).toNanos();
            long nextEnd = System.nanoTime();
            Kept kept = here.read(VALUE);
            while (System.nanoTime() < end) {
                if (System.nanoTime() > nextEnd) {
                    ended += endListeners(here);
                    nextEnd += Duration.ofMillis(400).toNanos();
                }
                // The value before the last is certainly older than the time at which the last one was committed.
                long value = committedAt[0].get();
                long at = committedAt[1].get();
                if (!kept.stamp().isCurrent()) {
                    kept = here.read(VALUE);
                } else if (kept.value() < value) {
                    served++;
                    assertNotServedForLong(kept, at);
                }
            }
            goesOn.set(false);
            writing.get(30, TimeUnit.SECONDS);
            long last = committedAt[0].get();
            Awaitility.await("heard again").atMost(MOST).until(here::hears);
            assertThat(here.current(VALUE).value()).isEqualTo(last);
            assertThat(ended).as("listeners ended").isGreaterThan(5);
            System.out.printf(
                    Locale.ROOT,
                    "%d listeners were ended under %,d changes; what was on its way was seen %,d times%n",
                    ended,
                    last,
                    served);
        }
    }

    // Whoever never heard of it would serve it for ever.
    private static void assertNotServedForLong(Kept kept, long committedAt) {
        while (kept.stamp().isCurrent()) {
            assertThat(System.nanoTime() - committedAt)
                    .as("nanoseconds that %s was served after another was committed", kept)
                    .isLessThan(ON_ITS_WAY_NANOS);
        }
    }

    @Test
    void aSilentNetworkIsNoticed() throws Exception {
        Map<String, String> database = TestEngine.POSTGRESQL.freshDatabase();
        URI address = URI.create(
                Objects.requireNonNull(database.get("spring.datasource.url")).substring("jdbc:".length()));
        try (Instance there = define(database);
                Network network = new Network(address.getHost(), address.getPort());
                Instance here = Instance.on(through(network, address, database), "logging.level.dev.dovetail=error")) {
            Kept kept = here.current(VALUE);
            network.cut();
            there.execute("UPDATE item SET value = 1");
            long micros = Instance.awaitNotCurrent(kept);
            System.out.printf(Locale.ROOT, "A silent network was noticed after %,d ms%n", micros / 1000);
            assertThat(micros).isLessThan(Duration.ofSeconds(8).toMillis() * 1000);
            assertThat(kept.stamp().isCurrentHere()).isTrue();

            network.restore();
            Awaitility.await("heard again").atMost(MOST).until(here::hears);
            assertThat(here.current(VALUE).value()).isEqualTo(1);
            Kept again = here.current(VALUE);
            there.execute("UPDATE item SET value = 2");
            Instance.awaitNotCurrent(again);
        }
    }

    @Test
    void healthSaysThatOthersAreNotHeard() {
        Map<String, String> database = TestEngine.POSTGRESQL.freshDatabase();
        try (Instance here = Instance.on(
                database,
                "dovetail.monitoring.rules.cache-listening.threshold=0s",
                "logging.level.dev.dovetail.cache=error")) {
            assertThat(listeningFindings(here)).isEmpty();
            Awaitility.await().atMost(MOST).pollInterval(Duration.ofMillis(10)).until(() -> {
                endListeners(here);
                return !listeningFindings(here).isEmpty();
            });
            Awaitility.await("heard again")
                    .atMost(MOST)
                    .until(() -> listeningFindings(here).isEmpty());
        }
    }

    private static List<Finding> listeningFindings(Instance instance) {
        return instance.application().bean(HealthMonitor.class).evaluate().findings().stream()
                .filter(finding -> finding.rule().equals(ListeningRule.ID))
                .toList();
    }

    private static Map<String, String> through(Network network, URI address, Map<String, String> database) {
        Map<String, String> all = new HashMap<>(database);
        all.put("spring.datasource.url", "jdbc:postgresql://localhost:" + network.port() + address.getPath());
        return all;
    }
}
