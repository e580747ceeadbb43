package dev.dovetail.contract.repository;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.contract.SharedApplications;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import dev.dovetail.contract.repository.CollectionColumnTests.Mark;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.data.annotation.Id;
import org.springframework.data.jdbc.core.JdbcAggregateTemplate;
import org.springframework.data.relational.core.mapping.Table;

/** The database's own arrays hold collections of simple values, the same alone and with many others. */
class PostgresqlArrayColumnTests {

    private static final SharedApplications applications =
            SharedApplications.withTables(CollectionColumnTests.Repositories.class, """
            CREATE TABLE arrays (id ${identity}, words text[], numbers integer[], marks text[], cells varchar(9)[])""");

    private final TestApplication application = applications.on(TestEngine.POSTGRESQL);
    private final JdbcAggregateTemplate template = application.bean(JdbcAggregateTemplate.class);

    @AfterAll
    static void stop() {
        applications.close();
    }

    @SuppressWarnings("ArrayRecordComponent")
    @Table("arrays")
    record Arrays(
            @Id @Nullable Long id,
            @Nullable List<String> words,
            @Nullable Set<Integer> numbers,
            @Nullable List<Mark> marks,
            String @Nullable [] cells) {}

    @Test
    void arraysOfTheDatabaseAreTheSame() {
        for (int count : new int[] {1, 3, 150}) {
            application.template().update("DELETE FROM arrays");
            List<Arrays> all = IntStream.range(0, count)
                    .mapToObj(CollectionColumnTests::basket)
                    .map(each -> new Arrays(null, each.words(), each.numbers(), each.marks(), each.cells()))
                    .toList();
            template.insertAll(all);
            for (Arrays each : all) {
                template.save(each);
            }
            List<Arrays> found = template.findAll(Arrays.class).stream()
                    .sorted(Comparator.comparing(each -> Objects.requireNonNull(each.id())))
                    .toList();
            for (int i = 0; i < 2 * count; i++) {
                assertThat(found.get(i))
                        .usingRecursiveComparison()
                        .ignoringFields("id")
                        .isEqualTo(all.get(i % count));
            }
        }
    }
}
