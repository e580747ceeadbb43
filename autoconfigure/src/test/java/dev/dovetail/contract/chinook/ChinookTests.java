package dev.dovetail.contract.chinook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import dev.dovetail.engine.TableInfo;
import dev.dovetail.schema.SchemaCatalog;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Chinook, a database that others made for each engine: opened as it is, without a migration, read to the last value, and
 * written.
 */
class ChinookTests {

    private static final DateTimeFormatter TIMESTAMP = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    @TempDir
    Path directory;

    @Test
    void allElevenTablesOfChinookHoldTheSameOnBothEngines() throws Exception {
        try (TestApplication sqlite = open(TestEngine.SQLITE);
                TestApplication postgresql = open(TestEngine.POSTGRESQL)) {
            int values = 0;
            for (ChinookTable table : ChinookTable.values()) {
                List<List<String>> expected = Values.rows(read(table, postgresql, TestEngine.POSTGRESQL));
                List<List<String>> actual = Values.rows(read(table, sqlite, TestEngine.SQLITE));
                assertThat(expected).as("%s on PostgreSQL", table).hasSize(table.rows);
                assertThat(actual).as("%s on SQLite", table).hasSize(table.rows);
                for (int i = 0; i < table.rows; i++) {
                    assertThat(actual.get(i)).as("row %d of %s", i, table).isEqualTo(expected.get(i));
                    values += actual.get(i).size();
                }
            }
            System.out.printf(
                    "Chinook: %d tables, %d values equal on both engines%n", ChinookTable.values().length, values);
        }
    }

    @Test
    void columnsOfChinookAreTheSameOnBothEngines() throws Exception {
        try (TestApplication sqlite = open(TestEngine.SQLITE);
                TestApplication postgresql = open(TestEngine.POSTGRESQL)) {
            for (ChinookTable table : ChinookTable.values()) {
                List<String> expected = read(table, postgresql, TestEngine.POSTGRESQL).get(0).keySet().stream()
                        .map(column -> Spelling.of(TestEngine.SQLITE, column))
                        .toList();
                assertThat(read(table, sqlite, TestEngine.SQLITE).get(0).keySet())
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
                    .hasSize(ChinookTable.values().length)
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
                                engine == TestEngine.SQLITE
                                        ? column.name()
                                        : Spelling.of(TestEngine.SQLITE, column.name()),
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
        String name = engine == TestEngine.SQLITE ? table.name() : Spelling.of(TestEngine.SQLITE, table.name());
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
                    .sql(Spelling.in(engine, "UPDATE album SET title = ? WHERE album_id = 9001"))
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
                            .sql(Spelling.in(engine, "DELETE FROM invoice WHERE invoice_id = 9001"))
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
        return TestApplication.with(ChinookFiles.freshDatabase(engine, directory));
    }

    private static List<Map<String, Object>> read(ChinookTable table, TestApplication application, TestEngine engine) {
        return application
                .template()
                .queryForList("SELECT * FROM %s ORDER BY %s"
                        .formatted(Spelling.of(engine, table.table), Spelling.of(engine, table.key)));
    }

    private static void insert(TestApplication application, TestEngine engine, String table, Object... values) {
        String placeholders = Stream.of(values).map(value -> "?").collect(Collectors.joining(", "));
        application
                .jdbc()
                .sql("INSERT INTO %s VALUES (%s)".formatted(Spelling.in(engine, table), placeholders))
                .params(values)
                .update();
    }

    // Chinook for SQLite keeps its timestamps as text.
    private static Object moment(TestEngine engine, String text) {
        return engine == TestEngine.SQLITE ? text : LocalDateTime.parse(text, TIMESTAMP);
    }

    private static List<String> read(TestApplication application, TestEngine engine, String query) {
        return Values.rows(application.template().queryForList(Spelling.in(engine, query))).stream()
                .flatMap(List::stream)
                .toList();
    }

    private static List<String> pragma(TestApplication application, String name) {
        return application.template().queryForList("PRAGMA " + name, String.class);
    }
}
