package dev.dovetail.engine.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.dovetail.engine.ColumnInfo;
import dev.dovetail.engine.ColumnType;
import dev.dovetail.engine.ColumnType.Kind;
import dev.dovetail.engine.ForeignKeyInfo;
import dev.dovetail.engine.IndexInfo;
import dev.dovetail.engine.IndexPart;
import dev.dovetail.engine.IndexPart.Finds;
import dev.dovetail.engine.IntegrityIssue;
import dev.dovetail.engine.TableInfo;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Schemas that others made, and what only SQLite has. */
class SqliteTablesTests {

    @TempDir
    Path directory;

    private Connection connection;

    @BeforeEach
    void open() throws SQLException {
        connection = another();
        execute("PRAGMA journal_mode = wal");
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    private Connection another() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("foreign.db"));
    }

    private void execute(String... statements) throws SQLException {
        execute(connection, statements);
    }

    private static void execute(Connection connection, String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private TableInfo table(String name) throws SQLException {
        return SqliteTables.read(connection).stream()
                .filter(table -> table.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private ColumnInfo column(String table, String column) throws SQLException {
        return table(table).column(column).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                        | OTHER    | 0  | 0",
                "INT                       | INTEGER  | 0  | 0",
                "tinyint                   | INTEGER  | 0  | 0",
                "UNSIGNED BIG INT          | INTEGER  | 0  | 0",
                "bıgınt                    | OTHER    | 0  | 0",
                "NVARCHAR(120)             | TEXT     | 0  | 0",
                "CHARACTER VARYING (20)    | TEXT     | 0  | 0",
                "clob                      | TEXT     | 0  | 0",
                "BLOB                      | BINARY   | 0  | 0",
                "REAL                      | DOUBLE   | 0  | 0",
                "double precision          | DOUBLE   | 0  | 0",
                "FLOAT(53)                 | DOUBLE   | 0  | 0",
                "NUMERIC(10,2)             | DECIMAL  | 10 | 2",
                "NUMERIC ( 10 , 2 )        | DECIMAL  | 10 | 2",
                "decimal(12)               | DECIMAL  | 12 | 0",
                "Decimal                   | DECIMAL  | 0  | 0",
                "MONEY                     | DECIMAL  | 0  | 0",
                "bool                      | BOOLEAN  | 0  | 0",
                "BOOLEAN                   | BOOLEAN  | 0  | 0",
                "DATETIME                  | DATETIME | 0  | 0",
                "DATETIME(6)               | DATETIME | 0  | 0",
                "TIMESTAMP                 | DATETIME | 0  | 0",
                "TIMESTAMP WITH TIME ZONE | TIMESTAMP | 0 | 0",
                "timestamptz               | TIMESTAMP | 0 | 0",
                "date                      | DATE     | 0  | 0",
                "TIME                      | TIME     | 0  | 0",
                "json                      | JSON     | 0  | 0",
                "JSONB                     | JSON     | 0  | 0",
                "uuid                      | UUID     | 0  | 0",
                "GUID                      | UUID     | 0  | 0",
                "STRING                    | OTHER    | 0  | 0",
                "ANY                       | OTHER    | 0  | 0"
            })
    void whenATypeIsForeignThenItsNameSaysWhatItHolds(String declared, Kind kind, int precision, int scale)
            throws SQLException {
        execute("CREATE TABLE t (c " + declared + ")");

        ColumnType type = column("t", "c").type();

        assertThat(type).isEqualTo(new ColumnType(kind, declared, precision, scale));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "INTEGER /* decimal(10,2) */        | DECIMAL   | INTEGER /* decimal(10,2) */",
                "integer/*DECIMAL( 10, 2 )*/        | DECIMAL   | INTEGER /* decimal(10,2) */",
                "TEXT /* decimal(38,4) */           | DECIMAL   | TEXT /* decimal(38,4) */",
                "INTEGER /* price */ /* boolean */  | BOOLEAN   | INTEGER /* boolean */",
                "INTEGER /* timestamp */            | TIMESTAMP | INTEGER /* timestamp */",
                "TEXT /* datetime */                | DATETIME  | TEXT /* datetime */",
                "TEXT /* decimal(10,2) */           | TEXT      | TEXT",
                "INTEGER /* decimal(38,4) */        | INTEGER   | INTEGER",
                "INTEGER /* decimal(2,10) */        | INTEGER   | INTEGER",
                "INTEGER /* decimal(0,0) */         | INTEGER   | INTEGER",
                "INTEGER /* decimal(99,2) */        | INTEGER   | INTEGER",
                "INTEGER /* uuid */                 | INTEGER   | INTEGER",
                "TEXT /* timestamp */               | TEXT      | TEXT",
                "TEXT DEFAULT 'x' /* uuid */        | TEXT      | TEXT",
                "TEXT NOT NULL /* uuid */           | TEXT      | TEXT",
                "TEXT -- uuid\\n                    | TEXT      | TEXT"
            })
    void whenACommentIsBehindATypeThenItCountsOnlyIfItIsOneOfOurWords(String declared, Kind kind, String name)
            throws SQLException {
        execute("CREATE TABLE t (/* uuid */ c " + declared.replace("\\n", "\n") + ", /* json */ d TEXT) STRICT");

        ColumnType type = column("t", "c").type();

        assertThat(type).extracting(ColumnType::kind, ColumnType::name).containsExactly(kind, name);
        assertThat(column("t", "d").type()).isEqualTo(ColumnType.of(Kind.TEXT, "TEXT"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "(id INTEGER PRIMARY KEY)                        | true  | false",
                "(id integer PRIMARY KEY AUTOINCREMENT)          | true  | false",
                "(id INTEGER NOT NULL, PRIMARY KEY (ID))         | true  | false",
                "(id INTEGER, PRIMARY KEY (id DESC))             | true  | false",
                "(id INTEGER PRIMARY KEY) STRICT                 | true  | false",
                "(id INTEGER PRIMARY KEY DESC)                   | false | true",
                "(id INT PRIMARY KEY)                            | false | true",
                "(id BIGINT PRIMARY KEY)                         | false | true",
                "(id INTEGER PRIMARY KEY) WITHOUT ROWID          | false | false",
                "(id INT PRIMARY KEY) STRICT                     | false | false",
                "(id INTEGER, b INT, PRIMARY KEY (id, b))        | false | true",
                "(id INTEGER UNIQUE)                             | false | true"
            })
    void whenAKeyIsTheRowsNumberThenItIsIdentity(String definition, boolean identity, boolean nullable)
            throws SQLException {
        execute("CREATE TABLE t " + definition);

        assertThat(column("t", "id")).returns(identity, ColumnInfo::identity).returns(nullable, ColumnInfo::nullable);
    }

    @Test
    void whenReferencesNameNoColumnsOrAnotherSpellingThenTheyAreResolved() throws SQLException {
        execute(
                "CREATE TABLE Parent (A TEXT, B TEXT, C INTEGER PRIMARY KEY, UNIQUE (A, B))",
                "CREATE TABLE wide (x INT, y INT, PRIMARY KEY (y, x)) WITHOUT ROWID",
                "CREATE TABLE child (p INT REFERENCES PARENT, a TEXT, b TEXT, x INT, y INT, g INT REFERENCES gone,"
                        + " h INT CONSTRAINT \"to gone\" REFERENCES gone (z) ON DELETE SET DEFAULT,"
                        + " CONSTRAINT [by text] FOREIGN KEY (A, B) REFERENCES parent (a, b),"
                        + " CONSTRAINT u UNIQUE (x), FOREIGN KEY (x, y) REFERENCES wide)");

        assertThat(table("child").foreignKeys())
                .containsExactly(
                        new ForeignKeyInfo(null, List.of("p"), "Parent", List.of("C"), "NO ACTION"),
                        new ForeignKeyInfo(null, List.of("g"), "gone", List.of(), "NO ACTION"),
                        new ForeignKeyInfo("to gone", List.of("h"), "gone", List.of("z"), "SET DEFAULT"),
                        new ForeignKeyInfo("by text", List.of("a", "b"), "Parent", List.of("A", "B"), "NO ACTION"),
                        new ForeignKeyInfo(null, List.of("x", "y"), "wide", List.of("y", "x"), "NO ACTION"));
    }

    @Test
    void whenThereAreVirtualTablesThenTheyAreTablesAndTheirContentIsNot() throws SQLException {
        execute(
                "CREATE VIRTUAL TABLE words USING fts5 (title, body)",
                "CREATE VIRTUAL TABLE boxes USING rtree (id, low, high)",
                "CREATE TABLE counted (id INTEGER PRIMARY KEY AUTOINCREMENT)",
                "ANALYZE");

        assertThat(SqliteTables.read(connection))
                .extracting(TableInfo::name)
                .containsExactly("boxes", "counted", "words");
        assertThat(table("words").columns()).extracting(ColumnInfo::name).containsExactly("title", "body");
        assertThat(table("boxes").columns()).extracting(ColumnInfo::name).containsExactly("id", "low", "high");
    }

    @Test
    void whenAViewIsBrokenThenItHasNoColumnsAndAllOthersAreThere() throws SQLException {
        execute(
                "CREATE TABLE base (id INTEGER PRIMARY KEY)",
                "CREATE VIEW broken AS SELECT * FROM base",
                "CREATE VIEW fine AS SELECT id FROM base",
                "CREATE VIEW \"also \"\"fine\" AS SELECT id FROM base",
                "ALTER TABLE base RENAME TO moved",
                "PRAGMA writable_schema = on",
                "UPDATE sqlite_schema SET sql = 'CREATE VIEW broken AS SELECT * FROM gone' WHERE name = 'broken'",
                "INSERT INTO sqlite_schema VALUES ('table', 'alien', 'alien', 0, 'CREATE VIRTUAL TABLE alien USING nowhere')",
                "PRAGMA writable_schema = reset");
        close();
        connection = another();

        assertThat(SqliteTables.read(connection))
                .extracting(TableInfo::name, table -> table.columns().size())
                .containsExactly(
                        tuple("alien", 0),
                        tuple("also \"fine", 1),
                        tuple("broken", 0),
                        tuple("fine", 1),
                        tuple("moved", 1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE VIEW v AS SELECT total AS price FROM t",
                "CREATE VIEW v AS SELECT total price FROM t",
                "CREATE VIEW v AS SELECT total\"price\" FROM t",
                "CREATE VIEW v (price) AS SELECT total FROM t",
                "CREATE VIEW v AS WITH w (price) AS (SELECT total FROM t) SELECT price FROM w",
                "CREATE VIEW v AS SELECT price FROM (SELECT total AS price FROM t)",
                "CREATE VIEW v AS SELECT price FROM t UNION ALL SELECT total FROM t",
                "CREATE VIEW v AS SELECT price FROM u; CREATE VIEW u AS SELECT total AS price FROM t",
                "CREATE VIEW v AS SELECT (total) price FROM t",
                "CREATE VIEW v AS SELECT price * 2 AS price FROM t"
            })
    void whenAViewMayCallAnotherColumnByTheNameThenTheWordIsNotTaken(String view) throws SQLException {
        execute("CREATE TABLE t (price INTEGER /* decimal(10,2) */, total INTEGER /* decimal(10,4) */) STRICT");
        execute(view.split(";"));

        assertThat(column("v", "price").type().kind()).isIn(Kind.INTEGER, Kind.OTHER);
    }

    @Test
    void whenATemporaryOrAttachedTableHasTheSameNameThenItIsNotTheOne() throws SQLException {
        execute(
                "CREATE TABLE t (a TEXT, UNIQUE (a))",
                "CREATE TEMP TABLE t (b INT)",
                "ATTACH '" + directory.resolve("other.db") + "' AS other",
                "CREATE TABLE other.t (c INT)",
                "CREATE TABLE other.only_there (c INT)");

        assertThat(SqliteTables.read(connection)).hasSize(1);
        assertThat(table("t").columns()).extracting(ColumnInfo::name).containsExactly("a");
    }

    @Test
    void whenAnIndexIsWrittenStrangelyThenItsPartsAreFound() throws SQLException {
        execute(
                "CREATE TABLE t (a TEXT, b TEXT, \"where\" TEXT)",
                "create unique index [odd (name)] on t(/* first */ lower(a)  desc , b collate nocase asc, substr(a, 2, 3)"
                        + " || ')' -- end\n) /* x */ where /* only */ \"where\" IN ('(', ' where ') and a > 'A'");

        assertThat(table("t").indexes())
                .containsExactly(new IndexInfo(
                        "odd (name)",
                        List.of("lower(a)", "b", "substr(a, 2, 3) || ')'"),
                        true,
                        "/* only */ \"where\" IN ('(', ' where ') and a > 'A'",
                        List.of(
                                new IndexPart(Finds.NONE, true),
                                new IndexPart(Finds.NONE, false),
                                new IndexPart(Finds.NONE, false))));
    }

    @Test
    void whenOrphansHaveNoRowNumberThenEachIsStillListedAndAtMostAThousand() throws SQLException {
        execute(
                "PRAGMA foreign_keys = off",
                "CREATE TABLE parent (id INTEGER PRIMARY KEY)",
                "CREATE TABLE keyed (k TEXT PRIMARY KEY, p INTEGER REFERENCES parent) WITHOUT ROWID",
                "INSERT INTO keyed VALUES ('a', 404), ('b', 405), ('c', NULL)");

        IntegrityIssue orphan =
                new IntegrityIssue(IntegrityIssue.Kind.ORPHAN, "keyed", List.of("p"), null, "parent", null);
        assertThat(SqliteOrphans.find(connection)).containsExactly(orphan, orphan);

        execute("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)"
                + " INSERT INTO keyed SELECT 'more' || i, i FROM n");
        assertThat(SqliteOrphans.find(connection)).hasSize(1000);
    }

    @Test
    void whenTheSchemaChangesMeanwhileThenWhatIsReadIsOfOneMoment() throws Exception {
        execute("CREATE TABLE t (c0 INTEGER)");
        AtomicBoolean done = new AtomicBoolean();
        ExecutorService executor = Executors.newSingleThreadExecutor();
        try (Connection other = another()) {
            Future<?> changes = executor.submit(() -> {
                for (int i = 1; !done.get(); i++) {
                    execute(
                            other,
                            "BEGIN IMMEDIATE",
                            "DROP TABLE t",
                            "CREATE TABLE t (c%d INTEGER REFERENCES t (c%d))".formatted(i, i),
                            "CREATE INDEX i%d ON t (c%d)".formatted(i, i),
                            "COMMIT");
                }
                return null;
            });
            for (int i = 0; i < 300; i++) {
                TableInfo table = SqliteTables.read(connection).get(0);
                List<String> columns =
                        table.columns().stream().map(ColumnInfo::name).toList();
                assertThat(columns).hasSize(1);
                assertThat(table.indexes())
                        .allSatisfy(index -> assertThat(index.columns()).isEqualTo(columns));
                assertThat(table.foreignKeys())
                        .allSatisfy(key -> assertThat(key.columns()).isEqualTo(columns));
            }
            done.set(true);
            changes.get();
        } finally {
            executor.shutdownNow();
        }
    }
}
