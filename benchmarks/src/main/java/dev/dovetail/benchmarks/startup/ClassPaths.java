package dev.dovetail.benchmarks.startup;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/**
 * Who has which classes. The plain application has the sample's libraries without Dovetail and SQLite's driver, so the two
 * cannot come to differ otherwise.
 */
final class ClassPaths {

    /** System property: the directory in which the sample was built. */
    private static final String SAMPLE = "dovetail.benchmarks.sample";

    private static final String LIBRARIES = "BOOT-INF/lib/";
    private static final String PLAIN = "dev/dovetail/benchmarks/startup/plain";

    private final Path sampleClasses;
    private final Path plainClasses;
    private final List<Path> libraries;

    ClassPaths(Path work) throws IOException {
        Path built = Path.of(System.getProperty(SAMPLE, "../sample-app/target"));
        sampleClasses = built.resolve("classes");
        libraries = extract(jar(built), Files.createDirectory(work.resolve("lib")));
        plainClasses = Files.createDirectory(work.resolve("plain"));
        FileSystemUtils.copyRecursively(own().resolve(PLAIN), plainClasses.resolve(PLAIN));
        FileSystemUtils.copyRecursively(own().resolve("plain"), plainClasses);
    }

    String of(Application application) {
        boolean plain = application == Application.PLAIN;
        return Stream.concat(
                        Stream.of(plain ? plainClasses : sampleClasses),
                        libraries.stream().filter(library -> !plain || !isDovetailsOwn(library)))
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static boolean isDovetailsOwn(Path library) {
        String name = library.getFileName().toString();
        return name.startsWith("dovetail-") || name.startsWith("sqlite-jdbc-");
    }

    private static Path jar(Path built) throws IOException {
        try (Stream<Path> files = Files.list(built)) {
            return files.filter(file -> file.getFileName().toString().matches("dovetail-sample-app-.*\\.jar"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("The sample is not built in " + built));
        }
    }

    private static List<Path> extract(Path jar, Path directory) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            for (JarEntry entry : file.stream()
                    .filter(each -> each.getName().startsWith(LIBRARIES) && !each.isDirectory())
                    .toList()) {
                try (InputStream library = file.getInputStream(entry)) {
                    Files.copy(library, directory.resolve(entry.getName().substring(LIBRARIES.length())));
                }
            }
        }
        try (Stream<Path> extracted = Files.list(directory)) {
            return extracted.sorted().toList();
        }
    }

    /** Where this module's classes are. */
    private static Path own() {
        try {
            return Path.of(ClassPaths.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException ex) {
            throw new IllegalStateException(ex);
        }
    }
}
