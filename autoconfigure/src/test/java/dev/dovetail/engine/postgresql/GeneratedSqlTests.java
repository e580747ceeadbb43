package dev.dovetail.engine.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GeneratedSqlTests {

    @Test
    void whenCaseIsIgnoredThenTheParameterTakesTheColumnsCollation() {
        assertThat(GeneratedSql.complete("WHERE UPPER(\"t\".\"c\") NOT LIKE UPPER(:c) AND \"t\".\"d\" = :d"))
                .isEqualTo("WHERE UPPER(\"t\".\"c\") NOT LIKE UPPER(CASE WHEN TRUE THEN :c ELSE \"t\".\"c\" END)"
                        + " AND \"t\".\"d\" = :d");
        assertThat(GeneratedSql.complete("UPPER(\"t\".\"c\") BETWEEN UPPER(:a) AND UPPER(:b)"))
                .isEqualTo("UPPER(\"t\".\"c\") BETWEEN UPPER(CASE WHEN TRUE THEN :a ELSE \"t\".\"c\" END)"
                        + " AND UPPER(CASE WHEN TRUE THEN :b ELSE \"t\".\"c\" END)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "WHERE \"t\".\"c\" = :c",
                "WHERE UPPER(c) = UPPER(:c)",
                "SELECT 'UPPER(\"t\".\"c\") = UPPER(:c)'",
                "SELECT 1 /* UPPER(\"t\".\"c\") = UPPER(:c) */"
            })
    void whenItWasWrittenByHandThenItStaysAsItIs(String sql) {
        assertThat(GeneratedSql.complete(sql)).isEqualTo(sql);
    }
}
