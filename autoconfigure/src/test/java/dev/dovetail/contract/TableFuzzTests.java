package dev.dovetail.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dovetail.engine.TableInfo;
import dev.dovetail.repository.table.Aggregate;
import dev.dovetail.repository.table.Condition;
import dev.dovetail.repository.table.TableOperations;
import dev.dovetail.schema.SchemaCatalog;
import java.util.ArrayList;
import java.util.LinkedHashSet;
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

    private static final List<String> CORES = List.of(
            "name; DROP TABLE victim",
            "name\"; DROP TABLE victim; --",
            "name' OR '1'='1",
            "\" OR 1=1 --",
            "' OR 1=1 --",
            "name) UNION SELECT * FROM victim --",
            "name/**/OR/**/1=1",
            "name -- ",
            "*",
            "count(*)",
            "victim.*",
            "victim\".\"name",
            "name\" = \"name",
            "1",
            "NULL",
            "rowid",
            "ctid",
            "oid",
            "sqlite_schema",
            "pg_catalog.pg_class",
            "(SELECT name FROM victim)",
            "name COLLATE NOCASE",
            "name DESC, id",
            "name,desc",
            "$$name$$",
            "E'\\047'",
            "{a,b}",
            "'{a}' #>> data",
            "$.name",
            "?",
            ":name",
            "#{name}",
            "${name}",
            "`name`",
            "[name]",
            "nаme",
            "ｎａｍｅ",
            "name\u200B",
            "\u202Ename",
            "name\0",
            "name\n",
            "\\",
            "%",
            "",
            " ",
            "\uD800",
            "😀".repeat(30));

    private static final List<String> AROUND = List.of("%s", "\"%s\"", "'%s'", "%s;", "x.%s", "%s\0", "victim.%s");

    TableFuzzTests(TestEngine engine) {
        super(engine);
    }

    private static Set<String> hostile() {
        Set<String> hostile = new LinkedHashSet<>();
        for (String around : AROUND) {
            CORES.forEach(core -> hostile.add(around.replace("%s", core)));
        }
        hostile.add("n".repeat(10_000));
        hostile.add("\"".repeat(10_000));
        hostile.add("a.".repeat(5_000));
        return hostile;
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
        Set<String> hostile = hostile();
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
        for (String name : CORES) {
            assertThatThrownBy(() -> table(name))
                    .isInstanceOf(InvalidDataAccessApiUsageException.class)
                    .hasMessageContaining("other, victim");
        }
    }

    @Test
    void whenPathsAreHostileThenTheyAreRefusedOrFindNothing() {
        List<Map<String, @Nullable Object>> before = table("victim").list();
        int refused = 0;
        for (String path : hostile()) {
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
        for (String value : hostile()) {
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
