package dev.dovetail.autoconfigure;

import dev.dovetail.command.CommandLine;
import dev.dovetail.command.CommandOutput;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringApplicationRunListener;
import org.springframework.boot.bootstrap.ConfigurableBootstrapContext;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Runs a command in the place of the application, as soon as its configuration is known, and ends the process: none of the
 * application's beans is made, so that a command works also where the application does not start.
 */
final class CommandRunListener implements SpringApplicationRunListener, Ordered {

    static final String PROPERTY = "dovetail.command";

    private final String[] arguments;

    CommandRunListener(SpringApplication application, String[] arguments) {
        this.arguments = arguments.clone();
    }

    // After the one that lets the configuration be read and logging be set up.
    @Override
    public int getOrder() {
        return LOWEST_PRECEDENCE;
    }

    @Override
    @SuppressWarnings("SystemExitOutsideMain") // Its exit code is what a command is run for.
    public void environmentPrepared(
            ConfigurableBootstrapContext bootstrapContext, ConfigurableEnvironment environment) {
        String command = environment.getProperty(PROPERTY);
        if (command != null) {
            System.exit(run(command, environment, CommandOutput.standard()));
        }
    }

    private int run(String command, ConfigurableEnvironment environment, CommandOutput output) {
        try (CommandContext context = new CommandContext(environment)) {
            return new CommandLine(context.commands(), output).run(command, List.of(arguments));
        }
    }
}
