package dev.dovetail.benchmarks.fork;

import dev.dovetail.benchmarks.report.Results;
import dev.dovetail.benchmarks.subject.SqliteFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A JVM that measures one thing, so that what ran before has no influence on how the code is compiled. */
public final class Fork {

    private static final String MAIN = "dev.dovetail.benchmarks.Main";

    /**
     * Has the system give the memory at the start. Else each page of the heap is given when it is first written to, which took
     * half of the time of a call for the first ten seconds, and the more, the more a peer allocates.
     */
    public static final String PRE_TOUCH = "-XX:+AlwaysPreTouch";

    private Fork() {}

    /**
     * Runs a command of {@value #MAIN} that writes JSON into the file named by its last argument.
     *
     * @param jvm further arguments of the JVM
     * @throws IllegalStateException if it fails
     */
    public static <T> T run(Class<T> result, List<String> jvm, String... arguments) {
        try {
            Path output = Files.createTempFile("dovetail-benchmark-", ".json");
            List<String> command = new ArrayList<>(List.of(
                    java(),
                    "-Xms1g",
                    "-Xmx1g",
                    PRE_TOUCH,
                    "--enable-native-access=ALL-UNNAMED",
                    "-D" + SqliteFiles.DIRECTORY + "=" + SqliteFiles.directory(),
                    "-cp",
                    System.getProperty("java.class.path")));
            command.addAll(jvm);
            command.add(MAIN);
            command.addAll(List.of(arguments));
            command.add(output.toString());
            int exit = new ProcessBuilder(command).inheritIO().start().waitFor();
            if (exit != 0) {
                throw new IllegalStateException("Exit code " + exit + " of " + String.join(" ", arguments));
            }
            T read = Results.read(output, result);
            Files.delete(output);
            return read;
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(ex);
        }
    }

    /** The program that runs this JVM. */
    public static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
