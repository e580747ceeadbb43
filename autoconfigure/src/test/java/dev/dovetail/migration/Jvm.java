package dev.dovetail.migration;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process of its own with the class path of this one. */
public final class Jvm implements AutoCloseable {

    private final Process process;
    private final BufferedReader output;

    private Jvm(Process process) {
        this.process = process;
        this.output = process.inputReader();
    }

    /** Starts a main class; its standard error is this process's. */
    public static Jvm start(Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        try {
            return new Jvm(new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads its output up to this line. */
    public Jvm await(String line) throws IOException {
        List<String> seen = new ArrayList<>();
        String next = output.readLine();
        while (next != null && !next.equals(line)) {
            seen.add(next);
            next = output.readLine();
        }
        if (next == null) {
            throw new IOException("The process ended without '%s': %s".formatted(line, String.join("\n", seen)));
        }
        return this;
    }

    /** Ends its standard input. */
    public Jvm go() throws IOException {
        process.getOutputStream().close();
        return this;
    }

    /** Waits for its end. */
    public int exitCode() throws InterruptedException, IOException {
        output.transferTo(java.io.Writer.nullWriter());
        return process.waitFor(60, TimeUnit.SECONDS) ? process.exitValue() : -1;
    }

    /** Ends it without asking, as a power cut would. */
    public void kill() {
        process.destroyForcibly();
    }

    @Override
    public void close() {
        kill();
    }
}
