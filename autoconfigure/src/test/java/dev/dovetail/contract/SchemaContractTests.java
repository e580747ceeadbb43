package dev.dovetail.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.dovetail.engine.ColumnInfo;
import dev.dovetail.engine.ColumnType.Kind;
import dev.dovetail.engine.ForeignKeyInfo;
import dev.dovetail.engine.IndexInfo;
import dev.dovetail.engine.IndexPart;
import dev.dovetail.engine.IndexPart.Finds;
import dev.dovetail.engine.TableInfo;
import dev.dovetail.schema.Schema;
import dev.dovetail.schema.SchemaCatalog;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One script, and both engines describe the same tables. */
@EngineContract
class SchemaContractTests {

    private static final Map<String, Kind> KINDS = Map.ofEntries(
            Map.entry("uuid", Kind.UUID),
            Map.entry("text", Kind.TEXT),
            Map.entry("boolean", Kind.BOOLEAN),
            Map.entry("integer", Kind.INTEGER),
            Map.entry("bigint", Kind.INTEGER),
            Map.entry("double", Kind.DOUBLE),
            Map.entry("timestamp", Kind.TIMESTAMP),
            Map.entry("datetime", Kind.DATETIME),
            Map.entry("date", Kind.DATE),
            Map.entry("time", Kind.TIME),
            Map.entry("json", Kind.JSON),
            Map.entry("blob", Kind.BINARY));

    private final TestEngine engine;
    private TestApplication application;

    SchemaContractTests(TestEngine engine) {
        this.engine = engine;
    }

    @BeforeEach
    void start() {
        application = TestApplication.on(engine);
    }

    @AfterEach
    void stop() {
        application.close();
    }

    private TableInfo table(String name) {
        return application.bean(SchemaCatalog.class).refresh().find(name).orElseThrow();
    }

    private ColumnInfo column(String table, String column) {
        return table(table).column(column).orElseThrow();
    }

    private List<String> tables() {
        return application.bean(SchemaCatalog.class).refresh().tables().stream()
                .map(TableInfo::name)
                .toList();
    }

    @Test
    void whenNothingIsThereThenThereAreNoTables() {
        assertThat(tables()).isEmpty();
    }

    @Test
    void whenEveryPortableWordIsUsedThenEachColumnHoldsWhatItSays() {
        application.define("CREATE TABLE every (id ${identity}, "
                + KINDS.keySet().stream()
                        .map(word -> "a_%s ${%s}, n_%s ${%s} NOT NULL".formatted(word, word, word, word))
                        .collect(Collectors.joining(", "))
                + ") ${strict}");

        assertThat(column("every", "id"))
                .returns(Kind.INTEGER, column -> column.type().kind())
                .returns(true, ColumnInfo::identity)
                .returns(false, ColumnInfo::nullable);
        KINDS.forEach((word, kind) -> {
            assertThat(column("every", "a_" + word))
                    .returns(kind, column -> column.type().kind())
                    .returns(true, ColumnInfo::nullable)
                    .returns(false, ColumnInfo::identity)
                    .returns(false, ColumnInfo::generated);
            assertThat(column("every", "n_" + word))
                    .returns(kind, column -> column.type().kind())
                    .returns(false, ColumnInfo::nullable);
        });
        assertThat(table("every").view()).isFalse();
        assertThat(table("every").primaryKey()).containsExactly("id");
    }

    @Test
    void whenAColumnIsDecimalThenItsDigitsAreKnown() {
        List<String> digits = List.of("1_0", "1_1", "10_2", "18_6", "19_4", "38_0", "38_38");
        application.define("CREATE TABLE money ("
                + digits.stream()
                        .map(each -> "d_%s ${decimal_%s}".formatted(each, each))
                        .collect(Collectors.joining(", "))
                + ") ${strict}");

        assertThat(table("money").columns())
                .extracting(ColumnInfo::type)
                .allMatch(type -> type.kind() == Kind.DECIMAL)
                .extracting(type -> type.precision() + "_" + type.scale())
                .containsExactlyElementsOf(digits);
    }

    @Test
    void whenAColumnIsAddedLaterThenItIsKnownByItsWord() {
        application.define("""
                CREATE TABLE grown (id ${identity}, name ${text} NOT NULL, CHECK (name <> 'a, b TEXT /* uuid */')) ${strict};
                ALTER TABLE grown ADD COLUMN price ${decimal_10_2};
                ALTER TABLE grown ADD COLUMN token ${uuid} ;
                ALTER TABLE grown ADD COLUMN since ${timestamp} NOT NULL DEFAULT 0;
                ALTER TABLE grown RENAME COLUMN token TO "the token"
                """.replace("DEFAULT 0", engine == TestEngine.SQLITE ? "DEFAULT 0" : "DEFAULT 'epoch'"));

        assertThat(table("grown").columns())
                .extracting(ColumnInfo::name, column -> column.type().kind())
                .containsExactly(
                        tuple("id", Kind.INTEGER),
                        tuple("name", Kind.TEXT),
                        tuple("price", Kind.DECIMAL),
                        tuple("the token", Kind.UUID),
                        tuple("since", Kind.TIMESTAMP));
        assertThat(column("grown", "since").defaultValue()).isNotNull();
    }

