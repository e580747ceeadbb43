package dev.dovetail.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** In doubt a call may change something. */
class SqlFunctionsTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1",
                "SELECT count(*), max (a) FROM t WHERE b IN (1, 2) AND (c = 1 OR d = 2)",
                "SELECT coalesce(lower(a), '') FROM t JOIN u USING (id) WHERE EXISTS (SELECT 1 FROM v)",
                "WITH RECURSIVE t AS (SELECT 1) SELECT row_number() OVER (PARTITION BY a) FROM t",
                "SELECT version(), pg_catalog.current_setting('TimeZone'), pg_is_in_recovery()",
                "SELECT sqlite_version() FROM pragma_table_info('t')",
                "SELECT CAST(a AS numeric(10, 2)) FROM t WHERE b = ANY (?)"
            })
    void whatOnlyComputesIsKnown(String sql) {
        assertThat(SqlFunctions.mayCallOthers(sql)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT book(1)",
                "SELECT app.book (1)",
                "SELECT \"Book\"(1)",
                "SELECT count(*) FROM book_all()",
                "SELECT pg_terminate_backend(1)",
                "SELECT pg_catalog.set_config('a', 'b', false)",
                "SELECT nextval('s')",
                "SELECT current(1)",
                "SELECT überweisen(1)"
            })
    void whatIsNotKnownMayChangeSomething(String sql) {
        assertThat(SqlFunctions.mayCallOthers(sql)).isTrue();
    }
}
