package dev.dovetail.faults;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A process of its own with the class path of this one; talks with it by lines. */
final class Child implements AutoCloseable {

    private static final int FIRST_TO_NEED_NATIVE_ACCESS = 22;
    private static final int SECONDS_TO_END = 30;

    private final Process process;
    private final BufferedReader output;
    private final Writer input;

    private Child(Process process) {
        this.process = process;
        this.output = process.inputReader(StandardCharsets.UTF_8);
        this.input = process.outputWriter(StandardCharsets.UTF_8);
    }

    /** Starts a main class. What it leaves behind when it is killed is in {@code directory}; its errors are ours. */
    static Child start(Path directory, Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>(java());
        command.add("-Djava.io.tmpdir=" + directory);
        command.add(main.getName());
        command.addAll(List.of(arguments));
        return start(command);
    }

    /** Starts a command; its errors are ours. */
    static Child start(List<String> command) {
        try {
            return new Child(new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How to start Java with our class path, quickly, and with little memory. */
    static List<String> java() {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path")));
        if (Runtime.version().feature() >= FIRST_TO_NEED_NATIVE_ACCESS) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        return command;
    }

    /** Sends it a line. */
    Child tell(String line) throws IOException {
        input.write(line + "\n");
        input.flush();
        return this;
    }

    /** Its next line; {@code null} after its last. */
    @Nullable
    String readLine() throws IOException {
        return output.readLine();
    }

    /** Reads on until this line. */
    Child await(String line) throws IOException {
        awaitLine(line, line::equals);
        return this;
    }

    /** Reads on until a line that begins like this. */
    String awaitPrefix(String beginning) throws IOException {
        return awaitLine(beginning + "…", line -> line.startsWith(beginning));
    }

    private String awaitLine(String description, Predicate<String> wanted) throws IOException {
        List<String> seen = new ArrayList<>();
        for (String next = output.readLine(); next != null; next = output.readLine()) {
            if (wanted.test(next)) {
                return next;
            }
            seen.add(next);
        }
        throw new IOException("The process ended without '%s': %s".formatted(description, String.join("\n", seen)));
    }

    /** Ends it at once, as a crash would (SIGKILL). What it has said can still be read. */
    void kill() {
        // The process's own method would close our ends of its streams.
        process.toHandle().destroyForcibly();
    }

    /** Asks it to end (SIGTERM). */
    void terminate() {
        process.toHandle().destroy();
    }

    /** Waits for its end, reading what it still says. */
    int exitCode() throws IOException, InterruptedException {
        output.transferTo(Writer.nullWriter());
        if (!process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
            throw new IOException("The process has not ended after " + SECONDS_TO_END + " s");
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        kill();
    }
}
