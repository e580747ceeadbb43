package dev.dovetail.contract.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.contract.TestApplication;
import dev.dovetail.engine.DatabaseEngine;
import dev.dovetail.engine.EngineConnections;
import dev.dovetail.maintenance.LogKeeper;
import dev.dovetail.maintenance.MaintainedDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether the log stays short although no writer reaches the length at which it would copy it itself. */
class LogKeeperTests {

    @TempDir
    private Path directory;

    private TestApplication start(String... properties) {
        TestApplication application = TestApplication.with(
                Map.of("dovetail.sqlite.path", directory.resolve("app.db").toString()), properties);
        application.template().execute("CREATE TABLE item (id integer PRIMARY KEY, filler text)");
        return application;
    }

    // About 700 pages.
    private static void insert(TestApplication application) {
        application.template().update("""
                INSERT INTO item(filler) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 700)
                SELECT hex(zeroblob(1300)) FROM n""");
    }

    private static long log(TestApplication application) {
        return Objects.requireNonNull(application.bean(EngineConnections.class).files())
                .writeAheadLogSize();
    }

    @Test
    void theLogBeginsAnewThoughNoWriterHasCopiedIt() {
        try (TestApplication application = start()) {
            for (int i = 0; i < 20; i++) {
                insert(application);
                long size = log(application);
                Awaitility.await()
                        .pollInterval(Duration.ofMillis(50))
                        .atMost(Duration.ofSeconds(10))
                        .until(() -> copied(application));
                assertThat(size).isLessThan(4_000 * 4_096L);
            }
        }
    }

    private static boolean copied(TestApplication application) {
        return Boolean.TRUE.equals(application
                .template()
                .queryForObject(
                        "PRAGMA wal_checkpoint(NOOP)",
                        (row, number) -> row.getLong("log") - row.getLong("checkpointed") < 1_000));
    }

    @Test
    void whoeverWantsNoCheckpointsGetsNone() {
        try (TestApplication application = start("dovetail.optimizer.checkpoint-interval=0s")) {
            for (int i = 0; i < 4; i++) {
                insert(application);
            }
            assertThat(copied(application)).isFalse();
        }
    }

    /** One that looks when it is told to, because nothing looks by itself. */
    private static LogKeeper keeper(TestApplication application) {
        LogKeeper keeper = application.bean(LogKeeper.class);
        MaintainedDatabase database =
                MaintainedDatabase.behind(application.bean(DatabaseEngine.class), application.dataSource());
        assertThat(keeper.keep(
                        database, application.bean(EngineConnections.class).files()))
                .isTrue();
        return keeper;
    }

    @Test
    void aTransactionThatWasNotOverAtTheLookIsCopiedAtTheNext() {
        try (TestApplication application = start("dovetail.optimizer.checkpoint-interval=0s")) {
            LogKeeper keeper = keeper(application);
            application.transaction().executeWithoutResult(status -> {
                insert(application);
                insert(application);
                keeper.run(() -> true);
            });

            keeper.run(() -> true);

            assertThat(copied(application)).isTrue();
        }
    }

    // The cache takes what another connection commits for another process's change of everything.
    @Test
    void aCopyOfTheLogIsNoChangeForOtherConnections() throws SQLException {
        try (TestApplication application = start("dovetail.optimizer.checkpoint-interval=0s");
                Connection other = application.foreignConnection()) {
            LogKeeper keeper = keeper(application);
            insert(application);
            insert(application);
            long before = dataVersion(other);

            keeper.run(() -> true);

            assertThat(copied(application)).isTrue();
            assertThat(dataVersion(other)).isEqualTo(before);
        }
    }

    private static long dataVersion(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet version = statement.executeQuery("PRAGMA data_version")) {
            version.next();
            return version.getLong(1);
        }
    }

    @Test
    void nobodyFailsWhereThereIsNoLog() {
        try (TestApplication application =
                start("dovetail.optimizer.checkpoint-interval=0s", "dovetail.sqlite.journal-mode=delete")) {
            LogKeeper keeper = keeper(application);
            insert(application);
            keeper.run(() -> true);
            keeper.run(() -> true);
            assertThat(log(application)).isZero();
        }
    }
}
