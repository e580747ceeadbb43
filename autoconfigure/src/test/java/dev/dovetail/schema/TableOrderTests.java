package dev.dovetail.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.engine.ColumnInfo;
import dev.dovetail.engine.ColumnType;
import dev.dovetail.engine.ForeignKeyInfo;
import dev.dovetail.engine.TableInfo;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** In which order rows of several tables can be inserted. */
class TableOrderTests {

    private final List<TableInfo> tables = new ArrayList<>();

    /** References are names of tables; those that may be NULL end with a question mark. */
    private void table(String name, String... references) {
        List<ColumnInfo> columns = new ArrayList<>();
        List<ForeignKeyInfo> keys = new ArrayList<>();
        for (String reference : references) {
            String parent = reference.replace("?", "");
            columns.add(new ColumnInfo(
                    parent + "_id",
                    ColumnType.of(ColumnType.Kind.INTEGER, "bigint"),
                    reference.endsWith("?"),
                    null,
                    false,
                    false));
            keys.add(new ForeignKeyInfo(null, List.of(parent + "_id"), parent, List.of("id"), "NO ACTION"));
        }
        tables.add(new TableInfo(null, name, false, columns, List.of("id"), keys, List.of()));
    }

    /** A group is named by its tables, with a plus sign between them. */
    private List<String> order(String... groups) {
        Schema schema = new Schema(tables);
        Map<String, List<TableInfo>> grouped = new LinkedHashMap<>();
        for (String group : groups) {
            grouped.put(
                    group,
                    List.of(group.split("\\+")).stream()
                            .map(name -> schema.find(name).orElseThrow())
                            .toList());
        }
        return TableOrder.of(schema, grouped);
    }

    @Test
    void whatIsReferredToComesFirst() {
        table("chapter", "volume");
        table("volume", "publisher");
        table("publisher");

        assertThat(order("chapter", "volume", "publisher")).containsExactly("publisher", "volume", "chapter");
    }

    @Test
    void whatHasNothingToDoWithEachOtherStaysAsItIs() {
        table("b");
        table("a");
        table("c");

        assertThat(order("c", "a", "b")).containsExactly("c", "a", "b");
        assertThat(order()).isEmpty();
    }

    @Test
    void anyTableOfAGroupRefersForAllOfIt() {
        table("basket");
        table("line", "basket", "product");
        table("product");

        assertThat(order("basket+line", "product")).containsExactly("product", "basket+line");
    }

    @Test
    void aReferenceThroughATableOfNoGroupCounts() {
        table("order", "contract");
        table("contract", "customer");
        table("customer");

        assertThat(order("order", "customer")).containsExactly("customer", "order");
    }

    @Test
    void aTableMayReferToItself() {
        table("employee", "employee", "department?");
        table("department");

        assertThat(order("employee", "department")).containsExactly("department", "employee");
    }

    @Test
    void aCircleIsCutWhereAReferenceMayBeNull() {
        table("department", "employee?");
        table("employee", "department");

        assertThat(order("department", "employee")).containsExactly("department", "employee");
        assertThat(order("employee", "department")).containsExactly("department", "employee");
    }

    @Test
    void aCircleOfThreeIsCutOnce() {
        table("a", "b?");
        table("b", "c?");
        table("c", "a");

        assertThat(order("c", "b", "a")).containsExactly("b", "a", "c");
    }

    @Test
    void whatRefersIntoACircleComesBehindIt() {
        table("guest", "a?", "b?");
        table("a", "b");
        table("b", "a", "host");
        table("host");

        assertThat(order("guest", "a", "b", "host")).containsExactly("host", "a", "b", "guest");
    }

    @Test
    void aReferenceToATableThatIsNotThereIsIgnored() {
        table("a", "gone");

        assertThat(order("a")).containsExactly("a");
    }

    @Test
    void anyOrderOfAnyTablesWithoutACircleIsRight() {
        Random random = new Random(42);
        for (int round = 0; round < 50; round++) {
            tables.clear();
            int size = 2 + random.nextInt(12);
            for (int i = 0; i < size; i++) {
                int own = i;
                table(
                        "t" + i,
                        IntStream.range(0, own)
                                .filter(j -> random.nextInt(3) == 0)
                                .mapToObj(j -> "t" + j + (random.nextBoolean() ? "?" : ""))
                                .toArray(String[]::new));
            }
            List<String> names =
                    new ArrayList<>(tables.stream().map(TableInfo::name).toList());
            Collections.shuffle(names, random);
            Collections.shuffle(tables, random);

            List<String> ordered = order(names.toArray(String[]::new));

            assertThat(ordered).containsExactlyInAnyOrderElementsOf(names);
            for (TableInfo table : tables) {
                table.foreignKeys()
                        .forEach(key -> assertThat(ordered.indexOf(key.referencedTable()))
                                .isLessThan(ordered.indexOf(table.name())));
            }
        }
    }
}
