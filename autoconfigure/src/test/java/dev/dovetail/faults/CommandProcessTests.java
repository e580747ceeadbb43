package dev.dovetail.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.contract.TestEngine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The command line as an operator uses it: a process, its exit code, and what it prints. */
class CommandProcessTests {

    @TempDir
    Path directory;

    private record Ended(int code, String results, String messages) {}

    private Ended run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(Child.java());
        command.add("-Djava.io.tmpdir=" + directory);
        command.add(CommandApplication.class.getName());
        command.addAll(List.of(arguments));
        Path results = directory.resolve("results");
        Path messages = directory.resolve("messages");
        Process process = new ProcessBuilder(command)
                .redirectOutput(results.toFile())
                .redirectError(messages.toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Ended(
                process.exitValue(),
                Files.readString(results, StandardCharsets.UTF_8),
                Files.readString(messages, StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @EnumSource(TestEngine.class)
    void statusTellsOfTheDatabaseThoughTheApplicationDoesNotStart(TestEngine engine) throws Exception {
        Map<String, String> database = engine.freshDatabase();
        try (TestDatabaseAccess access = TestDatabaseAccess.open(TestDatabaseAccess.arguments(database))) {
            access.jdbc().execute("CREATE TABLE thing (id integer PRIMARY KEY)");
        }
        Ended status = run(with(database, "status"));
        assertThat(status.messages()).isEmpty();
        assertThat(status.code()).isZero();
        assertThat(status.results()).contains(engine == TestEngine.SQLITE ? "SQLite" : "PostgreSQL", "UP");
        assertThat(status.results()).containsPattern("Tables +1");
    }

    private static String[] with(Map<String, String> database, String command) {
        return Stream.concat(
                        database.entrySet().stream().map(entry -> "--" + entry.getKey() + "=" + entry.getValue()),
                        Stream.of("--dovetail.command=" + command))
                .toArray(String[]::new);
    }

    @Test
    void aBackupIsMadeVerifiedAndRestoredOverADamagedFile() throws Exception {
        Path file = directory.resolve("shop.db");
        Path backups = directory.resolve("backups");
        Map<String, String> database = Map.of(
                "dovetail.sqlite.path", file.toString(),
                "dovetail.backup.directory", backups.toString(),
                "spring.application.name", "shop");
        try (TestDatabaseAccess access = TestDatabaseAccess.open(file.toString())) {
            access.jdbc().execute("CREATE TABLE thing (id integer PRIMARY KEY)");
            access.jdbc().execute("INSERT INTO thing VALUES (1), (2)");
        }

        Ended made = run(with(database, "backup"));
        assertThat(made.code()).as(made.messages()).isZero();
        assertThat(made.results()).contains("2 rows in 1 tables");
        String name = Path.of(made.results().split(": ", 2)[0]).getFileName().toString();

        Files.write(file, new byte[8192]);
        Files.deleteIfExists(directory.resolve("shop.db-wal"));
        Ended broken = run(with(database, "status"));
        assertThat(broken.code()).isEqualTo(1);

        Ended verified = run(with(database, "verify"));
        assertThat(verified.code()).as(verified.messages()).isZero();
        assertThat(verified.results()).contains(name + ": good");

        Ended restored = run(and(with(database, "restore"), name));
        assertThat(restored.code()).as(restored.messages()).isZero();
        assertThat(restored.results()).contains(name + " is restored");
        assertRows(file, 2);

        for (String part : List.of("", "-wal", "-shm")) {
            Files.deleteIfExists(directory.resolve("shop.db" + part));
        }
        Ended again = run(and(with(database, "restore"), name));
        assertThat(again.code()).as(again.messages()).isZero();
        assertThat(again.results()).doesNotContain("What was there before is backup");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertRows(file, 2);

        Path backup = backups.resolve(name);
        byte[] bytes = Files.readAllBytes(backup);
        bytes[bytes.length / 2] ^= 1;
        Files.write(backup, bytes);
        Ended damaged = run(and(with(database, "verify"), name));
        assertThat(damaged.code()).isEqualTo(1);
        assertThat(damaged.results()).contains("DAMAGED");
    }

    private static void assertRows(Path file, long rows) {
        try (TestDatabaseAccess access = TestDatabaseAccess.open(file.toString())) {
            assertThat(access.jdbc().queryForObject("SELECT count(*) FROM thing", Long.class))
                    .isEqualTo(rows);
        }
    }

    @ParameterizedTest
    @EnumSource(TestEngine.class)
    void optimizeTellsWhatItDid(TestEngine engine) throws Exception {
        Map<String, String> database = engine.freshDatabase();
        try (TestDatabaseAccess access = TestDatabaseAccess.open(TestDatabaseAccess.arguments(database))) {
            access.jdbc().execute("CREATE TABLE thing (id integer PRIMARY KEY)");
        }
        Ended done = run(and(with(database, "optimize"), "--dry-run"));
        assertThat(done.code()).as(done.messages()).isZero();
        assertThat(done.results()).contains(" ms ");
    }

    @Test
    void aPathThatIsMistypedIsNoNewDatabase() throws Exception {
        Path folder = directory.resolve("dtaa");
        for (String command : List.of("status", "optimize", "backup", "verify")) {
            Ended ended = run(
                    "--dovetail.sqlite.path=" + folder.resolve("shpo.db"),
                    "--dovetail.backup.directory=" + directory.resolve("backups"),
                    "--dovetail.command=" + command);
            assertThat(ended.code()).isEqualTo(1);
            assertThat(ended.messages())
                    .contains(
                            command.equals("verify")
                                    ? List.of("There is no backup")
                                    : List.of("There is no database", "shpo.db", "dovetail.sqlite.path"));
            assertThat(folder).doesNotExist();
        }
    }

    private static String[] and(String[] arguments, String last) {
        return Stream.concat(Stream.of(arguments), Stream.of(last)).toArray(String[]::new);
    }

    @Test
    void aDatabaseThatDoesNotAnswerIsAFailureWithAReason() throws Exception {
        Ended status =
                run("--spring.datasource.url=jdbc:postgresql://localhost:1/nothing", "--dovetail.command=status");
        assertThat(status.code()).isEqualTo(1);
        assertThat(status.messages()).contains("FAILED", "localhost").doesNotContain("\tat ");
    }

    @Test
    void aWrongCommandGetsTheUsage() throws Exception {
        Ended wrong = run("--dovetail.command=staus");
        assertThat(wrong.code()).isEqualTo(2);
        assertThat(wrong.messages()).contains("'staus'", "Usage", "status");
        assertThat(wrong.results()).isEmpty();
    }
}
