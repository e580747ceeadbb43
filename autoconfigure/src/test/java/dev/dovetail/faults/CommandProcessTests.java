package dev.dovetail.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.contract.TestEngine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
    void aDatabaseThatDoesNotAnswerIsAFailureWithAReason() throws Exception {
        Ended status = run("--spring.datasource.url=jdbc:postgresql://localhost:1/nothing", "--dovetail.command=status");
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
