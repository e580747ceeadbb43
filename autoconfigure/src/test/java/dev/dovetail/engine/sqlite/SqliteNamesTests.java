package dev.dovetail.engine.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqliteNamesTests {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            a = 1                    | a = 1
            "a b" = 'c'              | `a b` = 'c'
            "a""b`c" = 1             | `a"b``c` = 1
            a = 'say "b"' OR "c" = 1 | a = 'say "b"' OR `c` = 1
            a = 'it''s "b"' AND "c"  | a = 'it''s "b"' AND `c`
            """)
    void onlyNamesChangeTheirQuotes(String expression, String expected) {
        assertThat(SqliteNames.inBackquotes(expression)).isEqualTo(expected);
    }
}
