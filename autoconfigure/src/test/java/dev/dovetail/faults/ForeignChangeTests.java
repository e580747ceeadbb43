package dev.dovetail.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.contract.TestEngine;
import dev.dovetail.contract.cache.Instance;
import dev.dovetail.contract.cache.Instance.Kept;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What another process commits to the SQLite file is seen, whatever our writer is doing (F119). */
class ForeignChangeTests {

    private static final String VALUE = "SELECT value FROM item WHERE id = 1";
    private static final Duration MOST = Duration.ofSeconds(10);

    @TempDir
    private Path directory;

    private Instance here;
    private Connection foreign;

    @BeforeEach
    void start() throws SQLException {
        here = Instance.on(TestEngine.SQLITE.freshDatabase());
        here.execute("CREATE TABLE item (id integer PRIMARY KEY, value integer NOT NULL)");
        here.execute("CREATE TABLE busy (value integer)");
        here.execute("INSERT INTO item VALUES (1, 0)");
        foreign = here.application().foreignConnection();
        change("PRAGMA busy_timeout = 20000");
    }

    @AfterEach
    void stop() throws SQLException {
        foreign.close();
        here.close();
    }

    private void change(String sql) throws SQLException {
        try (Statement statement = foreign.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void ofAnotherProcess() throws Exception {
        Map<String, String> database = here.application().databaseProperties();
        try (Child child = Child.start(
                directory, ForeignWriter.class, Objects.requireNonNull(database.get("dovetail.sqlite.path")))) {
            child.await("ready");
            long longest = 0;
            for (int i = 1; i <= 20; i++) {
                Kept kept = here.current(VALUE);
                child.tell("UPDATE item SET value = " + i).await("done");
                longest = Math.max(longest, Instance.awaitNotCurrent(kept));
                assertThat(here.read(VALUE).value()).isEqualTo(i);
            }
            System.out.printf(Locale.ROOT, "A commit of another process was seen after %,d µs at most%n", longest);
        }
    }

    @Test
    void whileTheWriterIsNeverAtRest() throws Exception {
        try (Workers workers = Workers.repeat(4, number -> write(number % 2 == 0))) {
            long longest = 0;
            for (int i = 1; i <= 30; i++) {
                Kept kept = here.current(VALUE);
                change("UPDATE item SET value = " + i);
                longest = Math.max(longest, Instance.awaitNotCurrent(kept));
                assertThat(here.read(VALUE).value()).isEqualTo(i);
            }
            workers.stop();
            assertThat(workers.errors()).isEmpty();
            System.out.printf(Locale.ROOT, "Under writers a foreign commit was seen after %,d µs at most%n", longest);
        }
    }

    private void write(boolean inTransaction) {
        if (inTransaction) {
            here.application()
                    .transaction()
                    .executeWithoutResult(status -> here.execute("INSERT INTO busy VALUES (1)"));
        } else {
            here.execute("INSERT INTO busy VALUES (1)");
        }
    }

    @Test
    void whileTheWriterIsHeldAndDoesNothing() throws Exception {
        Kept kept = here.current(VALUE);
        try (Connection held = here.application().dataSource().getConnection();
                Statement statement = held.createStatement()) {
            statement.execute("INSERT INTO busy VALUES (1)");
            change("UPDATE item SET value = 1");
            long micros = Instance.awaitNotCurrent(kept);
            System.out.printf(
                    Locale.ROOT, "With the writer held it was taken for granted after %,d ms%n", micros / 1000);
        }
        assertThat(here.current(VALUE).value()).isEqualTo(1);
    }

    @Test
    void nobodyElseCanCommitInOurTransactionSoEverythingStaysCurrent() throws Exception {
        Kept kept = here.current(VALUE);
        here.application().transaction().executeWithoutResult(status -> {
            here.execute("INSERT INTO busy VALUES (1)");
            Awaitility.await()
                    .during(Duration.ofMillis(1500))
                    .atMost(MOST)
                    .until(() -> kept.stamp().isCurrent());
        });
        assertThat(kept.stamp().isCurrent()).isTrue();
    }

    @Test
    void ownCommitsAreNotTakenForOthers() {
        Kept kept = here.current(VALUE);
        for (int i = 0; i < 300; i++) {
            write(i % 2 == 0);
        }
        Awaitility.await()
                .during(Duration.ofMillis(500))
                .atMost(MOST)
                .until(() -> kept.stamp().isCurrent());
    }

    @Test
    void aReplacedWriterIsFollowed() throws Exception {
        Kept kept = here.current(VALUE);
        here.application().dataSource().reconnect();
        Instance.awaitNotCurrent(kept);
        Kept again = here.current(VALUE);
        change("UPDATE item SET value = 1");
        Instance.awaitNotCurrent(again);
        assertThat(here.application().dataSource().pools().get(0).waiting()).isZero();
        assertThat(here.application().dataSource().pools().get(0).active()).isZero();
    }
}
