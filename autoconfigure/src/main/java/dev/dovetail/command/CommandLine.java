package dev.dovetail.command;

import dev.dovetail.engine.DatabaseStartException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds and runs what {@code dovetail.command} names. Exit codes: {@value #SUCCEEDED} if it succeeded, {@value #FAILED} if it
 * failed, {@value #MISUSED} if it was called in a way that makes no sense.
 */
public final class CommandLine {

    /** Exit code of what succeeded. */
    public static final int SUCCEEDED = 0;

    /** Exit code of what failed. */
    public static final int FAILED = 1;

    /** Exit code of a call that makes no sense. */
    public static final int MISUSED = 2;

    private static final Logger log = LoggerFactory.getLogger(CommandLine.class);

    private final List<Command> commands;
    private final CommandOutput output;

    public CommandLine(List<Command> commands, CommandOutput output) {
        this.commands = List.copyOf(commands);
        this.output = output;
    }

    /**
     * Runs a command.
     *
     * @param name of the command
     * @param arguments of the process, of which those with a point in their name are Spring's
     * @return the exit code
     */
    public int run(String name, List<String> arguments) {
        try {
            Command command = command(name);
            command.run(call(command, arguments));
            return SUCCEEDED;
        } catch (CommandUsageException e) {
            output.message("%s", String.valueOf(e.getMessage()));
            usage();
            return MISUSED;
        } catch (CommandFailedException e) {
            output.message("FAILED: %s", String.valueOf(e.getMessage()));
            return FAILED;
        } catch (RuntimeException e) {
            explain(e);
            return FAILED;
        }
    }

    private Command command(String name) {
        return commands.stream()
                .filter(command -> command.name().equals(name.trim()))
                .findFirst()
                .orElseThrow(() -> new CommandUsageException(
                        name.isBlank() ? "No command was given" : "There is no command '" + name.trim() + "'"));
    }

    private CommandCall call(Command command, List<String> arguments) {
        List<String> words = new ArrayList<>();
        Set<String> options = new LinkedHashSet<>();
        for (String argument : arguments) {
            if (!argument.startsWith("--")) {
                words.add(argument);
            } else if (isOwn(argument)) {
                options.add(option(command, argument.substring(2)));
            }
        }
        if (words.size() > command.words()) {
            throw new CommandUsageException("Command %s does not know what to do with '%s'"
                    .formatted(command.name(), words.get(command.words())));
        }
        return new CommandCall(words, options, output);
    }

    // Properties of the application are written in the same way, with points; debug and trace are Spring Boot's.
    private static boolean isOwn(String argument) {
        String name = argument.substring(2).split("=", 2)[0];
        return name.indexOf('.') < 0 && !name.equals("debug") && !name.equals("trace");
    }

    private static String option(Command command, String option) {
        if (!command.options().contains(option)) {
            throw new CommandUsageException("Command %s has no option --%s".formatted(command.name(), option));
        }
        return option;
    }

    private void usage() {
        output.message("Usage: java -jar APPLICATION.jar --dovetail.command=COMMAND [...]");
        for (Command command : commands) {
            String call = (command.name() + " " + command.synopsis()).trim();
            output.message("  %-44s %s", call, command.summary());
        }
        output.message("Exit code: 0 succeeded, 1 failed, 2 wrong usage.");
    }

    private void explain(RuntimeException failure) {
        Throwable cause = failure;
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof DatabaseStartException) {
                cause = each;
            }
        }
        output.message("FAILED: %s", String.valueOf(cause.getMessage()));
        if (cause instanceof DatabaseStartException start) {
            output.message("%s", start.action());
        }
        log.debug("A command failed", failure);
    }
}