    @Test
    void whenAKeyHasSeveralColumnsThenTheyComeInItsOrder() {
        application.define("""
                CREATE TABLE region (country ${text} NOT NULL, code ${text} NOT NULL, name ${text},
                    PRIMARY KEY (code, country)) ${strict};
                CREATE TABLE town (id ${identity}, nation ${text}, area ${text},
                    CONSTRAINT town_region FOREIGN KEY (area, nation) REFERENCES region ON DELETE SET NULL) ${strict}
                """);

        assertThat(table("region").primaryKey()).containsExactly("code", "country");
        assertThat(table("town").foreignKeys())
                .containsExactly(new ForeignKeyInfo(
                        "town_region", List.of("area", "nation"), "region", List.of("code", "country"), "SET NULL"));
    }

    @Test
    void whenATableRefersToItselfAndToOthersThenEachReferenceIsKnown() {
        application.define("""
                CREATE TABLE parent (id ${identity}, code ${text} NOT NULL UNIQUE) ${strict};
                CREATE TABLE node (
                    id ${identity},
                    above ${bigint} CONSTRAINT node_above REFERENCES node ON DELETE CASCADE,
                    code ${text} NOT NULL CONSTRAINT node_code REFERENCES parent (code) ON DELETE RESTRICT,
                    parent_id ${bigint},
                    CONSTRAINT node_parent FOREIGN KEY (parent_id) REFERENCES parent (id)) ${strict}
                """);

        assertThat(table("node").foreignKeys())
                .containsExactlyInAnyOrder(
                        new ForeignKeyInfo("node_above", List.of("above"), "node", List.of("id"), "CASCADE"),
                        new ForeignKeyInfo("node_code", List.of("code"), "parent", List.of("code"), "RESTRICT"),
                        new ForeignKeyInfo("node_parent", List.of("parent_id"), "parent", List.of("id"), "NO ACTION"));
    }

    @Test
    void whenThereAreIndexesThenColumnsExpressionsAndConditionsAreKnown() {
        application.define("""
                CREATE TABLE item (id ${identity}, email ${text} NOT NULL UNIQUE, a ${bigint}, b ${bigint}, "De sc" ${text},
                    UNIQUE (b, a)) ${strict};
                CREATE INDEX item_b ON item (b DESC, a);
                CREATE UNIQUE INDEX item_lower ON item (lower("De sc") DESC, a) WHERE b > 3;
                CREATE INDEX item_sum ON item ((a + b))
                """);

        List<IndexInfo> indexes = table("item").indexes();

        assertThat(indexes)
                .filteredOn(IndexInfo::unique)
                .extracting(IndexInfo::columns)
                .contains(List.of("email"), List.of("b", "a"));
        assertThat(indexes)
                .filteredOn(index -> index.name().equals("item_b"))
                .singleElement()
                .isEqualTo(new IndexInfo(
                        "item_b",
                        List.of("b", "a"),
                        false,
                        null,
                        List.of(new IndexPart(Finds.ALL, true), new IndexPart(Finds.ALL, false))));
        assertThat(indexes)
                .filteredOn(index -> index.name().equals("item_lower"))
                .singleElement()
                .returns(List.of("lower(\"De sc\")", "a"), IndexInfo::columns)
                .returns("b > 3", IndexInfo::condition)
                .returns(List.of(new IndexPart(Finds.NONE, true), new IndexPart(Finds.ALL, false)), IndexInfo::parts)
                .returns(true, IndexInfo::unique);
        assertThat(indexes)
                .filteredOn(index -> index.name().equals("item_sum"))
                .singleElement()
                .satisfies(index ->
                        assertThat(index.columns()).singleElement().asString().contains("a + b"));
    }

    @Test
    void whenNamesAreHostileThenTheyAreAsSpelt() {
        List<String> names = List.of(
                "a b", "select", "a.b", "it's", "a\"b", "a`b", "[a]", "a]b", "ÇöĞışİ", "日本語", "😀", "a,b", "a(b", "a)b",
                "--", "/* x */", "Mixed", "1st", "a\tb", "%_", "\\", "primary");

        names.forEach(this::createWithHostileNames);

        Schema schema = application.bean(SchemaCatalog.class).refresh();
        assertThat(schema.tables()).hasSize(names.size());
        assertThat(names).allSatisfy(name -> checkHostileNames(schema, name));
    }

    private void createWithHostileNames(String name) {
        String quoted = '"' + name.replace("\"", "\"\"") + '"';
        application.define("""
                CREATE TABLE # (# ${identity}, "other #" ${bigint} CONSTRAINT "fk #" REFERENCES #, d ${decimal_10_2}) ${strict};
                CREATE INDEX "ix #" ON # ("other #", d)
                """.replace("\"other #\"", '"' + "other " + quoted.substring(1))
                .replace("\"fk #\"", '"' + "fk " + quoted.substring(1))
                .replace("\"ix #\"", '"' + "ix " + quoted.substring(1))
                .replace("#", quoted));
    }

