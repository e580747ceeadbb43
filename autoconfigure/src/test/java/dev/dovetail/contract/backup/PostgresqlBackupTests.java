package dev.dovetail.contract.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.dovetail.actuator.DatabaseHealthIndicator;
import dev.dovetail.backup.BackupException;
import dev.dovetail.backup.BackupReport;
import dev.dovetail.backup.Backups;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import dev.dovetail.datasource.TableVersions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.health.contributor.Status;

/** PostgreSQL's own programs: which of them is taken, what it is told, and what becomes of what it says. */
class PostgresqlBackupTests {

    private static final String VERSION =
            "if [ \"$1\" = --version ]; then echo 'pg_dump (PostgreSQL) %d.2'; exit 0; fi";

    @TempDir
    private Path directory;

    private TestApplication start(Map<String, String> database, String... more) {
        String[] properties = Arrays.copyOf(more, more.length + 2);
        properties[more.length] = "dovetail.backup.directory=" + directory.resolve("backups");
        properties[more.length + 1] = "logging.level.dev.dovetail=off";
        return TestApplication.with(database, properties);
    }

    /** A program of this version that does what is said. */
    private Path program(int version, String what) throws IOException {
        for (String name : List.of("pg_dump", "pg_restore")) {
            Path file = directory.resolve(name);
            Files.writeString(file, "#!/bin/sh\n" + VERSION.formatted(version) + "\n" + what + "\n");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
        }
        return directory.resolve("pg_dump");
    }

    @Test
    void anOlderProgramIsRefusedBeforeItIsAsked() throws IOException {
        Path older = program(14, "exit 3");
        try (TestApplication application =
                start(TestEngine.POSTGRESQL.freshDatabase(), "dovetail.backup.pg-dump=" + older)) {
            assertThatThrownBy(() -> application.database().backup())
                    .hasMessageContaining("older one cannot dump a newer server")
                    .hasMessageContaining("postgresql-client-")
                    .hasMessageContaining("dovetail.backup.pg-dump");
            assertThat(application.bean(Backups.class).list()).isEmpty();
        }
    }

    @Test
    void whatIsInstalledHereAndOlderIsRefused() {
        int client = DumpableDatabase.newestClient();
        Assumptions.assumeTrue(client > 0 && client < 18, "the pg_dump that is installed can dump the newest server");
        try (TestApplication application = start(TestEngine.POSTGRESQL.freshDatabase())) {
            assertThatThrownBy(() -> application.database().backup())
                    .hasMessageContaining("version " + client)
                    .hasMessageContaining("older one cannot dump a newer server");
        }
    }

    @Test
    void aProgramThatIsNoneIsNamed() {
        try (TestApplication application =
                start(TestEngine.POSTGRESQL.freshDatabase(), "dovetail.backup.pg-dump=/nowhere/pg_dump")) {
            assertThatThrownBy(() -> application.database().backup())
                    .hasMessageContaining("/nowhere/pg_dump is not a pg_dump with a pg_restore beside it");
        }
    }

    @Test
    void thePasswordIsInNoArgumentAndInAFileOfTheOwnerOnly() throws IOException {
        Path seen = directory.resolve("seen");
        Path fake = program(
                99,
                "(echo \"$PGPASSFILE\"; echo \"$@\"; stat -c %%a \"$PGPASSFILE\"; env) > %s; exit 7".formatted(seen));
        Map<String, String> database = TestEngine.POSTGRESQL.freshDatabase();
        try (TestApplication application = start(database, "dovetail.backup.pg-dump=" + fake)) {
            assertThatThrownBy(() -> application.database().backup()).hasMessageContaining("exit code 7");
        }
        String password = database.getOrDefault("spring.datasource.password", "");
        assertThat(password).isNotEmpty();
        assertThat(Files.readString(seen)).contains("\n600\n").doesNotContain(password);
        assertThat(Files.readString(seen))
                .as("a server that is silent is given up")
                .contains("keepalives_idle=30", "tcp_user_timeout=60000");
        String passwordFile = Files.readAllLines(seen).get(0);
        assertThat(passwordFile).endsWith(".pgpass");
        assertThat(Path.of(passwordFile)).doesNotExist();
    }

