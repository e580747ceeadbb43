package dev.dovetail.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.dovetail.engine.TableInfo;
import dev.dovetail.schema.SchemaCatalog;
import dev.dovetail.test.PostgresServer;
import dev.dovetail.test.TestDatabase;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Chinook, a database that others made for each engine: opened as it is, without a migration, read to the last value, and
 * written.
 */
class ChinookTests {

    private static final Path DEFAULT_DIRECTORY = Path.of("..", "..", "shared", "data");
    private static final DateTimeFormatter TIMESTAMP = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    /** The tables by PostgreSQL's names, their keys, and how many rows release 1.4.5 has. */
    private enum Table {
        ALBUM("album", "album_id", 347),
        ARTIST("artist", "artist_id", 275),
        CUSTOMER("customer", "customer_id", 59),
        EMPLOYEE("employee", "employee_id", 8),
        GENRE("genre", "genre_id", 25),
        INVOICE("invoice", "invoice_id", 412),
        INVOICE_LINE("invoice_line", "invoice_line_id", 2240),
        MEDIA_TYPE("media_type", "media_type_id", 5),
        PLAYLIST("playlist", "playlist_id", 18),
        PLAYLIST_TRACK("playlist_track", "playlist_id, track_id", 8715),
        TRACK("track", "track_id", 3503);

        private final String table;
        private final String key;
        private final int rows;

        Table(String table, String key, int rows) {
            this.table = table;
            this.key = key;
            this.rows = rows;
        }

        private List<Map<String, Object>> read(TestApplication application, TestEngine engine) {
            return application
                    .template()
                    .queryForList(
                            "SELECT * FROM %s ORDER BY %s".formatted(spelled(engine, table), spelled(engine, key)));
        }
    }

    @TempDir
    Path directory;

    @Test
    void allElevenTablesOfChinookHoldTheSameOnBothEngines() throws Exception {
        try (TestApplication sqlite = open(TestEngine.SQLITE);
                TestApplication postgresql = open(TestEngine.POSTGRESQL)) {
            int values = 0;
            for (Table table : Table.values()) {
                List<List<String>> expected = rows(table.read(postgresql, TestEngine.POSTGRESQL));
                List<List<String>> actual = rows(table.read(sqlite, TestEngine.SQLITE));
                assertThat(expected).as("%s on PostgreSQL", table).hasSize(table.rows);
                assertThat(actual).as("%s on SQLite", table).hasSize(table.rows);
                for (int i = 0; i < table.rows; i++) {
                    assertThat(actual.get(i)).as("row %d of %s", i, table).isEqualTo(expected.get(i));
                    values += actual.get(i).size();
                }
            }
            System.out.printf("Chinook: %d tables, %d values equal on both engines%n", Table.values().length, values);
        }
    }

    @Test
    void columnsOfChinookAreTheSameOnBothEngines() throws Exception {
        try (TestApplication sqlite = open(TestEngine.SQLITE);
                TestApplication postgresql = open(TestEngine.POSTGRESQL)) {
            for (Table table : Table.values()) {
                List<String> expected = table.read(postgresql, TestEngine.POSTGRESQL).get(0).keySet().stream()
                        .map(column -> spelled(TestEngine.SQLITE, column))
                        .toList();
                assertThat(table.read(sqlite, TestEngine.SQLITE).get(0).keySet())
                        .as("columns of %s", table)
                        .containsExactlyElementsOf(expected);
            }
        }
    }

    @Test
    void everyColumnOfChinookHoldsTheSameKindOnBothEngines() throws Exception {
        try (TestApplication sqlite = open(TestEngine.SQLITE);
                TestApplication postgresql = open(TestEngine.POSTGRESQL)) {
            List<TableInfo> expected =
                    sqlite.bean(SchemaCatalog.class).current().tables();
            List<TableInfo> actual =
                    postgresql.bean(SchemaCatalog.class).current().tables();

            assertThat(actual)
                    .hasSize(Table.values().length)
                    .map(table -> described(table, TestEngine.POSTGRESQL))
                    .containsExactlyInAnyOrderElementsOf(expected.stream()
                            .map(table -> described(table, TestEngine.SQLITE))
                            .toList());
        }
    }

    private static String described(TableInfo table, TestEngine engine) {
        String columns = table.columns().stream()
                .map(column -> "%s %s(%d,%d) %s"
                        .formatted(
                                engine == TestEngine.SQLITE ? column.name() : spelled(TestEngine.SQLITE, column.name()),
                                column.type().kind(),
                                column.type().precision(),
                                column.type().scale(),
                                column.nullable()))
                .collect(Collectors.joining(", "));
        String keys = Stream.concat(
                        table.primaryKey().stream(),
                        table.foreignKeys().stream()
                                .map(key -> key.columns() + " -> " + key.referencedTable() + key.referencedColumns())
                                .sorted())
                .collect(Collectors.joining(", "));
        String name = engine == TestEngine.SQLITE ? table.name() : spelled(TestEngine.SQLITE, table.name());
        return name + " " + columns + " " + keys.replace("_", "").toLowerCase(Locale.ROOT);
    }