    private static void checkHostileNames(Schema schema, String name) {
        TableInfo table = schema.find(name).orElseThrow();

        assertThat(table.name()).isEqualTo(name);
        assertThat(table.primaryKey()).containsExactly(name);
        assertThat(table.columns()).extracting(ColumnInfo::name).containsExactly(name, "other " + name, "d");
        assertThat(table.column("d").orElseThrow().type().kind()).isEqualTo(Kind.DECIMAL);
        assertThat(table.column(name).orElseThrow().identity()).isTrue();
        assertThat(table.foreignKeys())
                .containsExactly(
                        new ForeignKeyInfo("fk " + name, List.of("other " + name), name, List.of(name), "NO ACTION"));
        assertThat(table.indexes()).contains(new IndexInfo("ix " + name, List.of("other " + name, "d"), false, null));
    }

    @Test
    void whenTheScriptHasCommentsAndTextsLikeColumnsThenOnlyColumnsAreColumns() {
        application.define("""
                CREATE TABLE commented ( -- id TEXT, x
                    id ${identity}, /* boolean */
                    -- gone ${uuid},
                    "a, b" ${text} DEFAULT 'x, y ${uuid} (' NOT NULL /* uuid */,
                    note ${text} /* what people say */,
                    cents ${bigint} /* in 1/100 */ NOT NULL,
                    flag ${boolean} /* whether */ CHECK (flag IN (${true}, ${false})),
                    price /* what it costs */ ${decimal_10_2} CHECK (price >= 0 /* date */),
                    CONSTRAINT "c, d" CHECK ("a, b" <> '/* json */') -- )
                    , CHECK (note <> ') STRICT, z ${date}')
                ) ${strict}
                """.replace("${true}", engine == TestEngine.SQLITE ? "1" : "true")
                .replace("${false}", engine == TestEngine.SQLITE ? "0" : "false"));

        assertThat(table("commented").columns())
                .extracting(ColumnInfo::name, column -> column.type().kind())
                .containsExactly(
                        tuple("id", Kind.INTEGER),
                        tuple("a, b", Kind.TEXT),
                        tuple("note", Kind.TEXT),
                        tuple("cents", Kind.INTEGER),
                        tuple("flag", Kind.BOOLEAN),
                        tuple("price", Kind.DECIMAL));
    }

    @Test
    void whenAColumnIsComputedThenItIsGenerated() {
        application.define("""
                CREATE TABLE square (side ${bigint} NOT NULL DEFAULT 7, area ${bigint} GENERATED ALWAYS AS (side * side) STORED)
                ${strict}
                """);

        assertThat(column("square", "side"))
                .returns(false, ColumnInfo::generated)
                .returns("7", ColumnInfo::defaultValue);
        assertThat(column("square", "area"))
                .returns(true, ColumnInfo::generated)
                .returns(null, ColumnInfo::defaultValue)
                .returns(Kind.INTEGER, column -> column.type().kind());
    }

    @Test
    void whenThereAreViewsThenTheirColumnsHoldWhatThoseOfTheTableHold() {
        application.define("""
                CREATE TABLE base (id ${identity}, name ${text} NOT NULL, price ${decimal_10_2}, token ${uuid}) ${strict};
                CREATE TABLE more (id ${identity}, base_id ${bigint} REFERENCES base, since ${timestamp}) ${strict};
                CREATE VIEW seen AS SELECT b.id, b.price, name AS called, token, since
                    FROM base b LEFT JOIN more m ON m.base_id = b.id WHERE b.price > 3 ORDER BY price;
                CREATE VIEW "seen again" AS SELECT token, price FROM seen
                """);

        assertThat(tables()).containsExactly("base", "more", "seen", "seen again");
        assertThat(table("seen").view()).isTrue();
        assertThat(table("seen").columns())
                .extracting(ColumnInfo::name, column -> column.type().kind())
                .containsExactly(
                        tuple("id", Kind.INTEGER),
                        tuple("price", Kind.DECIMAL),
                        tuple("called", Kind.TEXT),
                        tuple("token", Kind.UUID),
                        tuple("since", Kind.TIMESTAMP));
        assertThat(table("seen again").columns())
                .extracting(column -> column.type().kind())
                .containsExactly(Kind.UUID, Kind.DECIMAL);
    }

    @Test
    void whenTablesAreListedThenInTheOrderOfTheirCodePoints() {
        application.define(
                "CREATE TABLE b (x ${text}); CREATE TABLE \"C\" (x ${text}); CREATE TABLE \"ä\" (x ${text})");

        Schema schema = application.bean(SchemaCatalog.class).refresh();

        assertThat(schema.tables()).extracting(TableInfo::name).containsExactly("C", "b", "ä");
    }
}
