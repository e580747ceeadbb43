package dev.dovetail.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a statement does, told from its text. A wrong READ would be a lost write; a wrong WRITE only costs time. */
class StatementKindTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1",
                "select 1;",
                "  \n\tSELECT 1",
                "-- a comment\nSELECT 1",
                "/* INSERT */ SELECT 1",
                "/* a */ /* b */ -- c\n SELECT 1",
                "(SELECT 1)",
                "VALUES (1)",
                "TABLE item",
                "EXPLAIN SELECT 1",
                "EXPLAIN QUERY PLAN DELETE FROM item",
                "SELECT 'a INTO b' FROM c",
                "WITH a AS (SELECT 1) SELECT * FROM a",
                "WITH a AS (SELECT 'INSERT') SELECT \"delete\" FROM a -- UPDATE",
                "SELECT 'a;COMMIT'",
                "SELECT 1 -- ; COMMIT",
                "SELECT 1 /* ; COMMIT */",
                "SELECT 1;;",
                "SELECT 1; SELECT 2",
                "SELECT 1.5e-3, .5, 0x1F, 1_000; SELECT 2"
            })
    void reads(String sql) {
        assertThat(StatementKind.of(sql)).isEqualTo(StatementKind.READ);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "WITH a AS (SELECT $$INSERT$$, $x$ UPDATE $x$) SELECT * FROM a",
                "SELECT $$;COMMIT$$",
                "SELECT E'\\';COMMIT'",
                "/* /* */ DELETE */ SELECT 1",
                "WITH a AS (SELECT 1 AS delete$x$, 2 AS b$x$) SELECT * FROM a",
                "SELECT 1 -- \r; SELECT 2",
            })
    void readsOfPostgresqlOnly(String sql) {
        assertThat(StatementKind.of(sql, SqlSyntax.POSTGRESQL)).isEqualTo(StatementKind.READ);
        assertThat(StatementKind.of(sql)).as("where nobody knows").isIn(StatementKind.READ, StatementKind.WRITE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT \"a;COMMIT\", `b;END`, [c;ROLLBACK]",
                "WITH a AS (SELECT 'a\\', ';DELETE') SELECT * FROM a",
                "WITH a AS (SELECT :delete, @update, $insert) SELECT * FROM a",
                "WITH a AS (SELECT 1) SELECT * FROM a -- \rDELETE",
            })
    void readsOfSqliteOnly(String sql) {
        assertThat(StatementKind.of(sql, SqlSyntax.SQLITE)).isEqualTo(StatementKind.READ);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/* /* */ SELECT */ DELETE FROM item",
                "WITH a AS (SELECT E'\\'') DELETE FROM item WHERE name = 'x'",
                "WITH a AS (SELECT 1 AS b$x$) DELETE FROM item WHERE name = '$x$'",
                "WITH a AS (SELECT '\\') DELETE FROM item WHERE name = ')'",
                "WITH a AS (SELECT 1 -- \r) DELETE FROM item",
                "WITH a AS (SELECT 1e'\\'') DELETE FROM item WHERE name = 'x'",
                "WITH a AS (SELECT 1) SELECT * INTO b FROM a",
                "WITH a AS (SELECT 1) SELECT 1INTO b",
                "WITH a AS (SELECT 1) DE{oj LETE FROM item}",
                "WITH a AS (SELECT 1 AS b?$x$) DELETE FROM item WHERE name <> '$x$' -- '",
            })
    void writesOfPostgresql(String sql) {
        assertThat(StatementKind.of(sql, SqlSyntax.POSTGRESQL)).isEqualTo(StatementKind.WRITE);
        assertThat(StatementKind.of(sql)).as("where nobody knows").isEqualTo(StatementKind.WRITE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/* /* */ DELETE FROM item -- */ SELECT 1 */",
                "WITH a AS (SELECT $b$) DELETE FROM item WHERE $b$ IS NULL",
                "WITH a AS (SELECT [']) DELETE FROM item WHERE name <> ']'",
                "WITH a AS (SELECT 1'x') DELETE FROM item",
                "WITH a AS (SELECT '\\') DELETE FROM item WHERE name = ''",
            })
    void writesOfSqlite(String sql) {
        assertThat(StatementKind.of(sql, SqlSyntax.SQLITE)).isEqualTo(StatementKind.WRITE);
        assertThat(StatementKind.of(sql)).as("where nobody knows").isEqualTo(StatementKind.WRITE);
    }

    @Test
    void severalStatementsAreTold() {
        assertThat(StatementKind.isSeveral("SELECT 1; SELECT 2", SqlSyntax.ANY)).isTrue();
        assertThat(StatementKind.isSeveral("SELECT 1;;", SqlSyntax.ANY)).isFalse();
        assertThat(StatementKind.isSeveral("SELECT [a;b]", SqlSyntax.SQLITE)).isFalse();
        assertThat(StatementKind.isSeveral("SELECT 1'a;b';", SqlSyntax.SQLITE)).isFalse();
        assertThat(StatementKind.isSeveral("SELECT 1'x'; DELETE FROM item", SqlSyntax.SQLITE))
                .isTrue();
        assertThat(StatementKind.isSeveral("CREATE TABLE a (b int); DROP TABLE c", SqlSyntax.SQLITE))
                .isTrue();
        assertThat(StatementKind.isSeveral("CREATE TRIGGER t BEGIN SELECT 1; SELECT 2; END", SqlSyntax.SQLITE))
                .isFalse();
    }

    @Test
    void firstWordsOfWhichReadersDifferAreNone() {
        assertThat(StatementKind.firstWord("/* a */ select 1", SqlSyntax.ANY)).isEqualTo("SELECT");
        String sql = "/* /* */ SELECT */ DELETE FROM item";
        assertThat(StatementKind.firstWord(sql, SqlSyntax.SQLITE)).isEqualTo("SELECT");
        assertThat(StatementKind.firstWord(sql, SqlSyntax.POSTGRESQL)).isEqualTo("DELETE");
        assertThat(StatementKind.firstWord(sql, SqlSyntax.ANY)).isEmpty();
        assertThat(StatementKind.firstWords(sql, SqlSyntax.ANY)).containsExactlyInAnyOrder("SELECT", "DELETE");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ";",
                "-- nothing",
                "'SELECT'",
                "INSERT INTO item VALUES (1)",
                "/* SELECT */ DELETE FROM item",
                "-- SELECT\nUPDATE item SET a = 1",
                "WITH a AS (SELECT 1) INSERT INTO item SELECT * FROM a",
                "WITH a AS (DELETE FROM item RETURNING id) SELECT * FROM a",
                "EXPLAIN ANALYZE SELECT 1",
                "EXPLAIN (ANALYZE) DELETE FROM item",
                "EXPLAIN (\"analyze\") DELETE FROM item",
                "EXPLAIN PRAGMA foreign_keys = OFF",
                "SELECT * INTO b FROM item",
                "PREPARE a AS DELETE FROM item",
                "PRAGMA user_version = 3",
                "PRAGMA user_version",
                "VACUUM",
                "CALL p()",
                "DO $$ BEGIN COMMIT; END $$",
                "_SELECT 1",
                "SELECTED",
                "SET TRANSACTION READ ONLY",
                "SELECT 1; INSERT INTO item VALUES (1)",
                "CREATE TRIGGER t AFTER INSERT ON item BEGIN UPDATE item SET a = 1; END",
                "CREATE TRIGGER t AFTER INSERT ON item BEGIN SELECT 1; COMMIT; END;",
                "CREATE FUNCTION f() RETURNS void BEGIN ATOMIC SELECT 1; END"
            })
    void writes(String sql) {
        assertThat(StatementKind.of(sql)).isEqualTo(StatementKind.WRITE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "BEGIN",
                "begin immediate",
                "START TRANSACTION",
                "COMMIT",
                "END",
                "ABORT",
                "ROLLBACK",
                "ROLLBACK WORK",
                "-- a\n/* b */ commit",
                ";COMMIT",
                " ; ; COMMIT",
                "SELECT 1; COMMIT",
                "INSERT INTO item VALUES (';'); ROLLBACK; SELECT 1",
                "SAVEPOINT a; COMMIT",
                "CREATE TABLE a (b int); COMMIT",
                "PREPARE TRANSACTION 'a'",
                "ROLLBACK; SAVEPOINT to"
            })
    void transactionControl(String sql) {
        assertThat(StatementKind.of(sql)).isEqualTo(StatementKind.TRANSACTION);
    }

    @Test
    void savepoints() {
        assertThat(StatementKind.of("SAVEPOINT a")).isEqualTo(StatementKind.SAVEPOINT);
        assertThat(StatementKind.of("RELEASE a")).isEqualTo(StatementKind.SAVEPOINT);
        assertThat(StatementKind.of("ROLLBACK TO a")).isEqualTo(StatementKind.ROLLBACK_TO);
        assertThat(StatementKind.of("rollback work to savepoint a")).isEqualTo(StatementKind.ROLLBACK_TO);
        assertThat(StatementKind.of("INSERT INTO item VALUES (1); SAVEPOINT a")).isEqualTo(StatementKind.SAVEPOINT);
    }

    @Test
    void anyTextHasAKind() {
        Random random = new Random(20261120);
        String[] pieces = {
            "'",
            "\"",
            "`",
            "[",
            "]",
            "$",
            "$$",
            "$a$",
            "--",
            "/*",
            "*/",
            ";",
            "\n",
            "\\",
            "\0",
            "é",
            "😀",
            "\uD83D",
            "SELECT",
            "WITH",
            "COMMIT",
            "ROLLBACK",
            "TO",
            "EXPLAIN",
            "ANALYZE",
            "CREATE",
            "BEGIN",
            "1",
            "$1",
            "(",
            " "
        };
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(30), () -> {
            for (int i = 0; i < 100_000; i++) {
                String text = mixture(random, pieces);
                for (SqlSyntax syntax : SqlSyntax.values()) {
                    assertThat(StatementKind.of(text, syntax)).isNotNull();
                    assertThat(StatementKind.firstWords(text, syntax)).isNotEmpty();
                }
            }
        });
    }

    private static String mixture(Random random, String[] pieces) {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(30);
        for (int i = 0; i < length; i++) {
            text.append(
                    random.nextInt(4) == 0
                            ? String.valueOf((char) random.nextInt(0x10000))
                            : pieces[random.nextInt(pieces.length)]);
        }
        return text.toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"$", "$a", "'", "\"", "/*", "--", ";", "(", "a ", "$1 ", "[", "SELECT ';' ; ", "WITH "})
    void aLongTextTakesNoLongerThanItIsLong(String piece) {
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(5), () -> StatementKind.of("SELECT " + piece.repeat(300_000)));
    }
}
