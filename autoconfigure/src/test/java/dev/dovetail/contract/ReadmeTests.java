package dev.dovetail.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.Database;
import dev.dovetail.repository.table.Aggregate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.data.annotation.Id;
import org.springframework.data.domain.Limit;
import org.springframework.data.domain.ScrollPosition;
import org.springframework.data.domain.Sort;
import org.springframework.data.domain.Window;
import org.springframework.data.jdbc.repository.config.EnableJdbcRepositories;
import org.springframework.data.repository.ListCrudRepository;

/** The lines of code in the README: they are those of this class, and do what they say. */
@EngineContract
class ReadmeTests {

    private static final Pattern CODE = Pattern.compile("(?s)```(sql|java)\n(.*?)```");

    private final TestEngine engine;

    ReadmeTests(TestEngine engine) {
        this.engine = engine;
    }

    record Badge(@Id @Nullable Long id, String name, int level, Instant awardedAt) {}

    interface Badges extends ListCrudRepository<Badge, Long> {
        Window<Badge> findByLevelGreaterThan(int level, ScrollPosition position, Sort sort, Limit limit);
    }

    @Test
    void whenTheReadmeHasCodeThenItIsTheCodeOfThisTest() throws Exception {
        String source = plain(Files.readString(Path.of("src/test/java/dev/dovetail/contract/ReadmeTests.java")));
        List<String> parts = CODE.matcher(Files.readString(Path.of("../README.md")))
                .results()
                .map((MatchResult code) -> code.group(2))
                .flatMap(code -> List.of(code.split("\n\n")).stream())
                .toList();

        assertThat(parts)
                .hasSizeGreaterThan(3)
                .allSatisfy(part -> assertThat(source).contains(plain(part)));
    }

    private static String plain(String code) {
        return code.replace("@Nullable", "").replaceAll("//.*", "").replaceAll("\\s", "");
    }

    @Test
    void whenItsLinesRunThenTheyDoWhatTheySay() {
        try (TestApplication application = TestApplication.withRepositories(engine, Repositories.class)) {
            application.define("""
                    CREATE TABLE badge (id ${identity}, name ${text} NOT NULL, level ${integer} NOT NULL,
                                        awarded_at ${timestamp} NOT NULL) ${strict};
                    """);
            Badges badges = application.bean(Badges.class);
            Database database = application.database();
            database.table("badge").insert(new Badge(null, "Apprentice", 0, Instant.EPOCH));

            Badge saved = badges.save(new Badge(null, "Joiner", 2, Instant.now()));
            Window<Badge> window =
                    badges.findByLevelGreaterThan(1, ScrollPosition.keyset(), Sort.by("awardedAt"), Limit.of(50));

            List<Badge> named = database.table("badge")
                    .where("name")
                    .startsWith("Joi")
                    .orderBy("level")
                    .as(Badge.class)
                    .list();
            List<Map<String, @Nullable Object>> levels = database.table("badge")
                    .groupBy("level")
                    .aggregate(Aggregate.count())
                    .list();
            database.table("badge").where("level").lt(1).delete();

            assertThat(saved.id()).isEqualTo(2);
            assertThat(window).extracting(Badge::name).containsExactly("Joiner");
            assertThat(window.hasNext()).isFalse();
            assertThat(named).isEqualTo(window.getContent());
            assertThat(levels)
                    .containsExactlyInAnyOrder(Map.of("level", 0L, "count", 1L), Map.of("level", 2L, "count", 1L));
            assertThat(badges.findAll()).isEqualTo(named);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableJdbcRepositories(
            considerNestedRepositories = true,
            includeFilters = @Filter(type = FilterType.ASSIGNABLE_TYPE, classes = Badges.class))
    static class Repositories {}
}
