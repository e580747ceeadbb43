package dev.dovetail.contract.repository;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.contract.EngineContract;
import dev.dovetail.contract.SharedApplications;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.data.annotation.Id;
import org.springframework.data.jdbc.core.JdbcAggregateTemplate;
import org.springframework.data.jdbc.repository.config.EnableJdbcRepositories;
import org.springframework.data.relational.core.mapping.Table;

/** Collections of simple values in one column are stored the same alone and with many others. */
@EngineContract
class CollectionColumnTests {

    private static final SharedApplications applications = SharedApplications.withTables(Repositories.class, """
            CREATE TABLE basket (id ${identity}, words ${json}, numbers ${json}, marks ${json}, cells ${json})${strict};
            CREATE TABLE given (id ${bigint} PRIMARY KEY, words ${json})${strict}""");

    private final TestApplication application;
    private final JdbcAggregateTemplate template;

    CollectionColumnTests(TestEngine engine) {
        application = applications.on(engine);
        template = application.bean(JdbcAggregateTemplate.class);
        application.template().update("DELETE FROM basket");
        application.template().update("DELETE FROM given");
    }

    @AfterAll
    static void stop() {
        applications.close();
    }

    // Without repositories: entities of the template.
    @Configuration(proxyBeanMethods = false)
    @EnableJdbcRepositories(
            includeFilters = @Filter(type = FilterType.ASSIGNABLE_TYPE, classes = Repositories.class),
            excludeFilters = @Filter(type = FilterType.REGEX, pattern = ".*"))
    static class Repositories {}

    enum Mark {
        GOOD,
        BAD
    }

    @SuppressWarnings("ArrayRecordComponent")
    @Table("basket")
    record Basket(
            @Id @Nullable Long id,
            @Nullable List<String> words,
            @Nullable Set<Integer> numbers,
            @Nullable List<Mark> marks,
            String @Nullable [] cells) {}

    @Table("given")
    record Given(@Id long id, @Nullable List<String> words) {}

    static Basket basket(int i) {
        return i % 4 == 0
                ? new Basket(null, null, null, null, null)
                : i % 4 == 1
                        ? new Basket(null, List.of(), Set.of(), List.of(), new String[0])
                        : new Basket(
                                null,
                                List.of("a\"{,}\\" + i, "null"),
                                Set.of(i, -1),
                                List.of(Mark.BAD, Mark.GOOD),
                                new String[] {"x", ""});
    }

    private void assertStored(List<Basket> saved, List<Basket> expected) {
        for (int i = 0; i < saved.size(); i++) {
            assertThat(template.findById(Objects.requireNonNull(saved.get(i).id()), Basket.class))
                    .usingRecursiveComparison()
                    .ignoringFields("id")
                    .isEqualTo(expected.get(i));
        }
        assertThat(template.findAll(Basket.class)).hasSize(saved.size());
    }

    @Test
    void oneByOneAndTogetherTheyAreTheSame() {
        for (int count : new int[] {1, 3, 150}) {
            application.template().update("DELETE FROM basket");
            List<Basket> all = IntStream.range(0, count)
                    .mapToObj(CollectionColumnTests::basket)
                    .toList();
            assertStored(template.insertAll(all), all);
            application.template().update("DELETE FROM basket");
            assertStored(all.stream().map(template::save).toList(), all);
        }
    }

    @Test
    void withIdsOfTheirOwnTheyAreTheSame() {
        List<Given> all = IntStream.range(1, 121)
                .mapToObj(i -> new Given(i, i % 2 == 0 ? null : List.of("w" + i)))
                .toList();
        template.insertAll(all);
        assertThat(template.findAll(Given.class)).containsExactlyInAnyOrderElementsOf(all);
        template.save(new Given(1, List.of("other")));
        assertThat(template.findById(1L, Given.class)).isEqualTo(new Given(1, List.of("other")));
        assertThat(application.database().table("given").count()).isEqualTo(120);
    }
}
