package dev.dovetail.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublicationTests {

    private static final String PAGE = """
            before
            <!-- benchmark: load.md -->
            old
            <!-- benchmark end -->
            between
            <!-- benchmark: missing.md -->
            stays
            <!-- benchmark end -->
            """;

    @TempDir
    Path results;

    @Test
    void resultsReplaceWhatStoodThere() throws Exception {
        Files.writeString(results.resolve("load.md"), "| costs $1 \\ |\n");
        String page = Publication.filled(PAGE, results);
        assertThat(page)
                .contains("before\n<!-- benchmark: load.md -->\n\n| costs $1 \\ |\n\n<!-- benchmark end -->\nbetween");
        assertThat(page).doesNotContain("old").contains("stays");
        assertThat(Publication.filled(page, results)).isEqualTo(page);
    }

    @Test
    void whatFallsShortIsListedFromAllResults() throws Exception {
        String page = "<!-- benchmark: shortfalls -->\n<!-- benchmark end -->";
        assertThat(Publication.filled(page, results)).contains("None.");
        Files.writeString(results.resolve("load.json"), """
                {"targets": [{"promise": "reads ≥ 1.2", "measured": "1.10", "kept": false},
                             {"promise": "no error", "measured": "0", "kept": true}]}""");
        Files.writeString(results.resolve("jmh-summary.json"), """
                {"targets": [{"promise": "by id ≤ 0.7", "measured": "0.76", "kept": false}]}""");
        assertThat(Publication.filled(page, results)).isEqualTo("""
                <!-- benchmark: shortfalls -->

                * One call: by id ≤ 0.7: **0.76**
                * Many threads: reads ≥ 1.2: **1.10**

                <!-- benchmark end -->""");
    }
}
