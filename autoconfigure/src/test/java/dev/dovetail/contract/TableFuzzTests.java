package dev.dovetail.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dovetail.engine.TableInfo;
import dev.dovetail.repository.table.Aggregate;
import dev.dovetail.repository.table.Condition;
import dev.dovetail.repository.table.TableOperations;
import dev.dovetail.schema.SchemaCatalog;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.dao.TypeMismatchDataAccessException;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.ScrollPosition;
import org.springframework.data.domain.Sort;

/** Hostile names, sorts, paths and values: a clear error or nothing found, and everything is as it was. */
class TableFuzzTests extends TableContract {

    TableFuzzTests(TestEngine engine) {
        super(engine);
    }

    @BeforeEach
    void createTables() {
        define(List.of("other", "victim"), """
                CREATE TABLE victim (id ${identity}, name ${text}, data ${json}) ${strict};
                CREATE TABLE other (id ${identity}, victim ${bigint} REFERENCES victim (id)) ${strict}""");
        table("victim")
                .insertAll(List.of(Map.of("name", "one", "data", "{\"a\": 1}"), Map.of("name", "two", "data", "{}")));
    }

    private static List<Consumer<String>> uses(TableOperations table, Consumer<String> byName) {
        return List.of(
                byName,
                name -> table.where(name),
                name -> table.where(Condition.column(name).is("x")),
                name -> table.orderBy(name),
                name -> table.page(PageRequest.of(0, 10, Sort.by(name + "x"))),
                name -> table.orderBy(Sort.by(name + "x").descending()),
                name -> table.select(name),
                name -> table.join(name),
                name -> table.join("other", name),
                name -> table.groupBy(name),
                name -> table.groupBy("id").aggregate(Aggregate.max(name)),
                name -> table.groupBy("id").having(Aggregate.sum(name)).gt(1),
                name -> table.sum(name),
                name -> table.insert(Map.of(name, "x")),
                name -> table.insertAll(List.of(Map.of(name, "x"))),
                name -> table.upsert(Map.of("id", 1, "name", "x"), name),
                name -> table.all().update(Map.of(name, "x")),
                name -> table.jsonExpression(name, "a"),
                name -> table.limit(1).window(ScrollPosition.forward(Map.of(name, 1))));
    }

    @Test
    void whenNamesAreHostileThenEachIsRefusedAndNothingChanges() {
        List<Map<String, @Nullable Object>> before = table("victim").list();
        List<TableInfo> schema = application.bean(SchemaCatalog.class).refresh().tables();
        Set<String> hostile = HostileTexts.all();
        for (Consumer<String> use : uses(table("victim"), name -> known(name))) {
            for (String name : hostile) {
                assertThatThrownBy(() -> use.accept(name))
                        .as(name)
                        .isInstanceOf(InvalidDataAccessApiUsageException.class)
                        .satisfies(error -> assertThat(
                                        String.valueOf(error.getMessage()).length())
                                .isLessThan(2000));
            }
        }
        assertThat(hostile).hasSizeGreaterThan(200);
        assertThat(table("victim").list()).isEqualTo(before);
        assertThat(application.bean(SchemaCatalog.class).refresh().tables()).isEqualTo(schema);
    }

    // Looking an unknown table up in the database reads the schema anew each time; the names are looked up alike.
    private void known(String name) {
        if (application.bean(SchemaCatalog.class).current().find(name).isEmpty()) {
            throw new InvalidDataAccessApiUsageException("unknown");
        }
    }

    @Test
    void whenTableNamesAreHostileThenTheErrorListsTheTables() {
        for (String name : HostileTexts.CORES) {
            assertThatThrownBy(() -> table(name))
                    .isInstanceOf(InvalidDataAccessApiUsageException.class)
                    .hasMessageContaining("other, victim");
        }
    }

    @Test
    void whenPathsAreHostileThenTheyAreRefusedOrFindNothing() {
        List<Map<String, @Nullable Object>> before = table("victim").list();
        int refused = 0;
        for (String path : HostileTexts.all()) {
            try {
                assertThat(table("victim").where("data").json(path).isNotNull().list())
                        .isEmpty();
            } catch (InvalidDataAccessApiUsageException e) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(250);
        assertThat(table("victim").list()).isEqualTo(before);
    }

    @Test
    void whenValuesAreHostileThenTheyAreValues() {
        int stored = 0;
        List<String> refused = new ArrayList<>();
        for (String value : HostileTexts.all()) {
            TableOperations same = table("victim").where("name").is("");
            assertThat(same.count()).isZero();
            try {
                assertThat(table("victim").where("name").is(value).list()).isEmpty();
                assertThat(table("victim")
                                .where("name")
                                .contains(value)
                                .where("id")
                                .gt(2)
                                .list())
                        .isEmpty();
                assertThat(table("victim").where("data").json("a").is(value).count())
                        .isEqualTo(value.equals("1") ? 1 : 0);
                Object id = java.util.Objects.requireNonNull(
                        table("victim").insert(Map.of("name", value)).get("id"));
                assertThat(table("victim").where("name").is(value).list())
                        .singleElement()
                        .satisfies(row -> assertThat(row.get("name")).isEqualTo(value));
                assertThat(ids(table("victim")
                                .where("name")
                                .contains(value)
                                .where("id")
                                .gt(2)
                                .list()))
                        .containsExactly(id);
                assertThat(table("victim").where("id").is(id).delete()).isEqualTo(1);
                stored++;
            } catch (TypeMismatchDataAccessException e) {
                refused.add(value);
            }
        }
        assertThat(refused).isNotEmpty().allMatch(value -> value.contains("\0") || value.contains("\uD800"));
        assertThat(stored).isGreaterThan(200);
        assertThat(ids(table("victim").list())).containsExactly(1L, 2L);
    }
}
