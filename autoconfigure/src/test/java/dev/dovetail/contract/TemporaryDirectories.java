package dev.dovetail.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.util.FileSystemUtils;

/** Directories for databases of tests. All lie in one, which goes when the tests end: before, applications have it open. */
final class TemporaryDirectories {

    private static final Path ROOT = root();

    private TemporaryDirectories() {}

    static Path create() {
        try {
            return Files.createTempDirectory(ROOT, "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path root() {
        try {
            Path root = Files.createTempDirectory("dovetail-test-");
            Runtime.getRuntime()
                    .addShutdownHook(new Thread(() -> FileSystemUtils.deleteRecursively(root.toFile()), "test-files"));
            return root;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
