package dev.dovetail.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.annotation.Id;
import org.springframework.data.jdbc.core.JdbcAggregateTemplate;
import org.springframework.data.jdbc.repository.config.EnableJdbcRepositories;
import org.springframework.data.repository.ListCrudRepository;

/** Many new rows at once: each entity gets the id of its own row, and all are there or none. */
@EngineContract
class BatchInsertTests {

    private static final SharedApplications applications = SharedApplications.withTables(Repositories.class, """
                    CREATE TABLE item (id ${identity}, name ${text} NOT NULL UNIQUE, amount ${bigint} NOT NULL CHECK (amount >= 0))${strict};
                    CREATE TABLE purchase (id ${identity}, customer ${text})${strict};
                    CREATE TABLE line (id ${identity}, purchase ${bigint} NOT NULL REFERENCES purchase, purchase_key ${bigint} NOT NULL, product ${text})${strict};
                    CREATE TABLE log (id ${identity}, item ${bigint})${strict};
                    CREATE TABLE mutable (id ${identity}, name ${text} UNIQUE)${strict}""");

    private final TestEngine engine;
    private final TestApplication application;
    private final Items items;

    BatchInsertTests(TestEngine engine) {
        this.engine = engine;
        application = applications.on(engine);
        items = application.bean(Items.class);
    }

    @AfterAll
    static void stop() {
        applications.close();
    }

    @BeforeEach
    void empty() {
        for (String table : List.of("log", "line", "purchase", "item", "mutable")) {
            application.template().update("DELETE FROM " + table);
        }
        application.statements();
    }

    @Test
    void whenManyAreSavedThenEachHasTheIdOfItsRow() {
        List<Item> saved = items.saveAll(items(0, 1000));
        assertThat(saved)
                .extracting(Item::name)
                .isEqualTo(items(0, 1000).stream().map(Item::name).toList());
        assertIdsAreThoseOfTheRows(saved);
    }

    @Test
    void whenManyAreSavedThenFewStatementsAreSent() {
        items.saveAll(items(0, 1000));
        assertThat(application.statements()).hasSizeLessThan(10);
    }

    @Test
    void whenRowsAndGapsWereThereBeforeThenNoIdIsTaken() {
        List<Item> first = items.saveAll(items(0, 10));
        items.delete(first.get(9));
        items.delete(first.get(3));
        application.template().update("INSERT INTO item (name, amount) VALUES ('by hand', 1)");
        assertIdsAreThoseOfTheRows(items.saveAll(items(10, 30)));
        Item single = items.save(new Item(null, "single", 1));
        assertIdsAreThoseOfTheRows(items.saveAll(items(30, 50)));
        assertIdsAreThoseOfTheRows(List.of(single));
        assertThat(items.count()).isEqualTo(50);
    }

    @Test
    void whenSomeHaveIdsThenTheyKeepThem() {
        JdbcAggregateTemplate operations = application.bean(JdbcAggregateTemplate.class);
        List<Item> mixed = List.of(
                new Item(null, "a", 1), new Item(5_000_000L, "b", 1), new Item(null, "c", 1), new Item(null, "d", 1));
        List<Item> saved =
                Objects.requireNonNull(application.transaction().execute(status -> operations.insertAll(mixed)));
        assertThat(saved).extracting(Item::name).containsExactly("a", "b", "c", "d");
        assertThat(saved.get(1).id()).isEqualTo(5_000_000L);
        assertIdsAreThoseOfTheRows(saved);
    }

