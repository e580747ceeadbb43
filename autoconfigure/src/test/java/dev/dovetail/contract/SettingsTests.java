package dev.dovetail.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.dovetail.datasource.PoolStatus;
import dev.dovetail.datasource.RoutingDataSource;
import dev.dovetail.engine.AppliedSetting;
import dev.dovetail.engine.DatabaseEngine;
import dev.dovetail.engine.DatabaseError;
import dev.dovetail.engine.DatabaseInfo;
import dev.dovetail.engine.ErrorCode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Every pooled connection is set up as configured, and none is lost. */
@EngineContract
@ExtendWith(OutputCaptureExtension.class)
class SettingsTests {

    private static final SharedApplications applications = new SharedApplications(
            "spring.application.name=settings-test",
            "spring.datasource.hikari.maximum-pool-size=3",
            "spring.datasource.hikari.leak-detection-threshold=2000",
            "dovetail.sqlite.readers=3",
            "dovetail.sqlite.cache-size=24MB",
            "dovetail.sqlite.reader-cache-size=12MB",
            "dovetail.sqlite.busy-timeout=700ms",
            "dovetail.sqlite.pragmas.wal_autocheckpoint=500",
            "dovetail.postgresql.statement-timeout=17s",
            "dovetail.postgresql.lock-timeout=700ms",
            "dovetail.postgresql.settings.work_mem=5MB");

    private final TestEngine engine;
    private final TestApplication application;
    private final RoutingDataSource dataSource;

    SettingsTests(TestEngine engine) {
        this.engine = engine;
        this.application = applications.on(engine);
        this.dataSource = application.dataSource();
    }

    @AfterAll
    static void stop() {
        applications.close();
    }

    @BeforeEach
    void createTables() {
        application.template().execute("DROP TABLE IF EXISTS child");
        application.template().execute("DROP TABLE IF EXISTS parent");
        application.template().execute("CREATE TABLE parent (id integer PRIMARY KEY)");
        application.template().execute("CREATE TABLE child (parent_id integer REFERENCES parent)");
    }

    @AfterEach
    void nothingIsInUse() {
        assertThat(dataSource.pools()).extracting(PoolStatus::active).containsOnly(0);
    }

    /** Every connection of both pools, all of them held at once, with the physical connection's number. */
    private Set<Integer> checkEveryConnection() throws SQLException {
        Set<Integer> seen = new LinkedHashSet<>();
        List<Connection> held = new ArrayList<>();
        try {
            for (var pool : dataSource.hikariPools()) {
                for (int i = 0; i < pool.getMaximumPoolSize(); i++) {
                    Connection connection = pool.getConnection();
                    held.add(connection);
                    List<AppliedSetting> drift =
                            application.bean(DatabaseEngine.class).drift(connection);
                    assertThat(drift).isEmpty();
                    seen.add(System.identityHashCode(connection.unwrap(engine.driverConnection())));
                }
            }
        } finally {
            for (Connection each : held) {
                each.close();
            }
        }
        assertThat(seen).hasSize(held.size());
        return seen;
    }

    @Test
    void everyConnectionIsSetUpAlsoAfterReconnecting() throws SQLException {
        Set<Integer> before = checkEveryConnection();
        dataSource.reconnect();
        assertThat(checkEveryConnection()).doesNotContainAnyElementsOf(before);
    }

    @Test
    void theSettingsAreThoseThatWereAskedFor() {
        DatabaseInfo info = application.database().info();

        assertThat(info.settings()).allMatch(AppliedSetting::asExpected);
        assertThat(info.settings())
                .extracting(setting -> setting.name() + "=" + setting.actual())
                .contains(engine.settingsOfTest());
        assertThat(info.version()).isNotBlank();
    }

    @Test
    void aSettingThatWasChangedByHandShows() throws SQLException {
        AppliedSetting original = application.database().info().settings().get(0);
        try (Connection connection = dataSource.hikariPools().get(0).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(engine.changeSettingByHand());
            List<AppliedSetting> drift = application.bean(DatabaseEngine.class).drift(connection);
            assertThat(drift).hasSize(1);
            assertThat(drift.get(0).actual()).isNotEqualTo(drift.get(0).expected());
        }
        dataSource.reconnect();
        assertThat(application.database().info().settings().get(0)).isEqualTo(original);
    }

    @Test
    void orphansAreRefusedOnEveryConnection() throws SQLException {
        for (int i = 0; i < 20; i++) {
            try (Connection connection = dataSource.getConnection();
                    Statement statement = connection.createStatement()) {
                Throwable thrown = catchThrowable(() -> statement.executeUpdate("INSERT INTO child VALUES (9)"));
                assertThat(application.database().describe(thrown))
                        .map(DatabaseError::code)
                        .contains(ErrorCode.FOREIGN_KEY_VIOLATION);
            }
            if (i % 5 == 0) {
                dataSource.reconnect();
            }
        }
    }

