package dev.dovetail.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.dovetail.backup.BackupException;
import dev.dovetail.backup.BackupListener;
import dev.dovetail.backup.BackupReport;
import dev.dovetail.backup.Backups;
import dev.dovetail.contract.TestEngine;
import dev.dovetail.migration.BackupBeforeMigration;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/** One backup before a migration that could lose something, none otherwise, and the way back to it (F127). */
@Timeout(180)
class BackupBeforeMigrationTests {

    @TempDir
    private Path directory;

    private MigratedApplication application(TestEngine engine) {
        return MigratedApplication.on(engine, directory);
    }

    @ParameterizedTest
    @EnumSource(TestEngine.class)
    void oneBackupIfSomethingIsPendingAndNoneIfNothingIs(TestEngine engine) {
        MigratedApplication application = application(engine);
        application.start();
        assertThat(application.backups()).as("of an empty database").isEmpty();
        application.start();
        assertThat(application.backups()).as("with nothing pending").isEmpty();

        application.scripts().with("V2__second.sql", "INSERT INTO item VALUES (2, 'second');");
        application.start();

        BackupReport backup = application.backups().get(0);
        assertThat(backup.verified()).isTrue();
        assertThat(application.offline(backups -> backups.verify(backup.name())).verified())
                .isTrue();
        assertThat(backup.rows().get(engine == TestEngine.SQLITE ? "item" : "public.item"))
                .as("rows before the migration")
                .isEqualTo(1);
        assertThat(application.names()).containsExactly("first", "second");
        application.start();
        assertThat(application.backups()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(TestEngine.class)
    void aRepeatableScriptThatWasChangedChangesThingsToo(TestEngine engine) {
        MigratedApplication application = application(engine);
        application.scripts().with("R__names.sql", "UPDATE item SET name = 'one';");
        application.start();
        application.start();
        assertThat(application.backups()).isEmpty();

        application.scripts().with("R__names.sql", "UPDATE item SET name = 'uno';");
        application.start();

        assertThat(application.backups()).hasSize(1);
        assertThat(application.names()).containsExactly("uno");
    }

    @ParameterizedTest
    @EnumSource(TestEngine.class)
    void aMigrationThatFailsNamesTheBackupAndTheWayBack(TestEngine engine) {
        MigratedApplication application = application(engine);
        application.start();
        application
                .scripts()
                .with("V2__lost.sql", "DELETE FROM item;")
                .with("V3__broken.sql", "INSERT INTO item VALUES (3, 'third');\nTHIS IS NOT SQL;");

        FailureAnalysis analysis = application.fail();

        BackupReport backup = application.backups().get(0);
        assertThat(analysis.getDescription()).contains("V3__broken.sql", "line 2");
        assertThat(analysis.getAction())
                .contains("Correct the script")
                .contains("java -jar app.jar --dovetail.command=restore " + backup.name());
        assertThat(application.names()).as("V2 was committed").isEmpty();

        assertThat(application
                        .offline(backups -> backups.restore(backup.name()))
                        .safetyBackup())
                .isNotNull();

        assertThat(application.names()).containsExactly("first");
        assertThat(application.applied()).containsExactly("1");
        application.scripts().without("V2__lost.sql").without("V3__broken.sql");
        application.start();
    }

    @ParameterizedTest
    @EnumSource(TestEngine.class)
    void ofInstancesThatStartAtOnceOneMakesTheBackup(TestEngine engine) throws Exception {
        MigratedApplication application = application(engine);
        application.start();
        application.scripts().with("V2__second.sql", "INSERT INTO item VALUES (2, 'second');");
        int instances = 3;
        CyclicBarrier together = new CyclicBarrier(instances);
        ExecutorService threads = Executors.newFixedThreadPool(instances);
        List<Future<?>> starts = new ArrayList<>();
        for (int i = 0; i < instances; i++) {
            // As on machines of their own: no directory in which they could see each other's.
            String own = "dovetail.backup.directory=" + directory.resolve("backups-" + i);
            starts.add(threads.submit(() -> {
                together.await();
                application.start(own);
                return null;
            }));
        }
        for (Future<?> start : starts) {
            start.get(120, TimeUnit.SECONDS);
        }
        threads.shutdown();

        List<BackupReport> all = new ArrayList<>();
        for (int i = 0; i < instances; i++) {
            application
                    .next(
                            "spring.flyway.enabled=false",
                            "dovetail.backup.directory=" + directory.resolve("backups-" + i))
                    .run(context -> all.addAll(context.getBean(Backups.class).list()));
        }
        assertThat(all).hasSize(1);
        assertThat(application.names()).containsExactly("first", "second");
    }

    @ParameterizedTest
    @EnumSource(TestEngine.class)
    void aStrategyOfTheApplicationsFindsTheBackupMade(TestEngine engine) {
        MigratedApplication application = application(engine);
        application.start();
        application.scripts().with("V2__second.sql", "INSERT INTO item VALUES (2, 'second');");
        List<Integer> seen = new ArrayList<>();

        application
                .next()
                .withBean(FlywayMigrationStrategy.class, () -> flyway -> {
                    seen.add(application.backups().size());
                    application.execute("DELETE FROM item");
                    flyway.migrate();
                })
                .run(context -> assertThat(context).hasNotFailed());

        assertThat(seen).containsExactly(1);
        assertThat(application.names()).containsExactly("second");
        String backup = application.backups().get(0).name();
        assertThat(application.offline(backups -> backups.restore(backup)).name())
                .isEqualTo(backup);
        assertThat(application.names()).containsExactly("first");
    }

    @Test
    void aStrategyMayRepairWhatFailed() {
        MigratedApplication application = application(TestEngine.POSTGRESQL);
        application.start();
        application
                .scripts()
                .with("V2__outside.sql", "INSERT INTO item VALUES (2, 'second');\nTHIS IS NOT SQL;")
                .with("V2__outside.sql.conf", "executeInTransaction=false");
        assertThat(application.fail().getAction()).contains("success = false");
        application.scripts().with("V2__outside.sql", "UPDATE item SET name = 'changed';");

        application
                .next()
                .withBean(FlywayMigrationStrategy.class, () -> flyway -> {
                    flyway.repair();
                    flyway.migrate();
                })
                .run(context -> assertThat(context).hasNotFailed());

        assertThat(application.backups()).hasSize(2);
        assertThat(application.names()).containsExactly("changed", "changed");
    }

    @Test
    void theLockDoesNotHoldUpAnIndexThatIsMadeConcurrently() {
        MigratedApplication application = application(TestEngine.POSTGRESQL);
        application.start();
        application.scripts().with("V2__index.sql", "CREATE INDEX CONCURRENTLY item_name ON item (name);");

        String stricter = application.properties().get("spring.datasource.url")
                + "?options=-c%20default_transaction_isolation=serializable";

        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> application.start("spring.datasource.url=" + stricter));

        assertThat(application.backups()).hasSize(1);
        assertThat(application.applied()).containsExactly("1", "2");
    }

    @ParameterizedTest
    @EnumSource(TestEngine.class)
    void listenersMayUseTheDatabase(TestEngine engine) {
        MigratedApplication application = application(engine);
        application.start();
        application.scripts().with("V2__second.sql", "INSERT INTO item VALUES (2, 'second');");

        application.next().withUserConfiguration(WithListener.class).run(context -> {
            assertThat(context).hasNotFailed().hasSingleBean(BackupBeforeMigration.class);
            assertThat(context.getBean(Diary.class).entries)
                    .containsExactly(application.backups().get(0).name() + " of 2");
        });
    }

    /** Writes down what it hears, and how many items there are then. */
    static final class Diary implements BackupListener {

        private final JdbcTemplate jdbc;
        private final List<String> entries = new ArrayList<>();

        Diary(JdbcTemplate jdbc) {
            this.jdbc = jdbc;
        }

        @Override
        public void onBackup(BackupReport report) {
            entries.add(report.name() + " of " + jdbc.queryForObject("SELECT count(*) FROM item", Integer.class));
        }

        @Override
        public void onFailure(BackupException failure) {
            entries.add("failure");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class WithListener {

        @Bean
        Diary diary(JdbcTemplate jdbc) {
            return new Diary(jdbc);
        }
    }
}
