package dev.dovetail.engine.postgresql;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of {@code pg_dump} or {@code pg_restore}. What it must not tell is in its environment, never in its arguments. What it
 * reads or writes goes through this process, so that it does not outlive it.
 */
final class DumpProcess {

    private static final Logger log = LoggerFactory.getLogger(DumpProcess.class);

    private static final int LAST_WORDS = 4;
    private static final Pattern BEGIN = Pattern.compile("^(pg_\\w+: |DETAIL: |CONTEXT: |HINT: |Command was: )");
    private static final Pattern ROW = Pattern.compile("^(DETAIL:  (Key \\(|Failing row)|CONTEXT:  COPY )");

    private final List<String> command;
    private final DumpEnvironment environment;

    /** What is done with the program's output, until its end. */
    interface Output {
        void read(InputStream output) throws IOException;
    }

    DumpProcess(DumpEnvironment environment, Path program, List<String> arguments) {
        this.environment = environment;
        this.command = new ArrayList<>(List.of(program.toString()));
        this.command.addAll(arguments);
    }

    /**
     * @param input what it reads; null if nothing
     * @throws IOException if it fails; with its last words
     */
    void run(@Nullable Path input, Output output) throws IOException {
        Path errors = Files.createTempFile("dovetail-", ".err");
        Path passwords = null;
        Process process = null;
        try {
            passwords = environment.passwordFile();
            ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
            environment.applyTo(builder.environment(), passwords);
            process = builder.start();
            feed(input, process.getOutputStream());
            try (InputStream in = process.getInputStream()) {
                output.read(in);
            }
            requireSuccess(process.waitFor(), errors);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(name() + " was interrupted", e);
        } finally {
            if (process != null) {
                process.destroy();
            }
            Files.deleteIfExists(errors);
            if (passwords != null) {
                Files.deleteIfExists(passwords);
            }
        }
    }

    // On a thread of its own, as the program writes before it has read all.
    private void feed(@Nullable Path input, OutputStream program) throws IOException {
        if (input == null) {
            program.close();
            return;
        }
        Thread feeder = new Thread(
                () -> {
                    try (program) {
                        Files.copy(input, program);
                    } catch (IOException e) {
                        // It has ended, or misses the rest: its exit code says so.
                        log.debug("{} has not read all of {}", name(), input, e);
                    }
                },
                "dovetail-" + name());
        feeder.setDaemon(true);
        feeder.start();
    }

    private void requireSuccess(int exitCode, Path errors) throws IOException {
        if (exitCode != 0) {
            List<String> lines = withoutRows(Files.readAllLines(errors, StandardCharsets.ISO_8859_1));
            throw new IOException("%s failed with exit code %d: %s"
                    .formatted(
                            name(),
                            exitCode,
                            String.join(" | ", lines.subList(Math.max(0, lines.size() - LAST_WORDS), lines.size()))));
        }
    }

    // The server quotes rows, over several lines too, in what it says of a key, a row, or where it was in a copy.
    private static List<String> withoutRows(List<String> lines) {
        List<String> kept = new ArrayList<>();
        boolean quoting = false;
        for (String line : lines) {
            if (BEGIN.matcher(line).find()) {
                quoting = ROW.matcher(line).find();
            }
            if (!quoting) {
                kept.add(line);
            }
        }
        return kept;
    }

    private String name() {
        return String.valueOf(Path.of(command.get(0)).getFileName());
    }
}
