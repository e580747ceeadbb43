package dev.dovetail.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which columns a statement compares and sorts by, and the statement of a fingerprint. */
class StatementColumnsTests {

    private static String read(String sql) {
        StatementColumns columns = StatementColumns.of(sql);
        StringBuilder text = new StringBuilder();
        columns.tables()
                .forEach(table -> text.append(table.name())
                        .append(table.alias() == null ? "" : " " + table.alias())
                        .append(' '));
        text.append('|');
        columns.compared()
                .forEach(each -> text.append(' ')
                        .append(each.qualifier() == null ? "" : each.qualifier() + ".")
                        .append(each.column())
                        .append(
                                switch (each.comparison()) {
                                    case EQUAL -> " =";
                                    case JOINED -> " +";
                                    case RANGE -> " <";
                                }));
        columns.sorted()
                .forEach(order -> order.forEach(
                        each -> text.append(" ").append(each.column()).append(each.descending() ? " v" : " ^")));
        return text + (columns.limited() ? " limited" : "");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "SELECT * FROM t WHERE a = ? AND ? = b; t | a = b =",
                "SELECT * FROM t WHERE a == ? OR b IN (?, …) OR c IS NULL; t | a = b = c =",
                "SELECT * FROM t WHERE a > ? AND b <= ? AND ? < c AND ? >= d AND e BETWEEN ? AND ?; t | a < b < c < d < e <",
                "SELECT * FROM t WHERE a <> ? AND b != ? AND ? <> c AND ? != d AND e IS NOT NULL; t |",
                "SELECT * FROM t WHERE lower(a) = ? AND b LIKE ? AND NOT c LIKE ? AND d || e = ?; t | e =",
                "SELECT a = 1 FROM t; t |",
                "SELECT * FROM s.t AS x, u JOIN v y ON y.id = x.v_id AND u.a = y.b WHERE x.c = lower(?); "
                        + "t x u v y | y.id + x.v_id + u.a + y.b + x.c =",
                "SELECT * FROM t JOIN u USING (a, b) WHERE c = (SELECT max(d) FROM w WHERE w.e = t.f); "
                        + "t u w | a + b + c = w.e + t.f +",
                "SELECT * FROM (SELECT * FROM t WHERE a = ?) x WHERE x.b > ?; t | a = x.b <",
                "SELECT * FROM t WHERE a IS NOT DISTINCT FROM ? AND b = ANY(?); t | a = b =",
                "UPDATE t SET a = ?, b = ? WHERE c = ?; t | c =",
                "DELETE FROM t WHERE a < ?; t | a <",
                "SELECT * FROM t ORDER BY a DESC NULLS LAST, t.b, c + 1 LIMIT ?; t | a v b ^ limited",
                "SELECT * FROM t ORDER BY lower(a), b; t |",
                "SELECT x, count(*) FROM t WHERE a = ? GROUP BY x HAVING b = ? ORDER BY x FETCH FIRST ? ROWS ONLY; "
                        + "t | a = x ^ limited",
                "SELECT * FROM t WHERE a = ? FOR UPDATE; t | a =",
                "SELECT * FROM [t] WHERE `a` = ? AND t.[b] = ?; t | a = t.b =",
                "SELECT * FROM generate_series(?, ?) g WHERE g = ?; | g ="
            })
    void columnsAreRead(String sql, String expected) {
        assertThat(read(sql).strip()).isEqualTo(expected.strip());
    }

    @Test
    void quotedNamesAreReadAsTheyAre() {
        assertThat(read("SELECT * FROM \"My Table\" \"x\" WHERE \"x\".\"Select\" = ? ORDER BY \"x\".\"a\"\"b\""))
                .isEqualTo("My Table x | x.Select = a\"b ^");
    }

    @Test
    void whateverTheTextItIsReadToItsEnd() {
        List<String> pieces = List.of(
                "SELECT", "FROM", "WHERE", "(", ")", ",", "a", "t", ".", "=", "<", ">", "?", "JOIN", "ON", "ORDER",
                "BY", "USING", "\"", "'", "`", "[", "]", "DESC", "NULLS", "AS", "LIMIT", "IN", "…", "UPDATE", "--",
                "/*", "$1");
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int j = random.nextInt(25); j >= 0; j--) {
                text.append(pieces.get(random.nextInt(pieces.size()))).append(random.nextBoolean() ? " " : "");
            }
            assertThat(StatementColumns.of(text.toString())).isNotNull();
            assertThat(FingerprintText.statement(SqlFingerprint.of(text.toString()), number -> "?"))
                    .isNotNull();
        }
    }

    @Test
    void fingerprintsBecomeStatements() {
        assertThat(statement("SELECT * FROM t WHERE a = 'x' AND b IN (1, 2, 3, 4) AND \"c?\" = 7 LIMIT 10 OFFSET 5"))
                .isEqualTo("SELECT * FROM t WHERE a = $1 AND b IN ($2, $3, $4) AND \"c?\" = $5 LIMIT 20 OFFSET 20");
        assertThat(statement("INSERT INTO t VALUES (1, 2), (3, 4), (5, 6)"))
                .isEqualTo("INSERT INTO t VALUES ($1, $2, $3)");
        assertThat(statement("SELECT limit_, a FROM t WHERE next = 1 FETCH FIRST 5 ROWS ONLY"))
                .isEqualTo("SELECT limit_, a FROM t WHERE next = $1 FETCH FIRST 20 ROWS ONLY");
        assertThat(statement(
                        "SELECT date, a FROM t WHERE b > now() - interval '1 day' AND c = DATE'2026-01-01' AND d = 1"))
                .isEqualTo("SELECT date, a FROM t WHERE b > now() - $1::INTERVAL AND c = $2::DATE AND d = $3");
    }

    private static String statement(String sql) {
        return FingerprintText.statement(SqlFingerprint.of(sql), number -> "$" + number);
    }

    @Test
    void aSchemaIsTakenAwayBeforeItsTablesOnly() {
        assertThat(FingerprintText.withoutSchema(
                        "SELECT Public.t.a, \"public\".\"T\".b, x.public.t FROM public.t, public.u, \"public.t\"",
                        "public",
                        Set.of("t")))
                .isEqualTo("SELECT t.a, \"T\".b, x.public.t FROM t, public.u, \"public.t\"");
    }
}
