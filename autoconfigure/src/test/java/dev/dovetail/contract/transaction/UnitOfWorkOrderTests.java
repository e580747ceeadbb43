package dev.dovetail.contract.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dovetail.contract.EngineContract;
import dev.dovetail.contract.SharedApplications;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import dev.dovetail.transaction.UnitOfWork;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.Version;
import org.springframework.data.jdbc.core.mapping.AggregateReference;
import org.springframework.data.jdbc.repository.config.EnableJdbcRepositories;
import org.springframework.data.relational.core.mapping.Column;
import org.springframework.data.relational.core.mapping.Embedded;
import org.springframework.data.relational.core.mapping.MappedCollection;
import org.springframework.data.relational.core.mapping.Table;
import org.springframework.data.repository.ListCrudRepository;

/** In which order a unit of work stores and removes aggregates that refer to each other (F93). */
@EngineContract
class UnitOfWorkOrderTests {

    private static final SharedApplications applications = SharedApplications.withRepositories(Repositories.class);

    @Table("uow_product")
    record Product(@Id String code) {}

    @Table("uow_basket")
    record Basket(
            @Id String code,
            @MappedCollection(idColumn = "basket") Set<Line> lines) {}

    @Table("uow_line")
    record Line(String product) {}

    @Table("uow_parcel")
    record Parcel(
            @Id String code, @Embedded.Nullable @Nullable Contents contents) {}

    record Contents(@MappedCollection(idColumn = "parcel") Set<Item> items) {}

    @Table("uow_item")
    record Item(String product) {}

    @Table("uow_department")
    record Department(@Id String code, @Nullable String head) {}

    @Table("uow_employee")
    record Employee(@Id String code, String department) {}

    @Table("uow_lock")
    record Lock(@Id String code, @Column("fits") String key) {}

    @Table("uow_key")
    record Key(@Id String code, @Column("fits") String lock) {}

    @Table("uow_node")
    record Node(
            @Id String code,
            @Nullable AggregateReference<Node, String> parent,
            @Version Integer version) {

        static Node of(String code, @Nullable String parent) {
            return new Node(code, parent == null ? null : AggregateReference.to(parent), 0);
        }
    }

    interface Products extends ListCrudRepository<Product, String> {}

    @Configuration(proxyBeanMethods = false)
    @EnableJdbcRepositories(
            considerNestedRepositories = true,
            includeFilters = @Filter(type = FilterType.ASSIGNABLE_TYPE, classes = Products.class))
    static class Repositories {}

    private final TestApplication application;

    UnitOfWorkOrderTests(TestEngine engine) {
        this.application = applications.on(engine);
    }

    @AfterAll
    static void stop() {
        applications.close();
    }

    @BeforeEach
    void createTables() {
        application.define("""
                DROP TABLE IF EXISTS uow_line;
                DROP TABLE IF EXISTS uow_basket;
                DROP TABLE IF EXISTS uow_item;
                DROP TABLE IF EXISTS uow_parcel;
                DROP TABLE IF EXISTS uow_product;
                DROP TABLE IF EXISTS uow_node;
                CREATE TABLE uow_product (code ${text} PRIMARY KEY);
                CREATE TABLE uow_basket (code ${text} PRIMARY KEY);
                CREATE TABLE uow_line (basket ${text} NOT NULL REFERENCES uow_basket,
                    product ${text} NOT NULL REFERENCES uow_product);
                CREATE TABLE uow_parcel (code ${text} PRIMARY KEY);
                CREATE TABLE uow_item (parcel ${text} NOT NULL REFERENCES uow_parcel,
                    product ${text} NOT NULL REFERENCES uow_product);
                CREATE TABLE uow_node (code ${text} PRIMARY KEY, parent ${text} REFERENCES uow_node,
                    version ${bigint} NOT NULL)
                """);
    }

    private void inUnit(Consumer<UnitOfWork> work) {
        try (UnitOfWork unit = application.database().unitOfWork()) {
            unit.begin();
            work.accept(unit);
            unit.commit();
        }
    }

    private void insert(Object... entities) {
        inUnit(unit -> Arrays.asList(entities).forEach(unit::registerNew));
    }

    private void remove(Object... entities) {
        inUnit(unit -> Arrays.asList(entities).forEach(unit::registerRemoved));
    }

    private long count(String table) {
        return application.database().table(table).count();
    }

    @Test
    void whatTheChildrenReferToIsStoredBeforeAndRemovedBehind() {
        Basket basket = new Basket("b", Set.of(new Line("p")));
        Product product = new Product("p");

        insert(basket, product);
        assertThat(List.of(count("uow_line"), count("uow_product"))).containsOnly(1L);
        remove(product, basket);
        assertThat(List.of(count("uow_line"), count("uow_product"))).containsOnly(0L);
    }

