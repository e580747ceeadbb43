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
                "WITH a AS (SELECT 1) SELECT * FROM a",
                "WITH a AS (SELECT 'INSERT') SELECT \"delete\" FROM a -- UPDATE",
                "WITH a AS (SELECT $$INSERT$$, $x$ UPDATE $x$) SELECT * FROM a",
                "SELECT 'a;COMMIT'",
                "SELECT \"a;COMMIT\", `b;END`, [c;ROLLBACK]",
                "SELECT 1 -- ; COMMIT",
                "SELECT 1 /* ; COMMIT */",
                "SELECT $$;COMMIT$$",
                "SELECT 1;;",
                "SELECT 1; SELECT 2"
            })
    void reads(String sql) {
        assertThat(StatementKind.of(sql)).isEqualTo(StatementKind.READ);
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
                assertThat(StatementKind.of(mixture(random, pieces))).isNotNull();
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
