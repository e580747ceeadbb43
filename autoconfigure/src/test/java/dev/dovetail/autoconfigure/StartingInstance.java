package dev.dovetail.autoconfigure;

import dev.dovetail.migration.TestDatabase;
import java.io.IOException;
import java.nio.file.Path;

/** An instance of an application in a process of its own: says {@code ready}, waits to be let go, and starts. */
final class StartingInstance {

    private StartingInstance() {}

    public static void main(String[] args) throws IOException {
        System.out.println("ready");
        System.in.read();
        FlywayContexts.on(TestDatabase.sqliteFile(Path.of(args[0])))
                .withPropertyValues("spring.flyway.locations=" + args[1])
                .run(context -> {
                    if (context.getStartupFailure() != null) {
                        throw new IllegalStateException(context.getStartupFailure());
                    }
                });
    }
}
