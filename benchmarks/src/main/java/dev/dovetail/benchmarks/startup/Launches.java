package dev.dovetail.benchmarks.startup;

import dev.dovetail.benchmarks.fork.Fork;
import dev.dovetail.benchmarks.subject.DatabaseUnderTest;
import dev.dovetail.benchmarks.subject.PostgresqlServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.springframework.util.FileSystemUtils;

/** Starts applications as processes, each with a database of its own that lasts over its starts. */
final class Launches implements AutoCloseable {

    private static final double NANOS = 1e9;

    private final Path work;
    private final ClassPaths classPaths;
    private final Map<Application, DatabaseUnderTest> databases = new EnumMap<>(Application.class);

    Launches() {
        try {
            work = Files.createTempDirectory("dovetail-startup-");
            classPaths = new ClassPaths(work);
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    /** Starts it, waits until it says that it has started, and ends it. Returns the seconds that took. */
    double start(Application application) {
        ProcessBuilder builder = new ProcessBuilder(command(application))
                .directory(work.toFile())
                .redirectErrorStream(true);
        if (application != Application.SAMPLE_SQLITE) {
            DatabaseUnderTest database = databases.computeIfAbsent(application, key -> PostgresqlServer.empty());
            builder.environment().put("SPRING_DATASOURCE_URL", database.url());
            builder.environment().put("SPRING_DATASOURCE_USERNAME", database.username());
            builder.environment().put("SPRING_DATASOURCE_PASSWORD", database.password());
        }
        try {
            long start = System.nanoTime();
            Process process = builder.start();
            try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
                waitUntilStarted(application, output);
                return (System.nanoTime() - start) / NANOS;
            } finally {
                process.destroy();
                process.onExit().join();
            }
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private List<String> command(Application application) {
        return List.of(
                Fork.java(),
                "-Xmx512m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                classPaths.of(application),
                application.main(),
                "--server.port=0",
                "--spring.main.banner-mode=off");
    }

    private static void waitUntilStarted(Application application, BufferedReader output) throws IOException {
        String simpleName = application.main().substring(application.main().lastIndexOf('.') + 1);
        List<String> lines = new ArrayList<>();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            lines.add(line);
            if (line.contains("Started " + simpleName + " in ")) {
                return;
            }
        }
        throw new IllegalStateException(application.title() + " did not start:\n" + String.join("\n", lines));
    }

    @Override
    public void close() {
        databases.values().forEach(DatabaseUnderTest::close);
        try {
            FileSystemUtils.deleteRecursively(work);
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }
}
