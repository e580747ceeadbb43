package dev.dovetail.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnMigrationsTests {

    private static final String ROOT = "db/dovetail-test";

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgresql"})
    void withoutScriptsTheDatabaseIsNotTouched(String engine) {
        TestDatabase database = database(engine);

        assertThat(own(database, "db/nothing").apply()).isZero();

        assertThat(database.hasTable(OwnMigrations.HISTORY_TABLE)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgresql"})
    void anEmptyDatabaseGetsTheTablesOnce(String engine) {
        TestDatabase database = database(engine);

        assertThat(own(database, ROOT).apply()).isEqualTo(2);
        assertThat(own(database, ROOT).apply()).isZero();

        assertThat(database.hasTable("dovetail_things")).isTrue();
        assertThat(database.applied(OwnMigrations.HISTORY_TABLE)).containsExactly("1", "2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgresql"})
    void aScriptThatIsNotTheOneAppliedIsRefused(String engine) {
        TestDatabase database = database(engine);
        own(database, ROOT).apply();
        database.jdbc().update("UPDATE dovetail_schema_history SET checksum = checksum + 1 WHERE version = '1'");

        assertThatThrownBy(() -> own(database, ROOT).apply())
                .isInstanceOf(FlywayValidateException.class)
                .hasMessageContaining("version 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgresql"})
    void aScriptThatFailedBeforeIsNotTakenForDone(String engine) {
        TestDatabase database = database(engine);
        own(database, ROOT).apply();
        database.jdbc().update("UPDATE dovetail_schema_history SET success = false WHERE version = '2'");

        assertThatThrownBy(() -> own(database, ROOT).apply()).isInstanceOf(FlywayValidateException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgresql"})
    void whereNothingIsPendingNobodyWaitsForAnother(String engine) throws Exception {
        TestDatabase database = database(engine);
        own(database, ROOT).apply();
        MigrationLock held = MigrationLock.beside(directory.resolve("held.db"), Duration.ofMillis(100));
        ExecutorService other = Executors.newSingleThreadExecutor();

        held.during(() -> assertThat(
                        other.submit(() -> own(database, ROOT, held).apply()).get(60, TimeUnit.SECONDS))
                .isZero());

        other.shutdown();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgresql"})
    void theApplicationsTablesAndHistoryDoNotMatter(String engine) {
        TestDatabase database = database(engine);
        Scripts scripts = new Scripts(directory).with("V1__users.sql", "CREATE TABLE users (id integer);");
        Flyway application = Flyway.configure()
                .dataSource(database.dataSource())
                .locations(scripts.location())
                .load();
        application.migrate();

        assertThat(own(database, ROOT).apply()).isEqualTo(2);

        assertThat(application.migrate().migrationsExecuted).isZero();
        assertThat(database.applied()).containsExactly("1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgresql"})
    void threeAtOnceApplyEachScriptOnce(String engine) throws Exception {
        TestDatabase database = database(engine);
        database.jdbc().execute("CREATE TABLE users (id integer)");
        CyclicBarrier together = new CyclicBarrier(3);
        ExecutorService threads = Executors.newFixedThreadPool(3);
        List<Future<Integer>> all = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            all.add(threads.submit(() -> {
                together.await();
                return own(database, ROOT).apply();
            }));
        }
        for (Future<Integer> each : all) {
            each.get(60, TimeUnit.SECONDS);
        }
        threads.shutdown();
        assertThat(database.applied(OwnMigrations.HISTORY_TABLE)).containsExactly("1", "2");
    }

    private TestDatabase database(String engine) {
        return engine.equals("sqlite") ? TestDatabase.sqlite(directory) : TestDatabase.postgresql();
    }

    private static OwnMigrations own(TestDatabase database, String root) {
        return own(database, root, database.lock());
    }

    private static OwnMigrations own(TestDatabase database, String root, MigrationLock lock) {
        return new OwnMigrations(
                Flyway.configure().dataSource(database.dataSource()), database.migrations(), lock, root);
    }
}
