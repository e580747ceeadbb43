package dev.dovetail.command;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What was written behind a command's name, and where its results go.
 *
 * @param words in their order
 * @param options that were given, without dashes
 * @param output where results and progress are shown
 */
public record CommandCall(List<String> words, Set<String> options, CommandOutput output) {

    public CommandCall {
        words = List.copyOf(words);
        options = Set.copyOf(options);
    }

    /** The first word, if there is one. */
    public Optional<String> word() {
        return words.stream().findFirst();
    }

    /** Whether this option was given. */
    public boolean has(String option) {
        return options.contains(option);
    }
}
