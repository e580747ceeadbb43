package dev.dovetail.actuator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.core.io.Resource;

/** What the page is made of. How it works is seen in a browser, by the sample. */
class ConsoleEndpointTests {

    private final ConsoleEndpoint console = new ConsoleEndpoint(() -> null);

    private static String text(Resource resource) throws IOException {
        return resource.getContentAsString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource({
        "console.css, text/css",
        "console.js, text/javascript",
        "asking.js, text/javascript",
        "tables.js, text/javascript"
    })
    void itsFilesAreThere(String name, String type) throws IOException {
        WebEndpointResponse<Resource> file = console.file(name);
        assertThat(file.getStatus()).isEqualTo(200);
        assertThat(String.valueOf(file.getContentType())).isEqualTo(type + ";charset=UTF-8");
        assertThat(text(Objects.requireNonNull(file.getBody()))).isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"console.html", "../ConsoleEndpoint.class", "..%2Fx", "", "application.yml", "chart.js.map"})
    void nothingElseIs(String name) {
        assertThat(console.file(name).getStatus()).isEqualTo(404);
    }

    // Whoever leaves the library out gets a page with tables.
    @Test
    void withoutTheLibraryThereIsNone() {
        assertThat(console.file("chart.js").getStatus()).isEqualTo(404);
    }

    @Test
    void whatThePageNamesIsThereAndNothingIsFetchedFromElsewhere() throws IOException {
        String page = text(console.page());
        assertThat(page).doesNotContain("http://", "https://", "style=", "onclick=", "${");
        Matcher files = Pattern.compile("dovetailconsole/([\\w.]+)").matcher(page);
        int found = 0;
        while (files.find()) {
            assertThat(console.file(files.group(1)).getStatus()).isEqualTo(200);
            found++;
        }
        assertThat(found).isEqualTo(2);
        for (String script : new String[] {"console.js", "asking.js", "charts.js", "tables.js"}) {
            assertThat(text(Objects.requireNonNull(console.file(script).getBody())))
                    .as(script)
                    .doesNotContain(
                            "innerHTML", "insertAdjacentHTML", "document.write", "eval(", "http://", "https://");
        }
    }
}
