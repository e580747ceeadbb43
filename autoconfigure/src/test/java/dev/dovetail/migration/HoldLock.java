package dev.dovetail.migration;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** Another process that holds the migration lock of a database, until its standard input ends. */
final class HoldLock {

    private HoldLock() {}

    public static void main(String[] args) throws IOException {
        MigrationLock.beside(Path.of(args[0]), Duration.ofSeconds(10)).during(() -> {
            System.out.println("held");
            while (System.in.read() >= 0) {
                // the parent process says when
            }
        });
    }
}