    @Test
    void namesViewsSequencesAndLargeRowsComeBack() {
        try (TestApplication application = start(DumpableDatabase.fresh(TestEngine.POSTGRESQL))) {
            application.template().execute("""
                    CREATE SCHEMA "My Schema"; CREATE TABLE "My Schema"."a ""quoted"" (table)" (id serial PRIMARY KEY, t text);
                    CREATE TABLE "select" (id integer, part text) PARTITION BY RANGE (id);
                    CREATE TABLE one PARTITION OF "select" FOR VALUES FROM (0) TO (100);
                    CREATE TABLE empty (); CREATE VIEW seen AS SELECT count(*) AS n FROM "select";
                    CREATE MATERIALIZED VIEW kept AS SELECT * FROM "select"; INSERT INTO "select" VALUES (1, E'a\\nb\\\\.');
                    INSERT INTO "My Schema"."a ""quoted"" (table)" (t) VALUES (repeat('x', 3000000)), (E'\\\\.'), (E'COPY x FROM stdin;')""");
            BackupReport backup = application.database().backup();
            assertThat(backup.rows())
                    .containsEntry("My Schema.a \"quoted\" (table)", 3L)
                    .containsEntry("public.one", 1L);
            application.template().execute("DROP SCHEMA \"My Schema\" CASCADE; DELETE FROM \"select\"");

            application.bean(Backups.class).restore(backup.name());

            assertThat(application.template().queryForObject("SELECT n FROM seen", Integer.class))
                    .isEqualTo(1);
            assertThat(application
                            .template()
                            .queryForObject(
                                    "INSERT INTO \"My Schema\".\"a \"\"quoted\"\" (table)\" (t) VALUES ('') RETURNING id",
                                    Integer.class))
                    .isEqualTo(4);
        }
    }

    @Test
    void aRestoreThatFailsInTheMiddleChangesNothing() {
        try (TestApplication application = start(DumpableDatabase.fresh(TestEngine.POSTGRESQL))) {
            application.template().execute("CREATE TABLE item (id integer PRIMARY KEY)");
            application.template().execute("INSERT INTO item VALUES (1)");
            BackupReport backup = application.database().backup();
            application.template().execute("INSERT INTO item VALUES (2)");
            application.template().execute("CREATE TABLE newer (item integer REFERENCES item)");

            assertThatThrownBy(() -> application.bean(Backups.class).restore(backup.name()))
                    .hasMessageContaining("pg_restore failed");

            assertThat(application.template().queryForList("SELECT id FROM item ORDER BY id", Integer.class))
                    .containsExactly(1, 2);
        }
    }

    /** Of another program, or of a pooler: it is not ours to end. */
    @Test
    void whoHoldsALockForTooLongIsNamedAndNothingIsChanged() throws SQLException {
        Map<String, String> database = DumpableDatabase.fresh(TestEngine.POSTGRESQL);
        try (TestApplication application = start(database);
                Connection other = DriverManager.getConnection(
                        database.getOrDefault("spring.datasource.url", "") + "?ApplicationName=somebody",
                        database.get("spring.datasource.username"),
                        database.get("spring.datasource.password"))) {
            application.template().execute("CREATE TABLE item (id integer PRIMARY KEY)");
            BackupReport backup = application.database().backup();
            application.template().update("INSERT INTO item VALUES (1)");
            other.setAutoCommit(false);
            other.createStatement().executeQuery("SELECT count(*) FROM item").close();

            assertTimeoutPreemptively(
                    Duration.ofMinutes(2),
                    () -> assertThatThrownBy(
                                    () -> application.bean(Backups.class).restore(backup.name()))
                            .isInstanceOf(BackupException.class)
                            .hasMessageContaining("somebody")
                            .hasMessageContaining("End"));

            assertThat(application.template().queryForList("SELECT id FROM item", Integer.class))
                    .containsExactly(1);
            assertThat(application.bean(DatabaseHealthIndicator.class).health().getStatus())
                    .isEqualTo(Status.UP);
            other.commit();
            application.bean(Backups.class).restore(backup.name());
            assertThat(application.template().queryForList("SELECT id FROM item", Integer.class))
                    .isEmpty();
        }
    }

