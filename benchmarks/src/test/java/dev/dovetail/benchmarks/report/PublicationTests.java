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
}
