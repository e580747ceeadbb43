package dev.dovetail.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dovetail.engine.QueryPlan;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.dao.TypeMismatchDataAccessException;

/** Conditions on values in JSON, and what the database says of how it reads. */
class TableJsonTests extends TableContract {

    TableJsonTests(TestEngine engine) {
        super(engine);
    }

    @BeforeEach
    void insertDocuments() {
        define(List.of("doc"), """
                CREATE TABLE doc (id ${identity}, title ${text} NOT NULL, data ${json}) ${strict}""");
        List<String> documents = List.of(
                "{\"a\": {\"b\": [{\"c\": \"x\"}, {\"c\": \"Y\"}]}, \"n\": 10, \"t\": true}",
                "{\"a\": {\"b\": [{\"c\": \"x'; --\"}]}, \"n\": 9.50, \"t\": false}",
                "{\"a\": {\"b\": []}, \"n\": \"10\", \"t\": \"true\", \"größe-1\": \"\\u0041\"}",
                "{\"a\": null, \"n\": -9007199254740993, \"t\": null}",
                "[1, 2, {\"c\": 3}]");
        for (int i = 0; i < documents.size(); i++) {
            table("doc").insert(Map.of("title", "t" + i, "data", documents.get(i)));
        }
        table("doc").insert(Map.of("title", "none"));
    }

    private List<Object> withText(String path, Object value) {
        return ids(table("doc").where("data").json(path).is(value).orderBy("id").list());
    }

    @Test
    void whenValuesInDocumentsAreComparedThenAsText() {
        assertThat(withText("a.b[0].c", "x")).containsExactly(1L);
        assertThat(withText("a.b[1].c", "Y")).containsExactly(1L);
        assertThat(withText("a.b[0].c", "x'; --")).containsExactly(2L);
        assertThat(withText("n", 10)).containsExactly(1L, 3L);
        assertThat(withText("n", "10")).containsExactly(1L, 3L);
        assertThat(withText("n", new BigDecimal("9.50"))).containsExactly(2L);
        assertThat(withText("n", -9007199254740993L)).containsExactly(4L);
        assertThat(withText("t", true)).containsExactly(1L, 3L);
        assertThat(withText("t", false)).containsExactly(2L);
        assertThat(withText("größe-1", "A")).containsExactly(3L);
        assertThat(withText("[2].c", 3)).containsExactly(5L);
        assertThat(withText("[0]", 1)).containsExactly(5L);
    }

    @Test
    void whenThereIsNothingOrNullThenThereIsNoValue() {
        assertThat(ids(table("doc")
                        .where("data")
                        .json("t")
                        .isNull()
                        .orderBy("id")
                        .list()))
                .containsExactly(4L, 5L, 6L);
        assertThat(ids(table("doc")
                        .where("data")
                        .json("a.b[0].c")
                        .isNotNull()
                        .orderBy("id")
                        .list()))
                .containsExactly(1L, 2L);
        assertThat(ids(table("doc")
                        .where("data")
                        .json("t")
                        .isNot("true")
                        .orderBy("id")
                        .list()))
                .containsExactly(2L);
    }

    @Test
    void whenMatchedOrInAListThenAsText() {
        assertThat(ids(table("doc")
                        .where("data")
                        .json("a.b[0].c")
                        .startsWith("x")
                        .orderBy("id")
                        .list()))
                .containsExactly(1L, 2L);
        assertThat(ids(table("doc")
                        .where("data")
                        .json("a.b[1].c")
                        .ignoreCase()
                        .is("y")
                        .list()))
                .containsExactly(1L);
        assertThat(ids(table("doc")
                        .where("data")
                        .json("n")
                        .in(10, new BigDecimal("9.50"))
                        .orderBy("id")
                        .list()))
                .containsExactly(1L, 2L, 3L);
        assertThat(ids(table("doc")
                        .where("data")
                        .json("n")
                        .gt("1")
                        .orderBy("id")
                        .list()))
                .containsExactly(1L, 2L, 3L);
    }

