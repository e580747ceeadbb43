package dev.dovetail.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dovetail.contract.TestApplication;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.sqlite.SQLiteConnection;

/**
 * Another process holds SQLite's write lock for longer than the busy timeout. The transaction that meets it fails, and the
 * ones after it on the same connection are whole.
 *
 * <p>The stock driver's connection in place of ours fails both in their first round: after a busy BEGIN it believes in a
 * transaction that is not there ("cannot rollback - no transaction is active").
 */
class ForeignLockTests {

    @TempDir
    Path directory;

    private TestApplication application;
    private Child other;

    @BeforeEach
    void start() throws IOException {
        Path file = directory.resolve("app.db");
        application = TestApplication.with(
                Map.of("dovetail.sqlite.path", file.toString()), "dovetail.sqlite.busy-timeout=50ms");
        application.template().execute("CREATE TABLE item (id integer PRIMARY KEY)");
        other = Child.start(directory, LockHolder.class, file.toString()).await("ready");
    }

    @AfterEach
    void stop() {
        other.close();
        application.close();
    }

    @Test
    void transactionsStayWholeAfterABusyOne() throws Exception {
        staysWhole(50);
    }

    @Test
    @Tag("soak")
    void transactionsStayWholeAfterABusyOneForLong() throws Exception {
        staysWhole(5_000);
    }

    @Test
    void aLockTakenRightAfterACommitDisturbsNeitherTheCommitNorWhatFollows() throws Exception {
        survivesLockAfterCommit(50);
    }

    @Test
    @Tag("soak")
    void aLockTakenRightAfterACommitDisturbsNeitherTheCommitNorWhatFollowsForLong() throws Exception {
        survivesLockAfterCommit(5_000);
    }

    /** Setting auto_vacuum once more at every start took the lock: then this failed by its time-out. */
    @Test
    void anotherInstanceStartsAndReadsWhileTheLockIsHeld() throws Exception {
        transaction(() -> insert(1));
        other.tell("lock").await("locked");

        try (TestApplication second = TestApplication.with(
                Map.of("dovetail.sqlite.path", directory.resolve("app.db").toString()),
                "dovetail.sqlite.busy-timeout=50ms")) {
            assertThat(second.jdbc()
                            .sql("SELECT id FROM item")
                            .query(Integer.class)
                            .list())
                    .containsExactly(1);
        }
    }

    private void staysWhole(int times) throws Exception {
        Set<SQLiteConnection> used = new HashSet<>();
        List<Integer> committed = new ArrayList<>();
        for (int round = 1; round <= times; round++) {
            int id = round;
            other.tell("lock").await("locked");
            assertThatThrownBy(() -> transaction(() -> insert(-id)))
                    .as("round %d", round)
                    .isInstanceOf(CannotAcquireLockException.class);
            assertThatThrownBy(() -> insert(-id))
                    .as("autocommit, round %d", round)
                    .isInstanceOf(CannotAcquireLockException.class);
            other.tell("unlock").await("unlocked");

            assertThatThrownBy(() -> transaction(() -> {
                        insert(-id);
                        used.add(physicalConnection());
                        throw new IllegalStateException("the application's own");
                    }))
                    .as("round %d", round)
                    .hasMessage("the application's own");
            assertThat(ids()).as("after the rollback of round %d", round).isEqualTo(committed);

            transaction(() -> insert(id));
            committed.add(id);
            assertThat(ids()).as("after the commit of round %d", round).isEqualTo(committed);
        }
        assertThat(used).as("all of it on one connection").hasSize(1);
    }

    private void survivesLockAfterCommit(int times) throws Exception {
        List<Integer> committed = new ArrayList<>();
        for (int round = 1; round <= times; round++) {
            int id = round;
            transaction(() -> {
                insert(id);
                await("lock", "trying");
                afterCommit(() -> await("", "locked"));
            });
            committed.add(id);
            assertThat(ids())
                    .as("while the other holds the lock, round %d", round)
                    .isEqualTo(committed);
            assertThatThrownBy(() -> transaction(() -> insert(-id)))
                    .as("round %d", round)
                    .isInstanceOf(CannotAcquireLockException.class);
            other.tell("unlock").await("unlocked");
        }
    }

    private void transaction(Runnable work) {
        application.transaction().executeWithoutResult(status -> work.run());
    }

    private void insert(int id) {
        application.jdbc().sql("INSERT INTO item VALUES (:id)").param("id", id).update();
    }

    private List<Integer> ids() {
        return application
                .jdbc()
                .sql("SELECT id FROM item ORDER BY id")
                .query(Integer.class)
                .list();
    }

    private SQLiteConnection physicalConnection() {
        return application.template().execute((Connection connection) -> unwrapped(connection));
    }

    private static SQLiteConnection unwrapped(Connection connection) throws SQLException {
        return connection.unwrap(SQLiteConnection.class);
    }

    private void await(String order, String answer) {
        try {
            if (!order.isEmpty()) {
                other.tell(order);
            }
            other.await(answer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void afterCommit(Runnable work) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                work.run();
            }
        });
    }
}