    @ParameterizedTest
    @EnumSource(TestEngine.class)
    void chinookTakesNewRowsAndGivesThemBack(TestEngine engine) throws Exception {
        try (TestApplication application = open(engine)) {
            application.transaction().executeWithoutResult(status -> {
                insert(application, engine, "artist (artist_id, name)", 9001, "Dvořák & İzmirli 'Ş' 🎻");
                insert(application, engine, "album (album_id, title, artist_id)", 9001, "Z nového světa", 9001);
                insert(
                        application,
                        engine,
                        "invoice (invoice_id, customer_id, invoice_date, total)",
                        9001,
                        1,
                        moment(engine, "2026-02-28 23:59:59"),
                        new BigDecimal("1234567.89"));
            });
            application
                    .jdbc()
                    .sql(in(engine, "UPDATE album SET title = ? WHERE album_id = 9001"))
                    .param("Novosvětská")
                    .update();

            assertThat(read(application, engine, "SELECT name FROM artist WHERE artist_id = 9001"))
                    .containsExactly("Dvořák & İzmirli 'Ş' 🎻");
            assertThat(read(application, engine, "SELECT title FROM album WHERE album_id = 9001"))
                    .containsExactly("Novosvětská");
            assertThat(read(application, engine, "SELECT total FROM invoice WHERE invoice_id = 9001"))
                    .containsExactly("1234567.89");
            assertThat(read(application, engine, "SELECT invoice_date FROM invoice WHERE invoice_id = 9001"))
                    .containsExactly("2026-02-28 23:59:59");
            assertThat(application
                            .jdbc()
                            .sql(in(engine, "DELETE FROM invoice WHERE invoice_id = 9001"))
                            .update())
                    .isEqualTo(1);
            if (engine == TestEngine.SQLITE) {
                assertThat(pragma(application, "journal_mode")).containsExactly("wal");
                assertThat(pragma(application, "integrity_check")).containsExactly("ok");
                assertThat(pragma(application, "foreign_key_check")).isEmpty();
            }
        }
    }

    private TestApplication open(TestEngine engine) throws Exception {
        Path source = sourceDirectory();
        if (engine == TestEngine.SQLITE) {
            Path file = directory.resolve("chinook.db");
            Files.copy(source.resolve("chinook.sqlite"), file);
            return TestApplication.with(Map.of("dovetail.sqlite.path", file.toString()));
        }
        TestDatabase database = PostgresServer.shared().newDatabase();
        load(database, source.resolve("chinook-postgresql.sql"));
        return TestApplication.with(Map.of(
                "spring.datasource.url", database.jdbcUrl(),
                "spring.datasource.username", database.username(),
                "spring.datasource.password", database.password()));
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

    /** A name, or a text with names, in the engine's spelling: {@code album_id} is {@code AlbumId} on SQLite. */
    private static String in(TestEngine engine, String text) {
        return engine == TestEngine.SQLITE
                ? Stream.of(text.split("(?<=\\W)|(?=\\W)"))
                        .map(word -> word.matches("[a-z_]+") ? spelled(engine, word) : word)
                        .collect(Collectors.joining())
                : text;
    }

    private static String spelled(TestEngine engine, String names) {
        if (engine == TestEngine.POSTGRESQL) {
            return names;
        }
        StringBuilder camel = new StringBuilder();
        boolean begins = true;
        for (int i = 0; i < names.length(); i++) {
            char c = names.charAt(i);
            if (c != '_') {
                camel.append(begins ? Character.toUpperCase(c) : c);
            }
            begins = c == '_' || c == ' ';
        }
        return camel.toString();
    }

    private static void insert(TestApplication application, TestEngine engine, String table, Object... values) {
        String placeholders = Stream.of(values).map(value -> "?").collect(Collectors.joining(", "));
        application
                .jdbc()
                .sql("INSERT INTO %s VALUES (%s)".formatted(in(engine, table), placeholders))
                .params(values)
                .update();
    }

    // Chinook for SQLite keeps its timestamps as text.
    private static Object moment(TestEngine engine, String text) {
        return engine == TestEngine.SQLITE ? text : LocalDateTime.parse(text, TIMESTAMP);
    }

    private static List<String> read(TestApplication application, TestEngine engine, String query) {
        return rows(application.template().queryForList(in(engine, query))).stream()
                .flatMap(List::stream)
                .toList();
    }

    private static List<String> pragma(TestApplication application, String name) {
        return application.template().queryForList("PRAGMA " + name, String.class);
    }

    private static List<List<String>> rows(List<Map<String, Object>> rows) {
        List<List<String>> normalised = new ArrayList<>();
        for (Map<String, Object> row : rows) {
            List<String> values = new ArrayList<>();
            for (Object value : row.values()) {
                values.add(normalised(value));
            }
            normalised.add(values);
        }
        return normalised;
    }

    /**
     * Money is numeric(10,2) here and REAL there, a timestamp is one here and a text there; and the script's literals
     * {@code N'…'}, being of type character, lose their trailing blanks on PostgreSQL.
     */
    private static String normalised(@Nullable Object value) {
        if (value instanceof BigDecimal || value instanceof Double) {
            return new BigDecimal(value.toString())
                    .setScale(2, RoundingMode.UNNECESSARY)
                    .toPlainString();
        }
        return value instanceof Timestamp timestamp
                ? timestamp.toLocalDateTime().format(TIMESTAMP)
                : String.valueOf(value).stripTrailing();
    }
}
