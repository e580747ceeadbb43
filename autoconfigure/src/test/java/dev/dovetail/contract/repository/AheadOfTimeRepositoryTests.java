package dev.dovetail.contract.repository;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.contract.EngineContract;
import dev.dovetail.contract.TestEngine;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplicationAotProcessor;
import org.springframework.context.aot.AbstractAotProcessor.Settings;

/** Repositories that were generated when the application was built, without a database, answer as the others do. */
@EngineContract
class AheadOfTimeRepositoryTests {

    private final TestEngine engine;

    @TempDir
    Path directory = Path.of("");

    AheadOfTimeRepositoryTests(TestEngine engine) {
        this.engine = engine;
    }

    @Test
    void whenRepositoriesAreGeneratedThenTheyAnswerTheSame() throws Exception {
        process(engine);
        compile();
        assertAnswers();
    }

    @Test
    void whenTheyWereGeneratedForTheOtherEngineThenTheyAnswerTheSame() throws Exception {
        process(engine == TestEngine.SQLITE ? TestEngine.POSTGRESQL : TestEngine.SQLITE);
        compile();
        assertAnswers();
    }

    private void assertAnswers() throws Exception {
        assertThat(run())
                .containsExactly(
                        "name [30]",
                        "like [30]",
                        "starting [41]",
                        "containing [41]",
                        "ignoring case [30, 25]",
                        "umlaut [50]",
                        "in [25, 50]",
                        "ranks [41, 50]",
                        "nulls [41, 25, 30, 50]",
                        "sorted [50, 41]",
                        "page [50]",
                        "annotated [25, 30]",
                        "locked [50]",
                        "renamed 1",
                        "count 3 false 1",
                        "relics [cup] 1 true [axe, bow]",
                        "generated true");
    }

    // As the build plugins do it. No server answers there, and no file may appear.
    private void process(TestEngine builtFor) {
        Path unreachable = directory.resolve("never.db");
        String[] settings = builtFor == TestEngine.SQLITE
                ? new String[] {"--dovetail.sqlite.path=" + unreachable}
                : new String[] {"--spring.datasource.url=jdbc:postgresql://127.0.0.1:1/none"};
        new SpringApplicationAotProcessor(
                        AheadOfTimeApplication.class,
                        Settings.builder()
                                .sourceOutput(directory.resolve("sources"))
                                .resourceOutput(directory.resolve("resources"))
                                .classOutput(directory.resolve("classes"))
                                .groupId("dev.dovetail")
                                .artifactId("ahead-of-time")
                                .build(),
                        settings)
                .process();
        assertThat(unreachable).doesNotExist();
    }

    private List<String> generatedSources() throws IOException {
        try (Stream<Path> files = Files.walk(directory.resolve("sources"))) {
            return files.filter(Files::isRegularFile).map(Path::toString).toList();
        }
    }

    private void compile() throws IOException {
        JavaCompiler compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler());
        List<String> arguments = new ArrayList<>(
                List.of("-d", directory.resolve("classes").toString(), "-cp", classPath(), "-proc:none", "-nowarn"));
        arguments.addAll(generatedSources());
        assertThat(compiler.run(null, null, null, arguments.toArray(String[]::new)))
                .as("errors of the compiler")
                .isZero();
    }

    private String classPath() {
        return String.join(
                System.getProperty("path.separator"),
                directory.resolve("classes").toString(),
                directory.resolve("resources").toString(),
                System.getProperty("java.class.path"));
    }

    private List<String> run() throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-Dspring.aot.enabled=true",
                "-Dlogging.level.root=error",
                "-Dspring.main.banner-mode=off",
                "-cp",
                classPath(),
                AheadOfTimeApplication.class.getName()));
        for (Map.Entry<String, String> property : engine.freshDatabase().entrySet()) {
            command.add("--" + property.getKey() + "=" + property.getValue());
        }
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            List<String> lines = output.lines().toList();
            assertThat(process.waitFor()).as("exit code, after %s", lines).isZero();
            return lines;
        }
    }
}