    @Test
    void whenItCannotMeanTheSameThenItIsRefused() {
        assertThatThrownBy(() -> table("doc").where("data").is("{}"))
                .isInstanceOf(InvalidDataAccessApiUsageException.class)
                .hasMessageContaining("json(path)");
        assertThatThrownBy(() -> table("doc").orderBy("data"))
                .isInstanceOf(InvalidDataAccessApiUsageException.class)
                .hasMessageContaining("\"data\" of table \"doc\"");
        assertThatThrownBy(() -> table("doc").where("title").json("a").is("x"))
                .isInstanceOf(InvalidDataAccessApiUsageException.class)
                .hasMessageContaining("not JSON");
        assertThatThrownBy(() -> table("doc").where("data").json("n").gt(9))
                .isInstanceOf(InvalidDataAccessApiUsageException.class)
                .hasMessageContaining("as text");
        assertThatThrownBy(() -> table("doc").where("data").json("n").is(9.5))
                .isInstanceOf(TypeMismatchDataAccessException.class)
                .hasMessageContaining("\"data\" of table \"doc\"");
        for (String path : List.of(
                "", ".", "a.", ".a", "a..b", "a[", "a[]", "a[-1]", "a[x]", "a b", "a'b", "a\"b", "$.a", "a[0]b", "0")) {
            assertThatThrownBy(() -> table("doc").where("data").json(path))
                    .as(path)
                    .isInstanceOf(InvalidDataAccessApiUsageException.class)
                    .hasMessageContaining("\"data\"");
        }
    }

    @Test
    void whenThereIsAnIndexOverTheExpressionThenItIsUsed() {
        fill();
        assertThat(table("doc").where("data").json("k.v").is("v4321").explain().fullScan())
                .isTrue();

        application
                .template()
                .execute("CREATE INDEX doc_k ON doc (%s)".formatted(table("doc").jsonExpression("data", "k.v")));
        application.template().execute("ANALYZE doc");

        QueryPlan plan = table("doc").where("data").json("k.v").is("v4321").explain();
        assertThat(plan.indexes()).as(plan.raw()).containsExactly("doc_k");
        assertThat(plan.fullScan()).isFalse();
        assertThat(table("doc").where("data").json("k.v").is("v4321").count()).isEqualTo(1);
    }

    @Test
    void whenThereIsAnIndexThenConditionsOrdersAndWindowsUseIt() {
        fill();
        QueryPlan without = table("doc").where("title").is("t77").explain();
        assertThat(without.fullScan()).isTrue();
        assertThat(without.indexes()).isEmpty();
        assertThat(without.raw()).isNotBlank();

        application.template().execute("CREATE INDEX \"doc \"\"title\" ON doc (title)");
        application.template().execute("ANALYZE doc");

        assertThat(table("doc").where("title").is("t77").explain())
                .satisfies(plan -> assertThat(plan.fullScan()).isFalse())
                .satisfies(plan -> assertThat(plan.indexes()).containsExactly("doc \"title"));
        assertThat(table("doc").orderBy("title").limit(5).explain().indexes()).containsExactly("doc \"title");
        assertThat(table("doc").where("title").startsWith("t77").explain().indexes())
                .containsExactly("doc \"title");
    }

    @Test
    void whenAValueLooksLikeAPlanThenItIsNone() {
        QueryPlan plan = table("doc")
                .where("id")
                .is(1)
                .where("title")
                .is("\"Node Type\": \"Seq Scan\"\nSCAN doc \"Index Name\": \"fake\"")
                .explain();
        assertThat(plan.indexes()).doesNotContain("fake");
    }

    private void fill() {
        table("doc")
                .insertAll(IntStream.range(0, 5000)
                        .mapToObj(i -> Map.of("title", "t" + i, "data", "{\"k\": {\"v\": \"v" + i + "\"}}")));
        application.template().execute("ANALYZE doc");
    }
}
