package dev.dovetail.faults;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Commands of the operating system. */
final class Commands {

    private Commands() {}

    /** Runs a command that must succeed. */
    static void run(String... command) {
        String refusal = refusal(command);
        if (refusal != null) {
            throw new AssertionError(String.join(" ", command) + ": " + refusal);
        }
    }

    /** Runs a command; returns why it failed, or {@code null} if it did not. */
    static @Nullable String refusal(String... command) {
        try {
            Process process = new ProcessBuilder(List.of(command))
                    .redirectErrorStream(true)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            int exitCode = process.waitFor();
            return exitCode == 0 ? null : "exit code " + exitCode + ", " + output;
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }
}
