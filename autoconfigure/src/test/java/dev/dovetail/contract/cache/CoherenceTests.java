package dev.dovetail.contract.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.contract.EngineContract;
import dev.dovetail.contract.TestEngine;
import dev.dovetail.contract.cache.Instance.Kept;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two instances on one database: what one commits, the other does not go on serving (F119). */
@EngineContract
class CoherenceTests {

    private static final int CHANGES = 200;
    private static final String VALUE = "SELECT value FROM item WHERE id = 1";

    private final TestEngine engine;
    private Instance here;
    private Instance there;

    CoherenceTests(TestEngine engine) {
        this.engine = engine;
    }

    @BeforeEach
    void start() {
        Map<String, String> database = engine.freshDatabase();
        here = Instance.on(database);
        here.execute("CREATE TABLE item (id integer PRIMARY KEY, value integer NOT NULL)");
        here.execute("INSERT INTO item VALUES (1, 0)");
        there = Instance.on(database);
    }

    @AfterEach
    void stop() {
        there.close();
        here.close();
    }

    @Test
    void aChangeMadeThereIsHeardHere() {
        long longest = 0;
        long sum = 0;
        for (int i = 1; i <= CHANGES; i++) {
            Kept kept = here.current(VALUE);
            assertThat(kept.value()).isEqualTo(i - 1);
            change(i);
            long micros = Instance.awaitNotCurrent(kept);
            longest = Math.max(longest, micros);
            sum += micros;
            assertThat(here.read(VALUE).value()).isEqualTo(i);
        }
        System.out.printf(
                Locale.ROOT,
                "%s: a change by another instance was heard after %,d µs on average, %,d µs at most%n",
                engine,
                sum / CHANGES,
                longest);
    }

    // By itself, or in a transaction.
    private void change(int value) {
        String sql = "UPDATE item SET value = " + value + " WHERE id = 1";
        if (value % 2 == 0) {
            there.execute(sql);
        } else {
            there.application().transaction().executeWithoutResult(status -> there.execute(sql));
        }
    }

    @Test
    void ownChangesAreKnownAtOnce() {
        for (int i = 1; i <= CHANGES; i++) {
            Kept kept = here.current(VALUE);
            here.execute("UPDATE item SET value = value + 1 WHERE id = 1");
            assertThat(kept.stamp().isCurrent()).isFalse();
            assertThat(here.read(VALUE).value()).isEqualTo(i);
        }
    }
}
