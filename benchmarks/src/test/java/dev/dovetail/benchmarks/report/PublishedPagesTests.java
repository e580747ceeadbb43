package dev.dovetail.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is published is what was measured and is kept. */
class PublishedPagesTests {

    private static final Path RESULTS = Path.of("results");

    private static final Pattern ABSOLUTE_PATH =
            Pattern.compile("(?<![\\w/<.])/\\w[^\"<\\s]*|\\b[A-Za-z]:\\\\[^\"<\\s]*");

    private static final Pattern NUMBER = Pattern.compile("\\d[\\d,.]*\\d");

    @ParameterizedTest
    @ValueSource(strings = {"../README.md", "../docs/performance.md"})
    void pagesAreWhatPublishWouldWrite(Path page) throws IOException {
        String text = Files.readString(page);
        assertThat(text)
                .as("Run: benchmarks/run publish README.md docs/performance.md")
                .isEqualTo(Publication.filled(text, RESULTS));
    }

    @Test
    void numbersOfTheReadmeThatAreWrittenByHandWereMeasured() throws IOException {
        String performance = Files.readString(Path.of("../README.md"))
                .replaceFirst("(?s)^.*\n## Performance\n", "")
                .replaceFirst("(?s)\n## .*$", "")
                .replaceAll("(?s)<!-- benchmark: .*?<!-- benchmark end -->", "");
        Set<String> measured = new HashSet<>();
        for (Path report : results(".md")) {
            measured.addAll(numbers(Files.readString(report)));
        }
        assertThat(measured).containsAll(numbers(performance));
    }

    @Test
    void noResultNamesADirectoryOfTheMachine() throws IOException {
        for (Path result : results("")) {
            assertThat(ABSOLUTE_PATH
                            .matcher(Files.readString(result))
                            .results()
                            .map(MatchResult::group)
                            .distinct())
                    .as(result.toString())
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"jvm\" : \"/usr/lib/jvm/bin/java\"}",
                "[\"-Xlog:gc:file=/tmp/gc.log\"]",
                "[\"-javaagent:/opt/a.jar\"]",
                "{\"jvm\" : \"C:\\\\jdk\\\\bin\\\\java.exe\"}"
            })
    void directoriesAreSeen(String json) {
        assertThat(ABSOLUTE_PATH.matcher(json).find()).isTrue();
    }

    private static List<Path> results(String end) throws IOException {
        try (Stream<Path> files = Files.list(RESULTS)) {
            List<Path> results =
                    files.filter(file -> file.toString().endsWith(end)).toList();
            assertThat(results).isNotEmpty();
            return results;
        }
    }

    private static List<String> numbers(String text) {
        return NUMBER.matcher(text)
                .results()
                .map(number -> number.group().replace(",", ""))
                .toList();
    }
}
