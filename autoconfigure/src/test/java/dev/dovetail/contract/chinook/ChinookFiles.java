package dev.dovetail.contract.chinook;

import static org.assertj.core.api.Assumptions.assumeThat;

import dev.dovetail.contract.TestEngine;
import dev.dovetail.test.PostgresServer;
import dev.dovetail.test.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where Chinook comes from. */
final class ChinookFiles {

    private static final Path DEFAULT_DIRECTORY = Path.of("..", "..", "shared", "data");

    private ChinookFiles() {}

    /**
     * The properties of a new copy of the engine's edition.
     *
     * @param directory for the copy
     */
    static Map<String, String> freshDatabase(TestEngine engine, Path directory) throws Exception {
        Path source = sourceDirectory();
        if (engine == TestEngine.SQLITE) {
            Path file = directory.resolve("chinook.db");
            Files.copy(source.resolve("chinook.sqlite"), file);
            return Map.of("dovetail.sqlite.path", file.toString());
        }
        TestDatabase database = PostgresServer.shared().newDatabase();
        load(database, source.resolve("chinook-postgresql.sql"));
        return Map.of(
                "spring.datasource.url", database.jdbcUrl(),
                "spring.datasource.username", database.username(),
                "spring.datasource.password", database.password());
    }

    private static Path sourceDirectory() {
        String given = System.getProperty("dovetail.test.chinook");
        Path source = given == null ? DEFAULT_DIRECTORY : Path.of(given);
        assumeThat(source.resolve("chinook.sqlite").toFile().isFile()
                        && source.resolve("chinook-postgresql.sql").toFile().isFile())
                .as("Chinook is not there: take Chinook_Sqlite.sqlite and Chinook_PostgreSql.sql of release 1.4.5 of"
                        + " github.com/lerocha/chinook-database, name them chinook.sqlite and chinook-postgresql.sql, and"
                        + " give their directory with -Ddovetail.test.chinook=<directory>")
                .isTrue();
        return source;
    }

    // The script makes a database of its own and changes to it by a command of psql; ours is there already.
    private static void load(TestDatabase database, Path script) throws Exception {
        String statements;
        try (Stream<String> lines = Files.lines(script)) {
            statements = lines.filter(line -> !line.matches("\\\\c .*|(DROP|CREATE) DATABASE .*"))
                    .collect(Collectors.joining("\n"));
        }
        try (Connection connection = database.info().connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute(statements);
            connection.commit();
        }
    }
}
