package dev.dovetail.command;

import java.io.Console;
import java.io.PrintStream;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * Where a command shows what it does: results on standard output, so that they can be piped on, and progress and errors on
 * standard error. Safe for use by several threads.
 */
public final class CommandOutput {

    private final PrintStream results;
    private final PrintStream messages;
    private final boolean terminal;

    /** @param terminal whether somebody watches, so that a line may be drawn over */
    public CommandOutput(PrintStream results, PrintStream messages, boolean terminal) {
        this.results = results;
        this.messages = messages;
        this.terminal = terminal;
    }

    /** This process's own. */
    public static CommandOutput standard() {
        return new CommandOutput(System.out, System.err, isTerminal(System.console()));
    }

    // From Java 22 on there is a console also where nobody sits at it, and a method that tells.
    private static boolean isTerminal(@Nullable Console console) {
        if (console == null) {
            return false;
        }
        try {
            Method asked = Console.class.getMethod("isTerminal");
            return (boolean) asked.invoke(console);
        } catch (NoSuchMethodException e) {
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }

    /** Prints a line of the result. */
    public void line(String format, Object... values) {
        results.printf(format + "%n", values);
        results.flush();
    }

    /** Prints a line that is no result. */
    public void message(String format, Object... values) {
        messages.printf(format + "%n", values);
        messages.flush();
    }

    /** Shows how far something has come: a bar at a terminal, a line now and then elsewhere. */
    public Progress progress(String what) {
        return new Progress(what, messages, terminal, System::nanoTime);
    }
}
