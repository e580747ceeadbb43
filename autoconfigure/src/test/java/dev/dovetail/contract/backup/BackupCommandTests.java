package dev.dovetail.contract.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.backup.BackupReport;
import dev.dovetail.backup.Backups;
import dev.dovetail.command.BackupCommand;
import dev.dovetail.command.CommandLine;
import dev.dovetail.command.CommandOutput;
import dev.dovetail.command.RestoreCommand;
import dev.dovetail.command.VerifyCommand;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a terminal sees of the commands for backups. */
class BackupCommandTests {

    @TempDir
    private Path directory;

    private final ByteArrayOutputStream screen = new ByteArrayOutputStream();

    private TestApplication start(String name) {
        TestApplication application = TestApplication.on(
                TestEngine.SQLITE,
                "spring.application.name=" + name,
                "dovetail.backup.directory=" + directory,
                "logging.level.dev.dovetail=off");
        application.template().execute("CREATE TABLE item (id integer PRIMARY KEY)");
        return application;
    }

    /** The lines of the screen, in the order in which they are written, whether results or progress. */
    private List<String> run(Backups backups, String command, String... arguments) {
        screen.reset();
        PrintStream terminal = new PrintStream(screen, true, StandardCharsets.UTF_8);
        CommandLine line = new CommandLine(
                List.of(
                        new BackupCommand(() -> backups),
                        new VerifyCommand(() -> backups),
                        new RestoreCommand(() -> backups)),
                new CommandOutput(terminal, terminal, true));
        assertThat(line.run(command, List.of(arguments)))
                .as(screen.toString(StandardCharsets.UTF_8))
                .isEqualTo(CommandLine.SUCCEEDED);
        return screen.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void aResultBeginsOnALineOfItsOwn() {
        try (TestApplication application = start("shop")) {
            Backups backups = application.bean(Backups.class);
            assertThat(run(backups, "backup")).anyMatch(line -> line.startsWith(directory.toString()));
            String name = backups.list().get(0).name();
            assertThat(run(backups, "verify", name)).contains(name + ": good");
            assertThat(run(backups, "restore", name)).contains(name + " is restored");
        }
    }

    @Test
    void theNewestToBeVerifiedIsOneOfThisApplication() {
        try (TestApplication application = start("shop");
                TestApplication other = start("other")) {
            BackupReport own = application.bean(Backups.class).backup();
            BackupReport foreign = other.bean(Backups.class).backup();

            for (String[] arguments : List.of(new String[0], new String[] {"--all"})) {
                assertThat(run(application.bean(Backups.class), "verify", arguments))
                        .contains(own.name() + ": good")
                        .doesNotContain(foreign.name() + ": good");
            }
        }
    }
}
