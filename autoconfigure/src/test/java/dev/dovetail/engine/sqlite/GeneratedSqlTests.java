package dev.dovetail.engine.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GeneratedSqlTests {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    WHERE "t"."c" LIKE :c                        | WHERE "t"."c" LIKE :c ESCAPE '\\'
                    WHERE ("t"."c" NOT LIKE :c1) AND 1 = 1       | WHERE ("t"."c" NOT LIKE :c1 ESCAPE '\\') AND 1 = 1
                    WHERE UPPER("t"."c") LIKE UPPER(:c) LIMIT 1  | WHERE UPPER("t"."c") LIKE UPPER(:c) ESCAPE '\\' LIMIT 1
                    WHERE "t"."c" LIKE :c AND "t"."d" LIKE :d    | WHERE "t"."c" LIKE :c ESCAPE '\\' AND "t"."d" LIKE :d ESCAPE '\\'
                    ORDER BY "t"."c" ASC                         | ORDER BY "t"."c" ASC NULLS LAST
                    ORDER BY "t"."c" DESC, "t"."d" ASC LIMIT 5   | ORDER BY "t"."c" DESC NULLS FIRST, "t"."d" ASC NULLS LAST LIMIT 5
                    ORDER BY "a ""b"" ASC"."c" ASC               | ORDER BY "a ""b"" ASC"."c" ASC NULLS LAST
                    """)
    void whenSpringDataGeneratedItThenItIsCompleted(String generated, String completed) {
        assertThat(GeneratedSql.complete(generated)).isEqualTo(completed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "WHERE \"t\".\"c\" LIKE :c ESCAPE '!'",
                "WHERE \"t\".\"c\" LIKE :c || '%'",
                "WHERE \"t\".\"c\" LIKE '%' || :c",
                "WHERE c LIKE :c",
                "SELECT '\"t\".\"c\" LIKE :c'",
                "SELECT 1 -- \"t\".\"c\" LIKE :c",
                "SELECT 1 /* \"t\".\"c\" ASC */",
                "ORDER BY \"t\".\"c\" ASC NULLS FIRST",
                "ORDER BY \"t\".\"c\"",
                "ORDER BY c DESC",
                "SELECT \"t\".\"c\" AS \"x ASC\" FROM \"t\""
            })
    void whenItWasWrittenByHandOrIsCompleteThenItStaysAsItIs(String sql) {
        assertThat(GeneratedSql.complete(sql)).isEqualTo(sql);
    }
}