    @Test
    void whenATriggerInsertsElsewhereThenTheIdsAreStillThoseOfTheRows() {
        String trigger = engine == TestEngine.SQLITE
                ? "CREATE TRIGGER note AFTER INSERT ON item BEGIN INSERT INTO log (item) VALUES (NEW.id), (NEW.id); END"
                : """
                CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN INSERT INTO log (item) VALUES (NEW.id), (NEW.id); RETURN NEW; END $$;
                CREATE TRIGGER note AFTER INSERT ON item FOR EACH ROW EXECUTE FUNCTION note()""";
        application.template().execute(trigger);
        try {
            assertIdsAreThoseOfTheRows(items.saveAll(items(0, 100)));
            assertThat(application
                            .jdbc()
                            .sql("SELECT count(*) FROM log")
                            .query(Long.class)
                            .single())
                    .isEqualTo(200L);
        } finally {
            application.template().execute("DROP TRIGGER note" + (engine == TestEngine.SQLITE ? "" : " ON item"));
        }
    }

    @Test
    void whenATriggerInsertsIntoTheSameTableThenTheIdsAreStillThoseOfTheRows() {
        withTwins("item", () -> {
            List<Item> saved = items.saveAll(items(0, 100));
            assertThat(items.count()).isEqualTo(200);
            assertIdsAreThoseOfTheRows(saved);
            application.database().table("item").insertAll(items(100, 120));
            assertThat(items.count()).isEqualTo(240);
        });
    }

    @Test
    void whenATriggerInsertsParentsThenTheIdsOfAggregatesAreStillTheirs() {
        withTwins("purchase", () -> {
            Purchases purchases = application.bean(Purchases.class);
            List<Purchase> saved = purchases.saveAll(List.of(
                    new Purchase(null, "a", List.of(new Line(null, "x"))),
                    new Purchase(null, "b", List.of(new Line(null, "y")))));
            assertThat(purchases.count()).isEqualTo(4);
            assertThat(saved)
                    .allSatisfy(each -> assertThat(purchases.findById(Objects.requireNonNull(each.id())))
                            .contains(each));
        });
    }

    /** While each row is followed by a twin, that on SQLite comes by way of another table. */
    private void withTwins(String table, Runnable work) {
        String insert = table.equals("item")
                ? "INSERT INTO ITEM (name, amount) SELECT NEW.name || '-twin', 0 WHERE NEW.name NOT LIKE '%-twin'"
                : "INSERT INTO purchase (customer) SELECT NEW.customer || '-twin' WHERE NEW.customer NOT LIKE '%-twin'";
        if (engine == TestEngine.SQLITE) {
            application.template().execute("CREATE TABLE relay (name text) STRICT");
            application
                    .template()
                    .execute("CREATE TRIGGER twin AFTER INSERT ON relay BEGIN %s; END"
                            .formatted(insert.replace("NEW.customer", "NEW.name")));
            application
                    .template()
                    .execute("CREATE TRIGGER twins AFTER INSERT ON %s BEGIN INSERT INTO relay VALUES (NEW.%s); END"
                            .formatted(table, table.equals("item") ? "name" : "customer"));
        } else {
            application
                    .template()
                    .execute("CREATE FUNCTION twin() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN " + insert
                            + "; RETURN NEW; END $$");
            application
                    .template()
                    .execute("CREATE TRIGGER twins AFTER INSERT ON " + table + " FOR EACH ROW EXECUTE FUNCTION twin()");
        }
        try {
            work.run();
        } finally {
            if (engine == TestEngine.SQLITE) {
                application.template().execute("DROP TRIGGER twins");
                application.template().execute("DROP TABLE relay");
            } else {
                application.template().execute("DROP FUNCTION twin CASCADE");
            }
        }
    }

    @Test
    void whenOneRowIsADuplicateThenNoneIsLeft() {
        List<Item> all = new ArrayList<>(items(0, 100));
        all.add(new Item(null, "n50", 1));
        assertThatThrownBy(() -> items.saveAll(all)).isInstanceOf(DuplicateKeyException.class);
        assertThat(items.count()).isZero();
    }

    @Test
    void whenRow50001Of100000IsInvalidThenZeroRowsAreLeft() {
        List<Item> all = new ArrayList<>(items(0, 100_000));
        all.set(50_000, new Item(null, "n50000", -1));
        assertThatThrownBy(() -> items.saveAll(all)).isInstanceOf(DataIntegrityViolationException.class);
        assertThat(items.count()).isZero();
        all.set(50_000, new Item(null, "n50000", 1));
        assertIdsAreThoseOfTheRows(items.saveAll(all));
    }

