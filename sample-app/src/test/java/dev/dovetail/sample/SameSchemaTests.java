package dev.dovetail.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/** One set of scripts makes the same tables, columns, keys and references on both engines; only the types differ. */
class SameSchemaTests {

    private static final List<String> TABLES = List.of("issuers", "badges", "assertions");

    @TempDir
    Path directory;

    private interface Query {
        ResultSet on(DatabaseMetaData metaData, String table) throws SQLException;
    }

    @Test
    void bothEnginesHaveTheSameSchema() throws SQLException {
        SortedSet<String> onSqlite = schema(Engine.SQLITE);

        assertThat(onSqlite).hasSizeGreaterThan(25).contains("column badges.issuer_id NO", "key badges.id");
        assertThat(schema(Engine.POSTGRESQL)).containsExactlyElementsOf(onSqlite);
    }

    private SortedSet<String> schema(Engine engine) throws SQLException {
        try (ConfigurableApplicationContext context = Engine.start(engine.freshDatabase(directory));
                Connection connection = context.getBean(DataSource.class).getConnection()) {
            DatabaseMetaData metaData = connection.getMetaData();
            SortedSet<String> facts = new TreeSet<>();
            for (String table : TABLES) {
                add(facts, metaData, table, "column", this::columns, "COLUMN_NAME", "IS_NULLABLE");
                add(
                        facts,
                        metaData,
                        table,
                        "key",
                        (each, name) -> each.getPrimaryKeys(null, null, name),
                        "COLUMN_NAME");
                add(
                        facts,
                        metaData,
                        table,
                        "reference",
                        (each, name) -> each.getImportedKeys(null, null, name),
                        "FKCOLUMN_NAME",
                        "PKTABLE_NAME",
                        "PKCOLUMN_NAME");
                indexes(facts, metaData, table);
            }
            return facts;
        }
    }

    private ResultSet columns(DatabaseMetaData metaData, String table) throws SQLException {
        return metaData.getColumns(null, null, table, null);
    }

    private static void add(
            SortedSet<String> facts,
            DatabaseMetaData metaData,
            String table,
            String what,
            Query query,
            String... fields)
            throws SQLException {
        try (ResultSet result = query.on(metaData, table)) {
            while (result.next()) {
                StringBuilder fact = new StringBuilder(what + " " + table + "." + result.getString(fields[0]));
                for (int i = 1; i < fields.length; i++) {
                    fact.append(' ').append(result.getString(fields[i]));
                }
                facts.add(fact.toString());
            }
        }
    }

    // SQLite names the indexes of constraints itself, so indexes are compared by what they cover.
    private static void indexes(SortedSet<String> facts, DatabaseMetaData metaData, String table) throws SQLException {
        try (ResultSet result = metaData.getIndexInfo(null, null, table, false, true)) {
            while (result.next()) {
                String column = result.getString("COLUMN_NAME");
                if (column != null
                        && result.getString("INDEX_NAME")
                                .toLowerCase(Locale.ROOT)
                                .startsWith("ix_")) {
                    facts.add("index " + result.getString("INDEX_NAME") + " " + result.getInt("ORDINAL_POSITION") + " "
                            + column);
                }
            }
        }
    }
}
