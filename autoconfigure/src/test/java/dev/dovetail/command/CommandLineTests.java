package dev.dovetail.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.engine.DatabaseStartException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTests {

    private final ByteArrayOutputStream results = new ByteArrayOutputStream();
    private final ByteArrayOutputStream messages = new ByteArrayOutputStream();
    private final List<CommandCall> calls = new ArrayList<>();

    private record Trial(Consumer<CommandCall> action) implements Command {

        @Override
        public String name() {
            return "trial";
        }

        @Override
        public String synopsis() {
            return "[NAME] [--dry-run]";
        }

        @Override
        public String summary() {
            return "Tries something";
        }

        @Override
        public Set<String> options() {
            return Set.of("dry-run");
        }

        @Override
        public int words() {
            return 1;
        }

        @Override
        public void run(CommandCall call) {
            action.accept(call);
        }
    }

    private int run(Consumer<CommandCall> action, String name, String... arguments) {
        CommandOutput output = new CommandOutput(stream(results), stream(messages), false);
        return new CommandLine(List.of(new Trial(action)), output).run(name, List.of(arguments));
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private String messages() {
        return messages.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aCommandGetsItsWordsAndOptionsAndNotThoseOfTheApplication() {
        int code = run(
                calls::add,
                "trial",
                "--dovetail.command=trial",
                "--spring.datasource.url=jdbc:x",
                "--debug",
                "one",
                "--dry-run");
        assertThat(code).isEqualTo(CommandLine.SUCCEEDED);
        assertThat(calls).singleElement().satisfies(call -> {
            assertThat(call.word()).contains("one");
            assertThat(call.has("dry-run")).isTrue();
        });
        assertThat(messages()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "tiral", "TRIAL", "help"})
    void whatIsNoCommandGetsTheUsage(String name) {
        assertThat(run(calls::add, name)).isEqualTo(CommandLine.MISUSED);
        assertThat(messages()).contains("ommand", "trial [NAME] [--dry-run]", "Tries something", "Exit code");
        assertThat(calls).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--dryrun", "--dry-run=yes", "--"})
    void anUnknownOptionIsRefusedAndNotPassedOver(String option) {
        assertThat(run(calls::add, "trial", option)).isEqualTo(CommandLine.MISUSED);
        assertThat(messages()).contains("has no option " + option, "Usage");
        assertThat(calls).isEmpty();
    }

    @Test
    void aWordTooManyIsRefused() {
        assertThat(run(calls::add, "trial", "one", "two")).isEqualTo(CommandLine.MISUSED);
        assertThat(messages()).contains("'two'");
        assertThat(calls).isEmpty();
    }

    @Test
    void whatFailsSaysWhy() {
        int code = run(
                call -> {
                    throw new CommandFailedException("The disk is full");
                },
                "trial");
        assertThat(code).isEqualTo(CommandLine.FAILED);
        assertThat(messages()).contains("FAILED: The disk is full").doesNotContain("Usage");
    }

    @Test
    void aDatabaseThatCannotBeOpenedIsExplained() {
        int code = run(
                call -> {
                    throw new IllegalStateException(
                            "Error creating bean", new DatabaseStartException("It is locked", "Unlock it.", null));
                },
                "trial");
        assertThat(code).isEqualTo(CommandLine.FAILED);
        assertThat(messages()).contains("FAILED: It is locked", "Unlock it.").doesNotContain("bean");
    }
}
