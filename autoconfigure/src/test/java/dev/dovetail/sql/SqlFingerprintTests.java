package dev.dovetail.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
                "SELECT \"odd 'name'\", [also 1], `that 2` FROM t1 | SELECT \"odd 'name'\", [also 1], `that 2` FROM t1",
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

    @Test
    void hugeTextsAreNoMatter() {
        String sql = "INSERT INTO t VALUES " + "(?, 'x', 3), ".repeat(200_000) + "(?, ?, ?)";

        assertThat(SqlFingerprint.of(sql)).isEqualTo("INSERT INTO t VALUES (?, …), …");
    }

    @Test
    void noPrefixOfATextFails() {
        String sql = "SELECT E'a\\'b' /* x /* y */ */ , $t$ z $t$ -- c\n FROM \"t\" WHERE a IN (?1, 0x1F, 1e-5)";
        for (int i = 0; i <= sql.length(); i++) {
            assertThat(SqlFingerprint.of(sql.substring(0, i))).doesNotContain("z");
        }
    }
}
