package dev.dovetail.engine.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.engine.StatementTables;
import dev.dovetail.engine.StatementTables.Effect;
import dev.dovetail.test.PostgresServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A statement must not read or write a table that is not named. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostgresqlStatementTablesTests {

    private static final String SCHEMA = """
            CREATE TABLE author (id int PRIMARY KEY, name text);
            CREATE TABLE book (id serial PRIMARY KEY, author int REFERENCES author ON DELETE CASCADE, title text);
            CREATE TABLE page (id int PRIMARY KEY, book int REFERENCES book ON UPDATE SET NULL);
            CREATE TABLE note (id int PRIMARY KEY, page int REFERENCES page);
            CREATE TABLE node (id int PRIMARY KEY, up int REFERENCES node ON DELETE SET NULL);
            CREATE TABLE plain (a int, b int);
            CREATE TABLE "Mixed ""Case" (a int);
            CREATE TABLE "Größe" (a int);
            CREATE TABLE log (line text);
            CREATE TABLE log_size (n int);
            CREATE TABLE watched (a int);
            CREATE TABLE dynamic (a int);
            CREATE TABLE ruled (a int);
            CREATE TABLE secret (a int);
            CREATE TABLE defaulted (a int, b int);
            ALTER TABLE secret ENABLE ROW LEVEL SECURITY;
            CREATE TABLE measure (at date) PARTITION BY RANGE (at);
            CREATE TABLE measure_1 PARTITION OF measure FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
            CREATE TABLE base (a int);
            CREATE TABLE derived (b int) INHERITS (base);
            CREATE VIEW titles AS SELECT b.title, a.name FROM book b JOIN author a ON a.id = b.author;
            CREATE VIEW long_titles AS SELECT * FROM titles WHERE length(title) > 10;
            CREATE VIEW own AS SELECT * FROM plain WHERE b::text = current_user;
            CREATE VIEW catalogued AS SELECT relname FROM pg_class;
            CREATE VIEW columns_of AS SELECT column_name FROM information_schema.columns;
            CREATE MATERIALIZED VIEW kept AS SELECT * FROM titles;
            CREATE FUNCTION watch() RETURNS trigger LANGUAGE plpgsql AS
              $$ BEGIN INSERT INTO log VALUES ('x') ON CONFLICT DO NOTHING; RETURN NULL; END $$;
            CREATE FUNCTION count_log() RETURNS trigger LANGUAGE plpgsql AS
              $$ BEGIN UPDATE log_size SET n = n + 1; RETURN NEW; END $$;
            CREATE FUNCTION anywhere() RETURNS trigger LANGUAGE plpgsql AS
              $$ BEGIN EXECUTE 'DELETE FROM log'; RETURN NEW; END $$;
            CREATE TRIGGER watch AFTER UPDATE ON watched EXECUTE FUNCTION watch();
            CREATE TRIGGER count_log BEFORE INSERT ON log FOR EACH ROW EXECUTE FUNCTION count_log();
            CREATE TRIGGER anywhere BEFORE INSERT ON dynamic FOR EACH ROW EXECUTE FUNCTION anywhere();
            CREATE RULE also AS ON INSERT TO ruled DO ALSO INSERT INTO plain VALUES (1);
            CREATE FUNCTION twice(int) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT $1 * 2';
            CREATE FUNCTION logged() RETURNS bigint STABLE LANGUAGE sql AS 'SELECT count(*) FROM log';
            CREATE FUNCTION doing() RETURNS int VOLATILE LANGUAGE sql AS 'DELETE FROM log; SELECT 1';
            CREATE FUNCTION total(plain) RETURNS bigint VOLATILE LANGUAGE sql AS 'SELECT count(*) FROM log';
            CREATE FUNCTION add_up(int, int) RETURNS int VOLATILE LANGUAGE sql AS 'SELECT 1';
            CREATE FUNCTION dropping() RETURNS int VOLATILE LANGUAGE plpgsql AS
              $$ BEGIN DROP TABLE IF EXISTS gone; RETURN 1; END $$;
            CREATE FUNCTION dropping_inside() RETURNS int VOLATILE LANGUAGE sql AS 'SELECT dropping()';
            CREATE FUNCTION firing() RETURNS int VOLATILE LANGUAGE plpgsql AS
              $$ BEGIN INSERT INTO dynamic VALUES (1); RETURN 1; END $$;
            CREATE FUNCTION filling() RETURNS void VOLATILE LANGUAGE sql AS 'SELECT 1 AS a INTO made';
            CREATE EXTENSION "uuid-ossp";
            CREATE TABLE named (id uuid DEFAULT uuid_generate_v4(), a int);
            CREATE AGGREGATE sums (int) (sfunc = add_up, stype = int);
            ALTER TABLE defaulted ALTER b SET DEFAULT doing();
            CREATE VIEW doing_view AS SELECT doing() AS done;
            CREATE SCHEMA other;
            CREATE TABLE other.twin (a int);
            CREATE TABLE twin (a int);
            CREATE TABLE other.only_there (a int);
            CREATE TABLE columns (a int)""";

    private Connection connection;

    @BeforeAll
    void open() throws SQLException {
        connection = PostgresServer.shared().newDatabase().info().connect();
        try (Statement statement = connection.createStatement()) {
            statement.execute(SCHEMA);
        }
    }

    @AfterAll
    void close() throws SQLException {
        connection.close();
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private StatementTables of(String sql) throws SQLException {
        return PostgresqlStatementTables.of(connection, sql);
    }

    private static Set<String> set(String names) {
        return names == null ? Set.of() : new TreeSet<>(Set.of(names.split(" ")));
    }

    private static Set<String> unqualified(Set<String> names) {
        Set<String> plain = new TreeSet<>();
        names.forEach(name -> plain.add(name.replace("public.", "").replace(' ', '_')));
        return plain;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            SELECT * FROM author                                             | author
            select count(*) from AUTHOR where false                          | author
            (SELECT 1 FROM plain) UNION (TABLE log)                          | log plain
            SELECT * FROM long_titles WHERE name = ?                         | author book
            SELECT 'author', $1, E'it\\'s book' FROM plain -- book           | plain
            SELECT 1 /* author /* nested */ book */ FROM plain               | plain
            SELECT * FROM "Mixed ""Case"                                     | Mixed_"Case
            SELECT * FROM Größe                                              | Größe
            SELECT p."a" FROM public . "plain" p                             | plain
            SELECT * FROM plain WHERE a = ANY (ARRAY[1, 2]) AND b IN (?, ?)  | plain
            WITH log AS (SELECT 1) SELECT * FROM log                         | log
            SELECT * FROM measure                                            | measure measure_1
            SELECT * FROM measure_1                                          | measure measure_1
            SELECT * FROM base                                               | base derived
            SELECT * FROM kept                                               | kept
            SELECT twice(a), lower('x'), now(), random() FROM plain          | plain
            SELECT * FROM plain TABLESAMPLE BERNOULLI (10)                   | plain
            SELECT left(line, 3), coalesce(line, '') FROM log WHERE line ~ '\\d' | log
            SELECT only_there.a FROM other.only_there                        | other.only_there
            SELECT columns.a FROM columns                                    | columns
            VALUES ((SELECT max(a) FROM plain))                              | plain
            """)
    void reads(String sql, String tables) throws SQLException {
        StatementTables found = of(sql);
        assertThat(unqualified(found.read())).isEqualTo(set(tables));
        assertThat(found.repeatable()).isTrue();
        assertThat(found.writes()).isFalse();
        assertThat(found.readsAll()).isFalse();
        assertThat(found.changesSchema()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            INSERT INTO plain VALUES (?, ?)                                  | plain                    | NEW_ROWS
            insert into public.plain select id, 1 from author                | plain                    | NEW_ROWS
            INSERT INTO author VALUES (1) ON CONFLICT DO NOTHING RETURNING * | author                   | NEW_ROWS
            INSERT INTO note VALUES (1) ON CONFLICT (id) DO UPDATE SET id = 2 | note                    | ANY_ROWS
            UPDATE plain SET a = 1 WHERE b = ?                               | plain                    | NAMED_ROWS
            UPDATE ONLY plain p SET a = 1 FROM author WHERE p.a = author.id  | plain                    | NAMED_ROWS
            DELETE FROM ONLY (note) USING page WHERE page.id = note.page     | note                     | NAMED_ROWS
            DELETE FROM book WHERE id = 1                                    | book page                | ANY_ROWS
            DELETE FROM author                                               | author book page         | ANY_ROWS
            DELETE FROM node WHERE id = 1                                    | node                     | ANY_ROWS
            DELETE FROM page                                                 | page                     | NAMED_ROWS
            UPDATE watched SET a = 1                                         | log log_size watched     | ANY_ROWS
            INSERT INTO log VALUES ('x')                                     | log log_size             | ANY_ROWS
            INSERT INTO ruled VALUES (1)                                     | plain ruled              | ANY_ROWS
            INSERT INTO measure VALUES ('2020-01-01')                        | measure measure_1        | ANY_ROWS
            UPDATE base SET a = 1                                            | base derived             | ANY_ROWS
            UPDATE "Mixed ""Case" SET a = 1                                  | Mixed_"Case              | NAMED_ROWS
            TRUNCATE note                                                    | note                     | ANY_ROWS
            TRUNCATE TABLE ONLY note, plain * RESTART IDENTITY               | note plain               | ANY_ROWS
            TRUNCATE author CASCADE                                          | author book note page    | ANY_ROWS
            COPY plain (a) FROM STDIN                                        | plain                    | ANY_ROWS
            COPY (SELECT a FROM plain) TO STDOUT                             |                          | ANY_ROWS
            COPY plain TO STDOUT                                             |                          | ANY_ROWS
            REFRESH MATERIALIZED VIEW CONCURRENTLY kept                      | kept                     | ANY_ROWS
            WITH x AS (DELETE FROM note RETURNING *) INSERT INTO plain SELECT id FROM x | note plain    | ANY_ROWS
            WITH x AS (UPDATE note SET id = 1 RETURNING id) SELECT * FROM x  | note                     | ANY_ROWS
            MERGE INTO plain USING author ON a = id WHEN MATCHED THEN UPDATE SET b = 1 WHEN NOT MATCHED THEN INSERT VALUES (1) | plain | ANY_ROWS
            INSERT INTO titles VALUES ('x')                                  | author book page         | ANY_ROWS
            SELECT a FROM plain FOR UPDATE                                   |                          | ANY_ROWS
            SELECT a FROM plain FOR NO KEY UPDATE OF plain                   |                          | ANY_ROWS
            INSERT/**/INTO"plain"VALUES(1)                                   | plain                    | NEW_ROWS
            INSERT INTO secret VALUES (1)                                    | secret                   | NEW_ROWS
            """)
    void writes(String sql, String tables, Effect effect) throws SQLException {
        StatementTables found = of(sql);
        assertThat(unqualified(found.written())).isEqualTo(set(tables));
        assertThat(found.effect()).isEqualTo(effect);
        assertThat(found.writesAll()).isFalse();
        assertThat(found.changesSchema()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "SELECT 1; DELETE FROM log",
                "-- a\rDELETE FROM log; SELECT 1",
                "INSERT INTO missing VALUES (1)",
                "UPDATE pg_class SET relname = 'x'",
                "SELECT * INTO copied FROM plain",
                "DO $$ BEGIN DELETE FROM log; END $$",
                "SELECT $$a$$",
                "SELECT * FROM U&\"\\0061uthor\"",
                "SELECT 'a\\' FROM log; --'",
                "{call doing()}",
                "CALL doing()",
                "SELECT doing()",
                "SELECT \"doing\" (  )",
                "SELECT total FROM plain",
                "SELECT plain.total FROM plain",
                "SELECT sums(a) FROM plain",
                "SELECT * FROM doing_view",
                "INSERT INTO dynamic VALUES (1)",
                "INSERT INTO defaulted VALUES (1)",
                "SELECT query_to_xml('DELETE FROM log', true, true, '')",
                "EXPLAIN ANALYZE DELETE FROM log",
                "EXPLAIN (\"analyze\") DELETE FROM log",
                "CREATE TABLE x (a int)",
                "SET search_path = other",
                "COMMIT PREPARED 'x'",
                "VACUUM FULL plain",
                "WHATEVER"
            })
    void doesNotGuess(String sql) throws SQLException {
        StatementTables found = of(sql);
        assertThat(found.writesAll()).isTrue();
        assertThat(found.repeatable()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "BEGIN",
                "ROLLBACK TO SAVEPOINT a",
                "SET LOCAL statement_timeout = '1s'",
                "SET app.tenant = '7'",
                "EXPLAIN DELETE FROM log",
                "FETCH 5 FROM c"
            })
    void leavesAlone(String sql) throws SQLException {
        assertThat(of(sql)).isEqualTo(StatementTables.NONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM secret",
                "SELECT * FROM pg_class",
                "SELECT * FROM catalogued",
                "SELECT * FROM columns_of",
                "SELECT * FROM information_schema.tables",
                "SELECT * FROM own",
                "SELECT a FROM plain WHERE current_user = 'x'",
                "SELECT current_setting('app.tenant') FROM plain",
                "SELECT nextval('book_id_seq')",
                "SELECT last_value FROM book_id_seq",
                "SELECT table_to_xml('log', true, true, '')",
                "SELECT pg_relation_size('plain')",
                "SELECT logged()",
                "SELECT * FROM twin",
                "SELECT a FROM plain FOR SHARE",
                "SELECT pg_try_advisory_xact_lock(1) FROM plain",
                "DECLARE c CURSOR FOR SELECT * FROM plain"
            })
    void isOfTheConnection(String sql) throws SQLException {
        StatementTables found = of(sql);
        assertThat(found.repeatable()).isFalse();
        assertThat(found.writes()).isFalse();
    }

    @Test
    void tellsOfFunctionsAndPrivileges() throws SQLException {
        assertThat(of("SELECT logged()").readsAll()).isTrue();
        assertThat(of("SELECT logged()").writesAll()).isFalse();
        assertThat(of("GRANT SELECT ON plain TO public").changesSchema()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT dropping()",
                "SELECT dropping_inside()",
                "SELECT firing()",
                "SELECT filling()",
                "SELECT a FROM plain WHERE a = dropping()",
                "INSERT INTO plain VALUES (dropping(), 1)",
                "SELECT query_to_xml('SELECT dropping()', true, true, '')"
            })
    void changesTheSchemaByAFunction(String sql) throws SQLException {
        assertThat(of(sql).writesAll()).isTrue();
        assertThat(of(sql).changesSchema()).isTrue();
    }

    @Test
    void knowsWhichFunctionsLeaveTheSchemaAlone() throws SQLException {
        assertThat(of("SELECT doing()").writesAll()).isTrue();
        assertThat(of("SELECT doing()").changesSchema()).isFalse();
        StatementTables named = of("INSERT INTO named (a) VALUES (1)");
        assertThat(named.written()).containsExactly("public.named");
        assertThat(named.writesAll()).isFalse();
        assertThat(named.effect()).isEqualTo(Effect.NEW_ROWS);
    }

    @Test
    void seesThatATemporaryTableIsNobodyElses() throws SQLException {
        execute("CREATE TEMP TABLE mine (a int); CREATE TEMP VIEW seen AS SELECT * FROM log");
        assertThat(of("SELECT * FROM mine").repeatable()).isFalse();
        assertThat(of("INSERT INTO mine VALUES (1)").written()).isEmpty();
        assertThat(of("SELECT * FROM seen").read()).containsExactly("public.log");
        assertThat(of("SELECT * FROM seen").repeatable()).isFalse();
        execute("DROP TABLE mine; DROP VIEW seen");
    }

    @Test
    void leavesATransactionAndItsResultsAlone() throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.setFetchSize(1);
            try (ResultSet rows = statement.executeQuery("SELECT generate_series(1, 5)")) {
                assertThat(rows.next()).isTrue();
                assertThat(of("SELEC nonsense FROM").writesAll()).isTrue();
                assertThat(of("SELECT broken FROM missing WHERE (").read()).isEmpty();
                assertThat(rows.next()).isTrue();
                assertThat(rows.getInt(1)).isEqualTo(2);
            }
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }
}