    @Test
    void childrenOfAnEmbeddedPartCountToo() {
        Parcel parcel = new Parcel("b", new Contents(Set.of(new Item("p"))));
        Product product = new Product("p");

        insert(parcel, product);
        assertThat(count("uow_item")).isEqualTo(1);
        remove(product, parcel);
        assertThat(count("uow_product")).isZero();
    }

    @Test
    void inACircleWhatMayHaveNoReferenceComesFirst() {
        application.define("""
                DROP TABLE IF EXISTS uow_employee;
                DROP TABLE IF EXISTS uow_department;
                CREATE TABLE uow_department (code ${text} PRIMARY KEY, head ${text});
                CREATE TABLE uow_employee (code ${text} PRIMARY KEY,
                    department ${text} NOT NULL REFERENCES uow_department)
                """);
        // SQLite adds no constraint, but a column with one.
        application.define("ALTER TABLE uow_department DROP COLUMN head");
        application.define("ALTER TABLE uow_department ADD COLUMN head ${text} REFERENCES uow_employee");
        Employee employee = new Employee("e", "d");
        Department department = new Department("d", null);

        insert(employee, department);
        inUnit(unit -> {
            unit.registerDirty(new Department("d", "e"));
            unit.flush();
        });
        assertThatThrownBy(() -> remove(department, employee)).isInstanceOf(DataIntegrityViolationException.class);
        inUnit(unit -> {
            unit.registerDirty(department);
            unit.flush();
            unit.registerRemoved(department);
            unit.registerRemoved(employee);
        });
        assertThat(count("uow_department")).isZero();
        application.define("ALTER TABLE uow_department DROP COLUMN head; DROP TABLE uow_employee");
    }

    @Test
    void aCircleWithoutSuchReferencesNeedsDeferredConstraints() {
        application.define("""
                DROP TABLE IF EXISTS uow_key;
                DROP TABLE IF EXISTS uow_lock;
                CREATE TABLE uow_lock (code ${text} PRIMARY KEY);
                CREATE TABLE uow_key (code ${text} PRIMARY KEY,
                    fits ${text} NOT NULL REFERENCES uow_lock DEFERRABLE INITIALLY DEFERRED);
                ALTER TABLE uow_lock ADD COLUMN fits ${text} REFERENCES uow_key DEFERRABLE INITIALLY DEFERRED
                """);
        insert(new Lock("l", "k"), new Key("k", "l"));
        assertThat(count("uow_lock")).isEqualTo(1);
        remove(new Lock("l", "k"), new Key("k", "l"));
        assertThat(count("uow_lock")).isZero();
        assertThatThrownBy(() -> insert(new Lock("l", "nobody"))).isInstanceOf(DataIntegrityViolationException.class);
        application.define("ALTER TABLE uow_lock DROP COLUMN fits; DROP TABLE uow_key; DROP TABLE uow_lock");
    }

    @Test
    void rowsOfOneTableAreStoredParentsFirstAndRemovedChildrenFirst() {
        Node leaf = Node.of("leaf", "branch");
        Node branch = Node.of("branch", "root");
        Node root = Node.of("root", null);
        Node itsOwn = Node.of("own", "own");

        insert(leaf, branch, itsOwn, root);
        assertThat(count("uow_node")).isEqualTo(4);
        remove(leaf, branch, itsOwn, root);
        assertThat(count("uow_node")).isZero();
    }

    @Test
    void aLongChainIsStoredToo() {
        List<Node> chain = new ArrayList<>(IntStream.range(0, 3000)
                .mapToObj(i -> Node.of("n" + i, i == 0 ? null : "n" + (i - 1)))
                .toList());
        Collections.reverse(chain);

        insert(chain.toArray());
        assertThat(count("uow_node")).isEqualTo(3000);
    }

    @Test
    void aTableThatIsMadeInTheUnitIsInItsOrder() {
        insert(new Product("before"));
        inUnit(unit -> {
            application.define("""
                    CREATE TABLE uow_made (code ${text} PRIMARY KEY, product ${text} NOT NULL REFERENCES uow_product)
                    """);
            unit.registerNew(new Made("m", "p"));
            unit.registerNew(new Product("p"));
        });
        assertThat(count("uow_made")).isEqualTo(1);
        application.define("DROP TABLE uow_made");
    }

    @Table("uow_made")
    record Made(@Id String code, String product) {}
}
