package dev.dovetail.engine.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.engine.StatementTables;
import dev.dovetail.engine.StatementTables.Effect;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqlite.Function;

/** A statement must not read or write a table that is not named. */
class SqliteStatementTablesTests {

    @TempDir
    Path directory;

    private SqliteConnection connection;

    @BeforeEach
    void open() throws SQLException {
        Path file = directory.resolve("tables.db");
        connection = new SqliteConnection("jdbc:sqlite:" + file, file.toString(), new Properties());
        execute(
                "PRAGMA journal_mode = wal",
                "PRAGMA foreign_keys = on",
                "CREATE TABLE author (id INTEGER PRIMARY KEY, name TEXT UNIQUE)",
                "CREATE TABLE book (id INTEGER PRIMARY KEY, author REFERENCES author ON DELETE CASCADE, title TEXT, n INT)",
                "CREATE TABLE page (id INTEGER PRIMARY KEY, book REFERENCES book (id) ON DELETE CASCADE)",
                "CREATE INDEX book_title ON book (title, n)",
                "CREATE INDEX book_some ON book (n) WHERE n > 5",
                "CREATE TABLE \"Größe \"\"x\" (id INTEGER PRIMARY KEY)",
                "CREATE TABLE keyed (k TEXT PRIMARY KEY, v INT) WITHOUT ROWID",
                "CREATE TABLE counted (id INTEGER PRIMARY KEY AUTOINCREMENT, v INT)",
                "CREATE TABLE node (id INTEGER PRIMARY KEY, up REFERENCES node)",
                "CREATE TABLE unique_value (v INT UNIQUE ON CONFLICT REPLACE)",
                "CREATE TABLE made (a TEXT, b TEXT AS (lower(a)) STORED)",
                "CREATE TABLE plain (a INT)",
                "CREATE TABLE log (text TEXT)",
                "CREATE TABLE log_size (n INT)",
                "CREATE TABLE watched (a INT)",
                "CREATE TRIGGER watch AFTER UPDATE ON watched BEGIN INSERT INTO log SELECT name FROM author; END",
                "CREATE TRIGGER count_log AFTER INSERT ON log BEGIN UPDATE log_size SET n = n + 1; END",
                "CREATE VIEW titles AS SELECT title, name FROM book JOIN author ON author.id = book.author",
                "CREATE VIEW long_titles AS SELECT * FROM titles WHERE length(title) > 10",
                "CREATE TRIGGER add_title INSTEAD OF INSERT ON titles BEGIN INSERT INTO plain VALUES (1); END",
                "CREATE VIRTUAL TABLE words USING fts5 (body)",
                "CREATE VIRTUAL TABLE found USING fts5 (text, content='log', content_rowid='rowid')",
                "CREATE VIRTUAL TABLE boxes USING rtree (id, low, high)");
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    private void execute(String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.executeUpdate(sql);
            }
        }
    }

    private StatementTables of(String sql) throws SQLException {
        return SqliteStatementTables.of(connection, sql);
    }

    private static Set<String> set(String names) {
        return names == null ? Set.of() : new TreeSet<>(Set.of(names.split(" ")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            SELECT * FROM author                                        | author
            select count(*) from Author                                 | author
            SELECT title FROM book WHERE title = ?                      | book
            SELECT n FROM book WHERE n > 9                              | book
            SELECT max(title) FROM book                                 | book
            SELECT * FROM book WHERE id = ?1 OR title = ?2              | book
            SELECT * FROM long_titles WHERE name = :name                | author book
            SELECT 1 FROM keyed WHERE k = ?                             | keyed
            SELECT 'author', "log" FROM plain AS log -- book            | plain
            WITH author AS (SELECT * FROM book) SELECT * FROM author    | book
            SELECT (SELECT count(*) FROM log) FROM plain                | log plain
            VALUES ((SELECT max(a) FROM plain))                         | plain
            SELECT b FROM made ORDER BY random()                        | made
            SELECT * FROM "Größe ""x"                                   | Größe_"x
            SELECT a, date('now') FROM main.plain                       | plain
            SELECT value FROM plain, json_each(plain.a)                 | plain
            SELECT a FROM plain UNION SELECT v FROM keyed INTERSECT SELECT n FROM log_size | keyed log_size plain
            """)
    void reads(String sql, String tables) throws SQLException {
        StatementTables found = of(sql);
        Set<String> names = new TreeSet<>();
        found.read().forEach(name -> names.add(name.replace(' ', '_')));
        assertThat(names).isEqualTo(set(tables));
        assertThat(found.repeatable()).isTrue();
        assertThat(found.writes()).isFalse();
        assertThat(found.readsAll()).isFalse();
        assertThat(found.changesSchema()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            INSERT INTO plain VALUES (?)                          | plain                    | NEW_ROWS
            INSERT INTO plain SELECT n FROM book WHERE id = ?     | plain                    | NEW_ROWS
            INSERT INTO author VALUES (1, ?) ON CONFLICT DO NOTHING | author                 | NEW_ROWS
            INSERT INTO author VALUES (1, 'a') ON CONFLICT (id) DO UPDATE SET name = 'b' | author | ANY_ROWS
            INSERT OR REPLACE INTO author VALUES (1, 'a')         | author book page         | ANY_ROWS
            REPLACE INTO plain VALUES (1)                         | plain                    | ANY_ROWS
            UPDATE plain SET a = ? WHERE a = ?                    | plain                    | NAMED_ROWS
            UPDATE OR REPLACE plain SET a = 1                     | plain                    | ANY_ROWS
            DELETE FROM plain                                     | plain                    | NAMED_ROWS
            DELETE FROM keyed                                     | keyed                    | NAMED_ROWS
            DELETE FROM keyed WHERE k = ?                         | keyed                    | NAMED_ROWS
            DELETE FROM author WHERE id = ?                       | author book page         | ANY_ROWS
            DELETE FROM author                                    | author book page         | ANY_ROWS
            DELETE FROM book                                      | book page                | ANY_ROWS
            UPDATE author SET name = 'x' RETURNING id             | author                   | NAMED_ROWS
            UPDATE watched SET a = 1                              | log log_size watched     | ANY_ROWS
            INSERT INTO log VALUES ('x')                          | log log_size             | ANY_ROWS
            INSERT INTO titles VALUES ('t', 'n')                  | plain                    | ANY_ROWS
            INSERT INTO node VALUES (1, NULL)                     | node                     | ANY_ROWS
            INSERT INTO unique_value VALUES (1)                   | unique_value             | ANY_ROWS
            INSERT INTO counted (v) VALUES (1)                    | counted sqlite_sequence  | NEW_ROWS
            WITH x AS (SELECT 1) DELETE FROM plain WHERE a IN (SELECT * FROM x) | plain      | ANY_ROWS
            UPDATE plain SET a = n FROM book WHERE book.id = a    | plain                    | NAMED_ROWS
            INSERT INTO made (a) VALUES ('X')                     | made                     | NEW_ROWS
            """)
    void writes(String sql, String tables, Effect effect) throws SQLException {
        StatementTables found = of(sql);
        assertThat(found.written()).isEqualTo(set(tables));
        assertThat(found.effect()).isEqualTo(effect);
        assertThat(found.writesAll()).isFalse();
        assertThat(found.read()).containsAll(found.written());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ";",
                "-- nothing",
                "SELECT",
                "SELECT * FROM missing",
                "DELETE FROM plain; DELETE FROM log",
                ";DELETE FROM log",
                "SELECT $a$b; DELETE FROM log; SELECT $a$",
                "PRAGMA foreign_keys = off",
                "PRAGMA main.writable_schema(1)",
                "EXPLAIN PRAGMA foreign_keys = off",
                "restore from x.db",
                "ALTER TABLE log ADD b",
                "ATTACH 'x' AS y",
                "SELECT load_extension('x') FROM plain",
                "UPDATE sqlite_schema SET sql = ''"
            })
    void doesNotGuess(String sql) throws SQLException {
        StatementTables found = of(sql);
        assertThat(found.writesAll()).isTrue();
        assertThat(found.repeatable()).isFalse();
        assertThat(connection.getAutoCommit()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "BEGIN IMMEDIATE",
                "ROLLBACK TO a",
                "PRAGMA optimize",
                "PRAGMA main.table_info(plain)",
                "PRAGMA foreign_keys",
                "EXPLAIN QUERY PLAN DELETE FROM log"
            })
    void leavesAlone(String sql) throws SQLException {
        assertThat(of(sql)).isEqualTo(StatementTables.NONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM sqlite_schema",
                "SELECT * FROM sqlite_master WHERE name = ?",
                "SELECT * FROM pragma_table_info('plain')",
                "SELECT * FROM \"pragma_table_xinfo\"('plain')",
                "SELECT * FROM dbstat",
                "SELECT last_insert_rowid()",
                "SELECT changes() FROM plain"
            })
    void isOfTheConnection(String sql) throws SQLException {
        assertThat(of(sql).repeatable()).isFalse();
    }

    @Test
    void followsVirtualTables() throws SQLException {
        assertThat(of("SELECT * FROM words WHERE words MATCH ?").read())
                .contains("words", "words_data", "words_content");
        assertThat(of("SELECT snippet(found, 0, '', '', '', 9) FROM found WHERE found MATCH 'x'")
                        .read())
                .contains("found", "log");
        assertThat(of("SELECT * FROM words").repeatable()).isTrue();
        StatementTables insert = of("INSERT INTO words VALUES (?)");
        assertThat(insert.written()).contains("words", "words_data", "words_idx", "words_content");
        assertThat(insert.effect()).isEqualTo(Effect.ANY_ROWS);
        assertThat(of("INSERT INTO boxes VALUES (1, 2, 3)").written()).contains("boxes", "boxes_node");
        execute("CREATE TRIGGER index_log AFTER DELETE ON plain BEGIN INSERT INTO words VALUES ('x'); END");
        assertThat(of("DELETE FROM plain").written()).contains("plain", "words", "words_data");
        execute("CREATE VIEW shown AS SELECT * FROM words");
        assertThat(of("SELECT * FROM shown").read()).contains("words", "words_content");
    }

    @Test
    void seesThatATemporaryTableIsNobodyElses() throws SQLException {
        execute("CREATE TEMP TABLE mine (a)", "CREATE TEMP TRIGGER t AFTER INSERT ON mine BEGIN DELETE FROM log; END");
        assertThat(of("SELECT * FROM mine").repeatable()).isFalse();
        assertThat(of("INSERT INTO mine VALUES (1)").written()).containsExactly("log");
        execute("CREATE TEMP VIEW seen AS SELECT * FROM plain", "CREATE TEMP TABLE plain (b)");
        assertThat(of("SELECT * FROM plain").repeatable()).isFalse();
        assertThat(of("SELECT * FROM seen").repeatable()).isFalse();
        assertThat(of("DELETE FROM main.plain").written()).contains("plain");
    }

    @Test
    void namesTablesOfAttachedDatabasesBehindTheirs() throws SQLException {
        execute("ATTACH '" + directory.resolve("other.db") + "' AS \"ot\"\"her\"", "CREATE TABLE \"ot\"\"her\".x (a)");
        StatementTables written = of("INSERT INTO x SELECT a FROM plain");
        assertThat(written.written()).containsExactly("ot\"her.x");
        assertThat(written.read()).contains("plain");
        assertThat(of("SELECT * FROM x").repeatable()).isFalse();
        execute("ATTACH '" + directory.resolve("tables.db") + "' AS again");
        assertThat(of("DELETE FROM again.log").written()).contains("log", "again.log");
    }

    @Test
    void takesAFunctionForAnything() throws SQLException {
        Function.create(connection, "spy", new Constant());
        Function.create(connection, "pure", new Constant(), 1, Function.FLAG_DETERMINISTIC);
        Function.create(connection, "lower", new Constant(), 1, 0);
        assertThat(of("SELECT spy(a) FROM plain").readsAll()).isTrue();
        assertThat(of("SELECT spy(a) FROM plain").writesAll()).isTrue();
        assertThat(of("SELECT spy(a) FROM plain").changesSchema()).isTrue();
        assertThat(of("SELECT lower(name) FROM author").readsAll()).isTrue();
        assertThat(of("INSERT INTO made (a) VALUES ('x')").writesAll()).isTrue();
        assertThat(of("SELECT pure(a) FROM plain")).isEqualTo(StatementTables.reading(Set.of("plain")));
        execute("CREATE VIEW spied AS SELECT spy(a) FROM plain");
        assertThat(of("SELECT * FROM spied").readsAll()).isTrue();
    }

    private static final class Constant extends Function {
        @Override
        protected void xFunc() throws SQLException {
            result(1);
        }
    }

    @Test
    void knowsTheSchemaThatAnotherMade() throws SQLException {
        assertThat(of("SELECT * FROM plain").read()).containsExactly("plain");
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("tables.db"));
                Statement statement = other.createStatement()) {
            statement.executeUpdate("DROP TABLE plain");
            statement.executeUpdate("CREATE VIEW plain AS SELECT v FROM keyed");
        }
        assertThat(of("SELECT * FROM plain").read()).containsExactly("keyed");
    }

    @Test
    void beginsNoTransaction() throws SQLException {
        connection.setAutoCommit(false);
        assertThat(of("DELETE FROM plain").written()).containsExactly("plain");
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("tables.db"));
                Statement statement = other.createStatement()) {
            statement.executeUpdate("INSERT INTO plain VALUES (7)");
        }
        assertThat(connection.getAutoCommit()).isFalse();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT a FROM plain UNION ALL SELECT 8")) {
            assertThat(rows.next()).isTrue();
            assertThat(of("SELECT broken FROM plain").writesAll()).isTrue();
            assertThat(of("SELECT * FROM log").read()).containsExactly("log");
            assertThat(rows.getInt(1)).isEqualTo(7);
            assertThat(rows.next()).isTrue();
        }
        connection.rollback();
        connection.setAutoCommit(true);
    }
}
