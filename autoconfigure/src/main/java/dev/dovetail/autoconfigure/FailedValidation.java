package dev.dovetail.autoconfigure;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.flywaydb.core.api.FlywayException;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Scripts and history that do not agree. Flyway's findings stay, its command line's options become Boot's properties. */
final class FailedValidation {

    private static final List<Hint> HINTS = List.of(
            new Hint(
                    "mismatch for migration",
                    "A script was changed after it had been applied: put it back as it was, and make the change in a new"
                            + " version."),
            new Hint(
                    "Detected resolved migration not applied",
                    "A script came in below a version that is already applied: give it a version above it, or accept it as"
                            + " it is with spring.flyway.out-of-order=true."),
            new Hint(
                    "not resolved locally",
                    "A script that was applied is gone: put it back, or start the version of the application that has it."
                            + " If it was removed on purpose: spring.flyway.ignore-migration-patterns=*:missing."),
            new Hint(
                    "Detected failed",
                    "A script failed halfway and could not be rolled back: undo by hand what it did, delete its row with"
                            + " success = false from the history table, and start again."));

    private FailedValidation() {}

    static FailureAnalysis analyze(FlywayException failed) {
        String message = String.valueOf(failed.getMessage());
        return new FailureAnalysis(
                "The migration scripts and the database's history of migrations do not agree. Nothing was changed.%n%n%s"
                        .formatted(findings(message)),
                action(message),
                failed);
    }

    private static String findings(String message) {
        return message.lines()
                .filter(FailedValidation::isFinding)
                .map(line -> "    " + line.strip())
                .collect(Collectors.joining(System.lineSeparator()));
    }

    private static boolean isFinding(String line) {
        return line.startsWith("Migration ") || line.startsWith("-> ") || line.startsWith("Detected ");
    }

    private static String action(String message) {
        List<String> steps = new ArrayList<>();
        for (Hint hint : HINTS) {
            if (message.contains(hint.sign())) {
                steps.add(hint.step());
            }
        }
        return steps.isEmpty()
                ? "Compare the scripts with the history table."
                : String.join(System.lineSeparator(), steps);
    }

    private record Hint(String sign, String step) {}
}
