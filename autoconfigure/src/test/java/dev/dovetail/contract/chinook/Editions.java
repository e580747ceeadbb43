package dev.dovetail.contract.chinook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.contract.TestEngine;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Both editions of Chinook, side by side. */
abstract class Editions {

    @TempDir
    static Path directory = Path.of("");

    private static List<Edition> editions = List.of();

    @BeforeAll
    static void open() throws Exception {
        editions = List.of(Edition.open(TestEngine.SQLITE, directory), Edition.open(TestEngine.POSTGRESQL, directory));
    }

    @AfterAll
    static void close() {
        editions.forEach(Edition::close);
    }

    static List<Edition> editions() {
        return editions;
    }

    /** What both answer alike: rows as {@link Values} has them. */
    static List<List<String>> both(Function<Edition, List<List<String>>> question) {
        List<List<List<String>>> answers = editions.stream().map(question).toList();
        assertThat(answers.get(0)).as("answer of SQLite").isEqualTo(answers.get(1));
        return answers.get(0);
    }

    /** Asserts that plain SQL gives this answer on both. */
    static void assertPlain(List<List<String>> answer, String sql, Object... values) {
        for (Edition edition : editions) {
            assertThat(answer).as("plain SQL on %s", edition).isEqualTo(edition.plain(sql, values));
        }
    }
}
