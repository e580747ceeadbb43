package dev.dovetail.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlFingerprintTests {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "SELECT * FROM t WHERE id = 17 | SELECT * FROM t WHERE id = ?",
                "SELECT * FROM t WHERE id = ? | SELECT * FROM t WHERE id = ?",
                "SELECT  *\tFROM t -- why | SELECT * FROM t",
                "SELECT /* a /* nested */ b */ 1 | SELECT ?",
                "SELECT 'it''s', E'a\\'b', x'00ff', 1.5e-3, .5, 0x1F | SELECT ?, ?, ?, ?, ?, ?",
                "SELECT $$a'b$$, $tag$ x $$ y $tag$ | SELECT ?, ?",
                "SELECT \"odd 'name'\", [also one], `that two` FROM t1 | SELECT \"odd 'name'\", [also one], `that two` FROM t1",
                "SELECT a[1], b::text FROM t WHERE x = $1 AND y = :name | SELECT a[?], b::text FROM t WHERE x = $1 AND y = :name",
                "SELECT * FROM t WHERE id IN (1, 2, 3) | SELECT * FROM t WHERE id IN (?, …)",
                "SELECT * FROM t WHERE id IN (?,?) | SELECT * FROM t WHERE id IN (?, …)",
                "SELECT * FROM t WHERE id IN ('a') | SELECT * FROM t WHERE id IN (?)",
                "INSERT INTO t (a, b) VALUES (?, ?), (?, ?),(?,?) | INSERT INTO t (a, b) VALUES (?, …), …",
                "INSERT INTO t VALUES (?1), (?2), (?3) | INSERT INTO t VALUES (?), …",
                "SELECT count(*) FROM t WHERE f(a, 1) = 2 | SELECT count(*) FROM t WHERE f(a, ?) = ?",
                "SELECT 'open | SELECT ?",
                "SELECT 1 /* open | SELECT ?",
            })
    void whatVariesIsLeftOut(String sql, String fingerprint) {
        assertThat(SqlFingerprint.of(sql)).isEqualTo(fingerprint);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "SELECT 1 WHERE a = ANY (ARRAY [lower('secret@x'), 'other']) | SELECT ? WHERE a = ANY (ARRAY [lower(?), ?])",
                "SELECT ARRAY[[lower('secret'), b], [c, 'secret']] | SELECT ARRAY[[lower(?), b], [c, ?]]",
                "SELECT ARRAY [[b, $$secret$$], [b - 17]] | SELECT ARRAY [[b, ?], [b - ?]]",
                "SELECT array_cat (ARRAY [b], ARRAY [x'00']), [a name] | SELECT array_cat (ARRAY [b], ARRAY [?]), [a name]",
                "SELECT 1 WHERE a = [lower('secret')] | SELECT ? WHERE a = [lower(?)]",
                "SELECT 1 WHERE a = [it's secret] | SELECT ? WHERE a = [it?",
                "SELECT a FROM t WHERE mail = \"secret\" AND b <> \"secret\" | SELECT a FROM t WHERE mail = ? AND b <> ?",
                "SELECT a FROM t WHERE mail LIKE \"%secret%\" | SELECT a FROM t WHERE mail LIKE ?",
                "SELECT a FROM t WHERE mail IS NOT \"secret\" | SELECT a FROM t WHERE mail IS NOT ?",
                "SELECT a FROM t WHERE mail IS DISTINCT FROM \"secret\" | SELECT a FROM t WHERE mail IS DISTINCT FROM ?",
                "SELECT a FROM t WHERE b BETWEEN \"secret\" AND \"secret\" AND \"c\" = 1 | SELECT a FROM t WHERE b BETWEEN ? AND ? AND \"c\" = ?",
                "SELECT a FROM t WHERE mail IN (\"secret\", \"secret\") | SELECT a FROM t WHERE mail IN (?, …)",
                "SELECT a FROM t WHERE mail = lower(\"secret\") | SELECT a FROM t WHERE mail = lower(?)",
                "SELECT CASE b WHEN \"secret\" THEN \"secret\" ELSE \"secret\" END | SELECT CASE b WHEN ? THEN ? ELSE ? END",
                "INSERT INTO \"t\" (\"a\", \"b\") VALUES (\"secret\", abs(1)), (abs(2), \"secret\") | INSERT INTO \"t\" (\"a\", \"b\") VALUES (?, abs(?)), (abs(?), ?)",
                "~UPDATE \"t\" SET \"a\" = \"secret\" || \"secret\"~ | ~UPDATE \"t\" SET \"a\" = ? || ?~",
                "PRAGMA key(\"secret\"); SELECT lower(\"d\") | PRAGMA key(?); SELECT lower(\"d\")",
                "PRAGMA main.rekey = \"secret\" | PRAGMA main.rekey = ?",
                "SELECT \"d\" ->> \"$.secret\" FROM \"t\" | SELECT \"d\" ->> ? FROM \"t\"",
            })
    void aValueIsNotTakenForAName(String sql, String fingerprint) {
        assertThat(SqlFingerprint.of(sql)).isEqualTo(fingerprint).doesNotContain("secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // Names that end like the beginning of a text in dollars
                "SELECT a$x$, 'b $x$ secret'",
                "SELECT a\u2003$x$, 'b $x$ secret'",
                "\uFEFF$x$, ' $x$ secret'",
                "SELECT $x$ + ' $x$ secret'",
                // Comments
                "/* /* */ 'a */ secret'",
                "/* /* */ ' */ 'secret' /* ' */ */",
                "SELECT 1 -- \r, 'a\n secret'",
                "SELECT 1 -- it's\r it's -- \n, 'secret'",
                "SELECT 1e--it's\n 'secret'",
                // Backslashes
                "SELECT E'a\\', 'secret'",
                "SELECT 'a\\' secret'",
                "SELECT n'a\\' secret'",
                "SELECT E'a'\n'b\\' secret'",
                "SELECT E'a' -- it's\n 'b\\' secret'",
                "SELECT E'a'\n'b\\'c', 'd\\', 'secret'",
                "SELECT @e'a\\' secret'",
                "SELECT :e'a\\' secret'",
                "SELECT $e'a\\' secret'",
                "SELECT $1e'a\\' secret'",
                "SELECT ?1e'a\\' secret'",
                "SELECT 1e'a\\' secret'",
                // Dollars behind numbers
                "SELECT 1$x$it's secret$x$",
                "SELECT 0xfe$x$, 'b $x$ secret'",
                // Other quotes
                "SELECT [it's], 'secret'",
                "SELECT 1 ` 'secret' ` 2",
                "SELECT $f(it's), 'secret'",
                "SELECT @f(it's), 'secret'",
                // A name that was never closed
                "SELECT a\" FROM t WHERE b = 'secret'",
                "SELECT `a FROM t WHERE b = 'secret'",
                "SELECT [a FROM t WHERE b = 'secret'",
            })
    void whatIsAValueToOneOfThemIsShownForNone(String sql) {
        assertThat(SqlFingerprint.of(sql)).doesNotContain("secret");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "SELECT a$x$, 'b $x$ c' FROM t | SELECT a$x$, ? FROM t",
                "SELECT a[1:2], @3, :name, $name FROM t | SELECT a[?:?], @?, :name, $name FROM t",
                "SELECT x::numeric(10, 2), b #>> '{a}', c @> '[1]' FROM t | SELECT x::numeric(?, …), b #>> ?, c @> ? FROM t",
                "SELECT [it 1] FROM t WHERE `that 2` = a[b] | SELECT [it ?] FROM t WHERE `that ?` = a[b]",
                "SELECT $$it's$$, a FROM t WHERE b = 'x' | SELECT ?, ? ?",
                "SELECT /* it's */ a /* one's */ FROM t | SELECT a FROM t",
                "SELECT 'a\\' FROM t | SELECT ?",
            })
    void whatAllOfThemTakeForANameIsShown(String sql, String fingerprint) {
        assertThat(SqlFingerprint.of(sql)).isEqualTo(fingerprint);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT \"t\".\"a\" AS \"b\", count(\"c\"), lower(\"d\") FROM \"t\" ORDER BY \"a\", \"b\"",
                "SELECT \"a\" FROM \"t\" JOIN \"u\" ON \"t\".\"id\" = \"u\".\"t_id\" WHERE \"t\".\"x\" IN (SELECT \"y\", \"z\" FROM \"v\")",
                "INSERT INTO \"t\" (\"a\", \"b\") SELECT \"a\", \"b\" FROM \"u\" ON CONFLICT (\"a\", \"b\") DO UPDATE SET \"b\" = excluded.\"b\"",
                "SELECT \"a\" IS NOT NULL FROM \"t\" WHERE NOT \"b\" AND (\"c\" = a OR \"d\" IS NULL) GROUP BY \"a\" HAVING \"e\"",
                "SELECT * FROM \"t\" WHERE \"a\" = (SELECT \"b\" FROM \"u\")",
                "DELETE FROM \"t\" WHERE \"a\" = f(a) RETURNING \"a\", \"b\"",
            })
    void aNameIsKept(String sql) {
        assertThat(SqlFingerprint.of(sql)).isEqualTo(sql);
    }

    @Test
    void hugeTextsAreNoMatter() {
        String sql = "INSERT INTO t VALUES " + "(?, 'x', 3), ".repeat(200_000) + "(?, ?, ?)";

        assertThat(SqlFingerprint.of(sql)).isEqualTo("INSERT INTO t VALUES (?, …), …");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$",
                "$a ",
                "$a$ ",
                "'",
                "\"",
                "`",
                "[",
                "/*",
                "/* */",
                "-- \r",
                "E'\\'",
                "E'a'\n",
                "E'a'--\n",
                ":a(",
                "(",
                "1e",
                "\\ "
            })
    void aLongTextTakesNoLongerThanItIsLong(String piece) {
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(10), () -> SqlFingerprint.of("SELECT \\ " + piece.repeat(200_000)));
    }

    @Test
    void noPrefixOfATextFails() {
        String sql = "SELECT E'a\\'b' /* x /* y */ */ , $t$ z $t$ -- c\n FROM \"t\" WHERE a IN (?1, 0x1F, 1e-5)";
        for (int i = 0; i <= sql.length(); i++) {
            assertThat(SqlFingerprint.of(sql.substring(0, i))).doesNotContain("z");
        }
    }
}
