package dev.dovetail.engine.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.engine.IndexInfo;
import dev.dovetail.engine.IndexPart;
import dev.dovetail.engine.IndexPart.Finds;
import dev.dovetail.engine.TableInfo;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an index finds by each of its columns depends on collations, which no pragma tells of a column. */
class SqliteIndexPartsTests {

    private Connection connection;

    @BeforeEach
    void open() throws SQLException {
        connection = DriverManager.getConnection("jdbc:sqlite::memory:");
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    private void execute(String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private List<IndexPart> parts(String index) throws SQLException {
        return SqliteTables.read(connection).stream()
                .map(TableInfo::indexes)
                .flatMap(List::stream)
                .filter(each -> each.name().equals(index))
                .map(IndexInfo::parts)
                .findFirst()
                .orElseThrow();
    }

    private List<Finds> finds(String index) throws SQLException {
        return parts(index).stream().map(IndexPart::finds).toList();
    }

    @Test
    void whenAColumnSaysItsCollationThenAnIndexOfThisOneFindsAll() throws SQLException {
        execute(
                """
                CREATE TABLE word (a TEXT COLLATE nocase, b TEXT,
                    [c d] VARCHAR(9) DEFAULT 'x COLLATE rtrim' /* COLLATE nocase */ NOT NULL collate "rtrim"
                        CHECK ([c d] COLLATE nocase <> 'y'),
                    "COLLATE" TEXT, e COLLATE rtrim COLLATE binary, UNIQUE (b COLLATE nocase))""",
                "ALTER TABLE word ADD COLUMN f TEXT COLLATE NOCASE",
                "CREATE INDEX plain ON word (a, b DESC, [c d], \"COLLATE\", e, f)",
                "CREATE INDEX named ON word (a COLLATE NOCASE, b COLLATE binary, [c d] COLLATE RTRIM, f COLLATE nocase)",
                "CREATE INDEX other ON word (a COLLATE binary, b COLLATE nocase, [c d] COLLATE nocase,"
                        + " e COLLATE rtrim, f COLLATE rtrim, lower(b))");

        assertThat(finds("plain")).hasSize(6).containsOnly(Finds.ALL);
        assertThat(parts("plain"))
                .extracting(IndexPart::descending)
                .containsExactly(false, true, false, false, false, false);
        assertThat(finds("named")).hasSize(4).containsOnly(Finds.ALL);
        assertThat(finds("other")).hasSize(6).containsOnly(Finds.NONE);
        assertThat(finds("sqlite_autoindex_word_1")).containsExactly(Finds.NONE);
    }

    @Test
    void whenAColumnRefersThenTheCollationOfWhatItRefersToFindsTheRows() throws SQLException {
        execute(
                "CREATE TABLE parent (a TEXT COLLATE nocase, b TEXT, UNIQUE (a, b))",
                "CREATE TABLE child (x TEXT, y TEXT COLLATE nocase, FOREIGN KEY (x, y) REFERENCES parent (a, b))",
                "CREATE INDEX pair ON child (x COLLATE nocase, y COLLATE binary)",
                "CREATE INDEX own ON child (x, y)",
                "CREATE INDEX neither ON child (x COLLATE rtrim, y COLLATE rtrim)");

        assertThat(finds("pair")).containsExactly(Finds.REFERRING, Finds.REFERRING);
        assertThat(finds("own")).containsExactly(Finds.ALL, Finds.ALL);
        assertThat(finds("neither")).containsExactly(Finds.NONE, Finds.NONE);
    }
}
