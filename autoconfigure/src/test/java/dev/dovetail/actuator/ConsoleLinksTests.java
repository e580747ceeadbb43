package dev.dovetail.actuator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where the page finds what it needs, wherever it was put. */
class ConsoleLinksTests {

    @ParameterizedTest
    @CsvSource({
        "/actuator/dovetailconsole, /actuator/dovetail, dovetailconsole/, dovetail",
        "/dovetailconsole, /dovetail, dovetailconsole/, dovetail",
        "/actuator/db, /actuator/dovetail, db/, dovetail",
        "/actuator/db/console, /actuator/dovetail, console/, ../dovetail",
        "/actuator/a/b/c, /actuator/a/d, c/, ../d",
        "/actuator/console, /actuator/db/data, console/, db/data",
        "/actuator//console, /actuator//data, console/, data",
        "/actuator/db/console, /actuator/dbs, console/, ../dbs",
        "/, /dovetail, '', dovetail"
    })
    void areRelativeToThePage(String page, String endpoint, String files, String data) {
        assertThat(ConsoleLinks.between(page, endpoint)).isEqualTo(new ConsoleLinks(files, data));
    }

    @Test
    void withoutAnyPathsTheyAreWhereTheyAlwaysAre() {
        assertThat(ConsoleLinks.of(null)).isEqualTo(new ConsoleLinks("dovetailconsole/", "dovetail"));
    }

    @Test
    void noPathEndsItsAttribute() {
        assertThat(new ConsoleLinks("a\"b&/", "c").in("<link href=\"${files}x.css\">${endpoint}"))
                .isEqualTo("<link href=\"a&quot;b&amp;/x.css\">c");
    }
}