    @Test
    void whenAMutableEntityIsNotInsertedThenItHasNoId() {
        Mutables mutables = application.bean(Mutables.class);
        List<Mutable> all = List.of(new Mutable("a"), new Mutable("b"), new Mutable("a"));
        assertThatThrownBy(() -> mutables.saveAll(all)).isInstanceOf(DuplicateKeyException.class);
        assertThat(all).allMatch(each -> each.id == null);
        all.get(2).name = "c";
        mutables.saveAll(all);
        assertThat(mutables.findAll()).extracting(each -> each.name).containsExactlyInAnyOrder("a", "b", "c");
        assertThat(all).allMatch(each -> each.id != null);
    }

    @Test
    void whenAggregatesHaveChildrenThenTheyGetTheirIdsInBatches() {
        Purchases purchases = application.bean(Purchases.class);
        List<Purchase> all = IntStream.range(0, 50)
                .mapToObj(i -> new Purchase(
                        null,
                        "c" + i,
                        IntStream.range(0, i % 5)
                                .mapToObj(j -> new Line(null, i + "-" + j))
                                .toList()))
                .toList();
        application.statements();
        List<Purchase> saved = purchases.saveAll(all);
        assertThat(application.statements()).hasSizeLessThan(15);
        assertThat(saved)
                .extracting(Purchase::customer)
                .isEqualTo(all.stream().map(Purchase::customer).toList());
        List<Purchase> read = purchases.findAll();
        assertThat(read)
                .flatExtracting(Purchase::lines)
                .extracting(Line::product)
                .containsExactlyInAnyOrderElementsOf(all.stream()
                        .flatMap(each -> each.lines().stream())
                        .map(Line::product)
                        .toList());
        // As sets: Spring Data hands back immutable children in another order than it stores them in.
        assertThat(read)
                .extracting(Purchase::id, each -> Set.copyOf(each.lines()))
                .containsExactlyInAnyOrderElementsOf(saved.stream()
                        .map(each -> tuple(each.id(), Set.copyOf(each.lines())))
                        .toList());
    }

    @Test
    void whenThereIsNoTransactionThenTheIdsAreRightToo() {
        List<Item> saved = application.bean(JdbcAggregateTemplate.class).insertAll(items(0, 20));
        assertIdsAreThoseOfTheRows(saved);
    }

    private void assertIdsAreThoseOfTheRows(List<Item> saved) {
        Map<Long, String> rows = application.jdbc().sql("SELECT id, name FROM item").query().listOfRows().stream()
                .collect(Collectors.toMap(
                        row -> ((Number) Objects.requireNonNull(row.get("id"))).longValue(),
                        row -> String.valueOf(row.get("name"))));
        assertThat(saved)
                .isNotEmpty()
                .allSatisfy(item -> assertThat(rows.get(item.id())).isEqualTo(item.name()));
    }

    private static List<Item> items(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> new Item(null, "n" + i, i))
                .toList();
    }

    record Item(@Id @Nullable Long id, String name, long amount) {}

    record Line(@Id @Nullable Long id, String product) {}

    record Purchase(@Id @Nullable Long id, String customer, List<Line> lines) {}

    static class Mutable {

        @Id
        @Nullable
        Long id;

        String name;

        Mutable(String name) {
            this.name = name;
        }
    }

    interface Items extends ListCrudRepository<Item, Long> {}

    interface Purchases extends ListCrudRepository<Purchase, Long> {}

    interface Mutables extends ListCrudRepository<Mutable, Long> {}

    @Configuration(proxyBeanMethods = false)
    @EnableJdbcRepositories(
            considerNestedRepositories = true,
            includeFilters =
                    @Filter(
                            type = FilterType.ASSIGNABLE_TYPE,
                            classes = {Items.class, Purchases.class, Mutables.class}))
    static class Repositories {}
}