    /** As when the connection breaks while the server commits. */
    @Test
    void afterARestoreWhoseEndIsUnknownNothingThatWasCachedIsShown() throws IOException {
        Map<String, String> database = DumpableDatabase.fresh(TestEngine.POSTGRESQL);
        Path fake = program(99, """
                /usr/bin/$(basename "$0") "$@"; status=$?
                case "$*" in *--clean*) exit 1;; esac; exit $status""");
        try (TestApplication application = start(database, "dovetail.backup.pg-dump=" + fake)) {
            application.bean(TableVersions.class).watch();
            application.template().execute("CREATE TABLE item (id integer PRIMARY KEY)");
            BackupReport backup = application.database().backup();
            application.template().update("INSERT INTO item VALUES (1)");
            for (int i = 0; i < 20; i++) {
                assertThat(cachedCount(application)).isEqualTo(1);
            }

            assertThatThrownBy(() -> application.bean(Backups.class).restore(backup.name()))
                    .hasMessageContaining("exit code 1");

            assertThat(cachedCount(application)).isZero();
        }
    }

    private static Integer cachedCount(TestApplication application) {
        return application
                .database()
                .query("count")
                .key()
                .cached(Duration.ofMinutes(5))
                .run(() -> Objects.requireNonNull(
                        application.template().queryForObject("SELECT count(*) FROM item", Integer.class)));
    }

    @Test
    void whatCannotBeSavedIsNotReplaced() {
        try (TestApplication application = start(DumpableDatabase.fresh(TestEngine.POSTGRESQL))) {
            application.template().execute("CREATE TABLE item (id integer PRIMARY KEY)");
            BackupReport backup = application.database().backup();
            application.template().execute("INSERT INTO item VALUES (1)");
            application.template().execute("REVOKE SELECT ON item FROM current_user");

            assertThatThrownBy(() -> application.bean(Backups.class).restore(backup.name()))
                    .hasMessageContaining("no backup can be made of what is there")
                    .hasMessageContaining("pg_restore");

            application.template().execute("GRANT SELECT ON item TO current_user");
            assertThat(application.template().queryForList("SELECT id FROM item", Integer.class))
                    .containsExactly(1);
        }
    }

    /** The server quotes rows in its errors, which end up in logs and answers. */
    @Test
    void noRowIsQuoted() throws IOException {
        Path fake = program(99, """
                printf 'pg_dump: error: COPY failed: ERROR:  duplicate key\\nDETAIL:  Key (mail)=(me@home) already exists.\\n' >&2
                printf 'CONTEXT:  COPY person, line 1: "me@home\\nsecond line of me@home"\\nHINT:  help\\n' >&2; exit 7""");
        try (TestApplication application =
                start(TestEngine.POSTGRESQL.freshDatabase(), "dovetail.backup.pg-dump=" + fake)) {
            assertThatThrownBy(() -> application.database().backup())
                    .hasMessageContaining("duplicate key")
                    .hasMessageContaining("HINT:  help")
                    .message()
                    .doesNotContain("me@home");
        }
    }

    /** As PostGIS has them: rows of its own come with the extension, the others are dumped. */
    @Test
    void rowsThatBelongToAnExtensionComeBack() throws SQLException {
        Map<String, String> database = DumpableDatabase.fresh(TestEngine.POSTGRESQL);
        try (TestApplication application = start(database);
                Connection superuser = DriverManager.getConnection(
                        database.getOrDefault("spring.datasource.url", ""), "postgres", "postgres")) {
            application.template().execute("CREATE TABLE reference_system (id integer)");
            application.template().execute("INSERT INTO reference_system VALUES (1), (1000), (1001)");
            superuser.createStatement().execute("""
                    CREATE TABLE extended (id integer); ALTER EXTENSION plpgsql ADD TABLE reference_system;
                    UPDATE pg_extension SET extconfig = ARRAY['reference_system'::regclass::oid],
                        extcondition = ARRAY['WHERE id >= 1000'] WHERE extname = 'plpgsql';
                    DROP TABLE extended""");

            BackupReport backup = application.database().backup();

            assertThat(backup.rows()).containsEntry("public.reference_system", 2L);
        }
    }

    @Test
    void aTableWithAsManyColumnsAsThereMayBeIsCounted() {
        try (TestApplication application = start(DumpableDatabase.fresh(TestEngine.POSTGRESQL))) {
            String columns = IntStream.range(0, 1_600)
                    .mapToObj("a_column_with_a_long_name_and_a_number_%04d boolean"::formatted)
                    .collect(Collectors.joining(", "));
            application.template().execute("CREATE TABLE wide (" + columns + ")");
            application.template().execute("INSERT INTO wide DEFAULT VALUES");

            assertThat(application.database().backup().rows()).containsEntry("public.wide", 1L);
        }
    }
}
