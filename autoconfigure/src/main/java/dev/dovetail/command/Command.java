package dev.dovetail.command;

import java.util.Set;

/**
 * Something that is done with the database from the command line. It is made before anything is opened, and opens what it
 * needs when it is run, so that the usage can be shown, and a backup restored, where the database is broken.
 */
public interface Command {

    /** The value of {@code dovetail.command} that chooses it. */
    String name();

    /** What is written behind the name, for example {@code [NAME] [--all]}; empty if nothing is. */
    String synopsis();

    /** What it does, in one line without a full stop. */
    String summary();

    /** The options it understands, without dashes. */
    default Set<String> options() {
        return Set.of();
    }

    /** How many words it takes at most, apart from options. */
    default int words() {
        return 0;
    }

    /**
     * Does it.
     *
     * @throws CommandUsageException if what was given makes no sense to it
     * @throws CommandFailedException if it found out by itself that it failed
     */
    void run(CommandCall call);
}
