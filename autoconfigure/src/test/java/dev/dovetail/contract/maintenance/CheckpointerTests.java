package dev.dovetail.contract.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.contract.TestApplication;
import dev.dovetail.engine.EngineConnections;
import dev.dovetail.engine.LogCheckpoint;
import dev.dovetail.engine.LogCheckpoint.Mode;
import dev.dovetail.maintenance.CheckpointRule;
import dev.dovetail.maintenance.CheckpointStatus;
import dev.dovetail.maintenance.Checkpointer;
import dev.dovetail.maintenance.MaintainedDatabase;
import dev.dovetail.maintenance.MaintenanceListener;
import dev.dovetail.maintenance.MaintenanceListeners;
import dev.dovetail.monitoring.health.Evaluations;
import dev.dovetail.monitoring.health.Finding;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What checkpoints do and say, also while somebody is in their way (F142). */
@ExtendWith(OutputCaptureExtension.class)
class CheckpointerTests {

    private static final long LONG_LOG = 64 * 1024;

    @TempDir
    Path directory;

    private final List<LogCheckpoint.Result> made = new ArrayList<>();
    private final List<LogCheckpoint.Result> starved = new ArrayList<>();

    private TestApplication start(String... properties) {
        return TestApplication.with(
                Map.of("dovetail.sqlite.path", directory.resolve("test.db").toString()), properties);
    }

    private Path log() {
        return directory.resolve("test.db-wal");
    }

    private Checkpointer checkpointer(TestApplication application) {
        MaintenanceListener listener = new MaintenanceListener() {
            @Override
            public void onCheckpoint(LogCheckpoint.Result result) {
                made.add(result);
            }

            @Override
            public void onStarvation(LogCheckpoint.Result result) {
                starved.add(result);
            }
        };
        EngineConnections connections = application.bean(EngineConnections.class);
        return Checkpointer.of(
                        MaintainedDatabase.behind(application.dataSource().engine(), application.dataSource()),
                        connections.files(),
                        LONG_LOG,
                        Clock.systemUTC(),
                        new MaintenanceListeners(List.of(listener)))
                .orElseThrow();
    }

    private static LogCheckpoint.Result last(CheckpointStatus status) {
        return Objects.requireNonNull(status.last());
    }

    private static void write(TestApplication application, int megabytes) {
        application.template().execute("CREATE TABLE IF NOT EXISTS blob (content BLOB) STRICT");
        for (int i = 0; i < megabytes; i++) {
            application.template().update("INSERT INTO blob VALUES (zeroblob(1000000))");
        }
    }

    @Test
    void everyFewSecondsTheLogIsCopiedAndCutWhenNobodyUsesTheFile() throws Exception {
        try (TestApplication application =
                start("dovetail.optimizer.checkpoint-interval=200ms", "dovetail.optimizer.log-size=64KB")) {
            write(application, 3);
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> Files.size(log()) == 0);
        }
    }

    @Test
    void aReaderThatIsHeldOpenIsReportedAndCounted() throws Exception {
        try (TestApplication application = start("dovetail.optimizer.checkpoint-interval=0")) {
            Checkpointer checkpointer = checkpointer(application);
            write(application, 1);
            try (Connection reader = application.dataSource().getConnection();
                    Statement statement = reader.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT length(content) FROM blob")) {
                assertThat(rows.next()).isTrue();
                write(application, 1);

                CheckpointStatus status = checkpointer.checkpoint();
                assertThat(last(status).mode()).isEqualTo(Mode.PASSIVE);
                assertThat(last(status).behind()).isPositive();
                assertThat(last(status).logBytes()).isEqualTo(Files.size(log()));
                assertThat(status.starved()).isFalse();
                assertThat(application.dataSource().longestRead()).isPositive();
                try (Connection maintenance =
                        application.dataSource().maintenance().getConnection()) {
                    LogCheckpoint.Result busy = Objects.requireNonNull(
                                    application.dataSource().engine().upkeep().logCheckpoint())
                            .run(maintenance, Mode.TRUNCATE);
                    assertThat(busy.busy()).isTrue();
                    assertThat(busy.behind()).isPositive();
                }
            }
            assertThat(application.dataSource().longestRead()).isZero();
            CheckpointStatus after = checkpointer.checkpoint();
            assertThat(last(after).mode()).isEqualTo(Mode.TRUNCATE);
            assertThat(last(after).behind()).isZero();
            assertThat(Files.size(log())).isZero();
            assertThat(made)
                    .extracting(LogCheckpoint.Result::mode)
                    .containsExactly(Mode.PASSIVE, Mode.PASSIVE, Mode.TRUNCATE);
        }
    }

    @Test
    void whenReadersAreInItsWayThreeTimesThenTheAgeOfTheOldestIsSaid(CapturedOutput output) throws Exception {
        try (TestApplication application = start("dovetail.optimizer.checkpoint-interval=0")) {
            Checkpointer checkpointer = checkpointer(application);
            write(application, 1);
            try (Connection reader = application.dataSource().getConnection();
                    Statement statement = reader.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT length(content) FROM blob")) {
                assertThat(rows.next()).isTrue();
                write(application, 70);
                checkpointer.checkpoint();
                checkpointer.checkpoint();
                assertThat(starved).isEmpty();
                assertThat(Evaluations.of(new CheckpointRule(checkpointer))).isEmpty();
                CheckpointStatus status = checkpointer.checkpoint();

                assertThat(Evaluations.of(new CheckpointRule(checkpointer)))
                        .singleElement()
                        .extracting(Finding::text)
                        .asString()
                        .startsWith("The write-ahead log grows")
                        .contains("has been in use for");

                assertThat(status.starved()).isTrue();
                assertThat(status.starvedRounds()).isEqualTo(3);
                assertThat(starved).hasSize(1);
                assertThat(output).contains("The write-ahead log grows", "has been in use for");
            }
            assertThat(checkpointer.checkpoint().starvedRounds()).isZero();
            assertThat(Evaluations.of(new CheckpointRule(checkpointer))).isEmpty();
        }
    }

    @Test
    void aFileThatWasDeletedIsNotMadeAgain() throws Exception {
        Path file = directory.resolve("test.db");
        try (TestApplication application = start("dovetail.optimizer.checkpoint-interval=100ms")) {
            write(application, 1);
            Files.delete(file);
            checkpointer(application).checkpoint();
            assertThat(file).doesNotExist();
        }
        assertThat(made).isEmpty();
        assertThat(file).doesNotExist();
    }

    @Test
    void whatLitestreamFollowsIsLeftToIt() throws Exception {
        Files.createDirectory(directory.resolve(".test.db-litestream"));
        try (TestApplication application = start("dovetail.optimizer.checkpoint-interval=0")) {
            write(application, 1);
            assertThat(checkpointer(application).checkpoint().leftTo()).isEqualTo("Litestream");
            assertThat(made).isEmpty();
        }
    }
}