    @Test
    void aFullPoolLetsCallersWaitAndThenSaysWhoHasTheConnections() throws Exception {
        try (TestApplication hasty = TestApplication.on(
                engine,
                "spring.datasource.hikari.maximum-pool-size=3",
                "spring.datasource.hikari.connection-timeout=500")) {
            hasty.template().execute("CREATE TABLE parent (id integer PRIMARY KEY)");
            int writers = engine.writers(3);
            List<Connection> held = new ArrayList<>();
            for (int i = 0; i < writers; i++) {
                held.add(writing(hasty, i));
            }
            assertExhausted(hasty, writers);
            for (Connection each : held) {
                each.close();
            }
            writing(hasty, 100).close();
        }
    }

    private static Connection writing(TestApplication application, int id) throws SQLException {
        Connection connection = application.dataSource().getConnection();
        connection.setAutoCommit(false);
        insert(connection, id);
        return connection;
    }

    private static void assertExhausted(TestApplication application, int size) throws Exception {
        long started = System.nanoTime();
        Throwable thrown = inAnotherThread(
                () -> catchThrowable(() -> application.template().update("INSERT INTO parent VALUES (100)")));

        assertThat(Duration.ofNanos(System.nanoTime() - started))
                .isBetween(Duration.ofMillis(450), Duration.ofMillis(2000));
        assertThat(thrown.getCause()).hasMessageContaining("total=" + size).hasMessageContaining("active=" + size);
        assertThat(application.database().describe(thrown))
                .map(DatabaseError::code)
                .contains(ErrorCode.POOL_EXHAUSTED);
    }

    private static <T> T inAnotherThread(java.util.concurrent.Callable<T> work) throws Exception {
        ExecutorService executor = Executors.newSingleThreadExecutor();
        try {
            return executor.submit(work).get(30, TimeUnit.SECONDS);
        } finally {
            executor.shutdownNow();
        }
    }

    private static void insert(Connection connection, int id) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("INSERT INTO parent VALUES (?)")) {
            statement.setInt(1, id);
            statement.executeUpdate();
        }
    }

    @Test
    void tenThousandOperationsLoseNoConnection() throws InterruptedException, ExecutionException {
        ExecutorService executor = Executors.newFixedThreadPool(3);
        try {
            List<Future<?>> workers = new ArrayList<>();
            for (int worker = 0; worker < 3; worker++) {
                int first = worker * 1_000_000;
                workers.add(executor.submit(() -> operate(first, 3_334)));
            }
            for (Future<?> each : workers) {
                each.get();
            }
        } finally {
            executor.shutdownNow();
        }
        assertThat(dataSource.pools()).allMatch(pool -> pool.active() == 0 && pool.total() <= 3);
    }

    private void operate(int first, int times) {
        for (int i = 0; i < times; i++) {
            int id = first + i;
            switch (i % 5) {
                case 0 -> application.template().update("INSERT INTO parent VALUES (?)", id);
                case 1 -> application.template().queryForList("SELECT id FROM parent WHERE id = ?", id);
                case 2 ->
                    assertThatThrownBy(() -> application.template().queryForList("SELECT nothing FROM nowhere"))
                            .isNotNull();
                case 3 ->
                    assertThatThrownBy(() -> application
                                    .transaction()
                                    .executeWithoutResult(status ->
                                            application.template().update("INSERT INTO child VALUES (?)", -id)))
                            .isNotNull();
                default ->
                    application
                            .readOnlyTransaction()
                            .executeWithoutResult(status ->
                                    application.template().queryForList("SELECT id FROM parent WHERE id = ?", id));
            }
        }
    }

    @Test
    void aLeakIsLoggedOnceWithItsPlace(CapturedOutput output) throws Exception {
        try (Connection connection = dataSource.getConnection()) {
            insert(connection, 1);
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            while (!output.getAll().contains("Connection leak detection triggered") && System.nanoTime() < deadline) {
                Thread.sleep(50);
            }
        }
        assertThat(output.getAll().split("Connection leak detection triggered", -1))
                .hasSize(2);
        assertThat(output.getAll()).contains("aLeakIsLoggedOnceWithItsPlace");
    }

    @Test
    void aSettingThatTheEngineDoesNotHave() {
        try (TestApplication lenient = TestApplication.on(
                engine,
                "dovetail.sqlite.pragmas.no_such_pragma=1",
                "dovetail.postgresql.settings.dovetail.made_up=1")) {
            assertThat(lenient.database().info().settings())
                    .filteredOn(setting -> !setting.asExpected())
                    .extracting(AppliedSetting::name)
                    .isEqualTo(engine.settingsNotApplied());
        }
    }
}
