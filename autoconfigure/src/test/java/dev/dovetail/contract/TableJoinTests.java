package dev.dovetail.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.data.domain.Sort.Direction.DESC;

import dev.dovetail.repository.table.Aggregate;
import dev.dovetail.schema.UnknownNameException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataRetrievalFailureException;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.ScrollPosition;

/** Joins, aggregates, groups, and records made of them. */
class TableJoinTests extends TableContract {

    record Email(String value) {}

    enum State {
        OPEN,
        PAID
    }

    record Order(int id, State state, BigDecimal amount, Email customerEmail) {}

    record Total(
            State state,
            long count,
            BigDecimal sumAmount,
            @Nullable BigDecimal avgAmount) {}

    TableJoinTests(TestEngine engine) {
        super(engine);
    }

    @BeforeEach
    void insertRows() {
        define(List.of("orders", "island", "customer"), """
                CREATE TABLE customer (id ${identity}, email ${text} NOT NULL, mentor ${bigint} REFERENCES customer (id));
                CREATE TABLE orders (id ${identity}, customer ${bigint} NOT NULL REFERENCES customer (id),
                    payer ${bigint} REFERENCES customer (id), state ${text} NOT NULL, amount ${decimal_12_2},
                    size ${bigint}, weight ${double}, code ${uuid}, urgent ${boolean}, stamp ${blob});
                CREATE TABLE island (id ${identity})""");
        table("customer")
                .insertAll(List.of(
                        Map.of("id", 1, "email", "a@x"),
                        Map.of("id", 2, "email", "b@x", "mentor", 1),
                        Map.of("id", 3, "email", "c@x")));
        table("orders")
                .insertAll(List.of(
                        order(1, 1, "OPEN", "0.10", Long.MAX_VALUE, 0.5),
                        order(2, 1, "PAID", "0.20", Long.MAX_VALUE, 0.25),
                        order(3, 2, "OPEN", "0.35", -7, 1.0),
                        order(4, 2, "OPEN", "9999999999.99", Long.MAX_VALUE, 2.0)));
        table("orders").insert(Map.of("id", 5, "customer", 2, "state", "OPEN"));
    }

    private static Map<String, Object> order(
            int id, int customer, String state, String amount, long size, double weight) {
        return Map.of(
                "id",
                id,
                "customer",
                customer,
                "payer",
                1,
                "state",
                state,
                "amount",
                new BigDecimal(amount),
                "size",
                size,
                "weight",
                weight,
                "code",
                new UUID(-id, id),
                "urgent",
                id % 2 == 0,
                "stamp",
                new byte[] {(byte) -id});
    }

    @Test
    void whenSeveralForeignKeysLeadToATableThenTheErrorNamesThem() {
        assertThatThrownBy(() -> table("orders").join("customer"))
                .isInstanceOf(InvalidDataAccessApiUsageException.class)
                .hasMessageContaining("orders(customer) → customer")
                .hasMessageContaining("orders(payer) → customer");
        assertThatThrownBy(() -> table("orders").join("customer", "state"))
                .isInstanceOf(InvalidDataAccessApiUsageException.class)
                .hasMessageContaining("orders(payer)");
        assertThatThrownBy(() -> table("orders").join("island"))
                .isInstanceOf(InvalidDataAccessApiUsageException.class)
                .hasMessageContaining("No foreign key connects");
        assertThatThrownBy(() -> table("orders").join("custmer"))
                .isInstanceOf(UnknownNameException.class)
                .hasMessageContaining("Did you mean customer");
        assertThatThrownBy(() -> table("orders").join("customer", "payer").join("customer", "customer"))
                .isInstanceOf(InvalidDataAccessApiUsageException.class)
                .hasMessageContaining("another name");
    }

    @Test
    void whenJoinedThenBothTablesColumnsAreThere() {
        Map<String, @Nullable Object> row = table("orders")
                .join("customer", "customer")
                .where("customer.email")
                .is("b@x")
                .orderBy("customer.email", DESC)
                .orderBy("id")
                .first()
                .orElseThrow();
        assertThat(row)
                .containsEntry("id", 3L)
                .containsEntry("customer.email", "b@x")
                .containsEntry("customer.id", 2L);
    }

    @Test
    void whenATableIsJoinedTwiceThenEachHasItsName() {
        assertThat(table("orders")
                        .join("customer", "customer", "buyer")
                        .leftJoin("customer", "payer", "payer")
                        .select("id", "buyer.email", "payer.email")
                        .orderBy("id", DESC)
                        .list())
                .extracting(row -> row.get("id") + " " + row.get("buyer.email") + " " + row.get("payer.email"))
                .containsExactly("5 b@x null", "4 b@x a@x", "3 b@x a@x", "2 a@x a@x", "1 a@x a@x");
    }

    @Test
    void whenJoinedFromTheOtherSideOrToItselfThenTheForeignKeyIsFollowed() {
        assertThat(ids(table("customer")
                        .leftJoin("orders", "customer")
                        .where("orders.id")
                        .isNull()
                        .list()))
                .containsExactly(3L);
        assertThat(table("customer").join("customer", "mentor").list())
                .singleElement()
                .satisfies(row -> assertThat(row).containsEntry("email", "b@x").containsEntry("customer.email", "a@x"));
        assertThat(table("customer")
                        .join("orders", "customer")
                        .page(PageRequest.of(1, 2))
                        .getContent())
                .hasSize(2);
        assertThat(table("customer")
                        .leftJoin("orders", "customer")
                        .limit(4)
                        .window(ScrollPosition.keyset())
                        .hasNext())
                .isTrue();
    }

    @Test
    void whenRowsAreReadAsRecordsThenComponentsFindTheirColumns() {
        List<Order> orders = table("orders")
                .join("customer", "customer")
                .where("id")
                .le(2)
                .orderBy("id")
                .as(Order.class)
                .list();
        assertThat(orders)
                .containsExactly(
                        new Order(1, State.OPEN, new BigDecimal("0.10"), new Email("a@x")),
                        new Order(2, State.PAID, new BigDecimal("0.20"), new Email("a@x")));
        assertThat(table("orders").select("id").orderBy("id").as(Long.class).list())
                .containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(table("customer").where("email").is(new Email("b@x")).exists())
                .isTrue();
    }

    record Small(int size) {}

    record Wrong(long id, String nmae) {}

    record Halved(short weight) {}

    @Test
    void whenARecordDoesNotFitThenTheErrorNamesComponentAndColumns() {
        assertThatThrownBy(() -> table("customer").as(Wrong.class))
                .isInstanceOf(InvalidDataAccessApiUsageException.class)
                .hasMessageContaining("nmae of " + Wrong.class.getName())
                .hasMessageContaining("[id, email, mentor]");
        assertThatThrownBy(
                        () -> table("orders").where("id").is(1).as(Small.class).one())
                .isInstanceOf(DataRetrievalFailureException.class)
                .hasMessageContaining("\"size\" for component size")
                .hasMessageNotContaining(String.valueOf(Long.MAX_VALUE));
        assertThatThrownBy(
                        () -> table("orders").where("id").is(5).as(Small.class).one())
                .isInstanceOf(DataRetrievalFailureException.class)
                .hasMessageContaining("no value");
        assertThatThrownBy(
                        () -> table("orders").where("id").is(1).as(Halved.class).one())
                .isInstanceOf(DataRetrievalFailureException.class)
                .hasMessageNotContaining("0.5");
        assertThatThrownBy(() -> table("orders").as(Object.class))
                .isInstanceOf(InvalidDataAccessApiUsageException.class);
    }

    @Test
    void whenAggregatedThenSumsAreExactAndMeansAreTheSame() {
        BigDecimal huge = BigDecimal.valueOf(Long.MAX_VALUE);
        assertThat(table("orders").sum("size"))
                .isEqualTo(huge.multiply(BigDecimal.valueOf(3)).subtract(BigDecimal.valueOf(7)));
        assertThat(table("orders").sum("amount")).isEqualTo(new BigDecimal("10000000000.64"));
        assertThat(table("orders").avg("amount")).contains(new BigDecimal("2500000000.160000000000"));
        assertThat(table("orders").where("id").in(1, 2, 3).avg("customer")).contains(new BigDecimal("1.3333333333"));
        assertThat(table("orders").avg("weight")).get().isEqualTo(new BigDecimal("0.937500000000"));
        assertThat(table("orders").where("size").lt(0).sum("size")).isEqualTo(BigDecimal.valueOf(-7));
        assertThat(table("orders").countDistinct("state")).isEqualTo(2);
        assertThat(table("orders").min("amount")).contains(new BigDecimal("0.10"));
        assertThat(table("orders").max("state")).contains("PAID");
        assertThat(table("orders").min("code")).contains(new UUID(-4, 4));
        assertThat(table("orders").max("urgent")).contains(true);
        assertThat(table("orders").max("stamp")).get().isEqualTo(new byte[] {-1});
    }

    @Test
    void whenThereAreNoValuesThenSumsAreZeroAndTheRestIsEmpty() {
        assertThat(table("orders").where("id").is(5).sum("amount")).isEqualTo(new BigDecimal("0.00"));
        assertThat(table("orders").where("id").is(5).avg("amount")).isEmpty();
        assertThat(table("orders").where("id").is(9).max("state")).isEmpty();
        assertThatThrownBy(() -> table("orders").sum("state"))
                .isInstanceOf(InvalidDataAccessApiUsageException.class)
                .hasMessageContaining("\"state\" of table \"orders\" holds TEXT");
    }

    @Test
    void whenGroupedThenThereIsARowForEachGroup() {
        List<Total> totals = table("orders")
                .groupBy("state")
                .aggregate(Aggregate.count(), Aggregate.sum("amount"), Aggregate.avg("amount"))
                .orderBy(Aggregate.sum("amount"), DESC)
                .as(Total.class)
                .list();
        assertThat(totals)
                .containsExactly(
                        new Total(
                                State.OPEN,
                                4,
                                new BigDecimal("10000000000.44"),
                                new BigDecimal("3333333333.480000000000")),
                        new Total(State.PAID, 1, new BigDecimal("0.20"), new BigDecimal("0.200000000000")));
    }

    @Test
    void whenGroupsAreKeptByAggregatesThenByTheirExactValues() {
        var groups = table("orders").groupBy("id").orderBy("id", DESC);
        assertThat(ids(groups.having(Aggregate.sum("amount"))
                        .gt(new BigDecimal("0.20"))
                        .list()))
                .containsExactly(4L, 3L);
        assertThat(ids(groups.having(Aggregate.sum("amount")).is(0.2).list())).containsExactly(2L);
        assertThat(ids(groups.having(Aggregate.sum("amount"))
                        .lt(new BigDecimal("0.105"))
                        .list()))
                .containsExactly(5L, 1L);
        assertThat(ids(groups.having(Aggregate.avg("amount")).between(0.15, 0.3).list()))
                .containsExactly(2L);
        assertThat(ids(groups.having(Aggregate.min("state")).is("PAID").list())).containsExactly(2L);
        assertThat(ids(groups.having(Aggregate.count("size")).is(0).list())).containsExactly(5L);
        assertThat(ids(groups.limit(2).offset(1).list())).containsExactly(4L, 3L);
        assertThat(table("orders")
                        .join("customer", "customer")
                        .groupBy("customer.email")
                        .aggregate(Aggregate.max("size").as("largest"))
                        .having(Aggregate.count())
                        .ge(3)
                        .one())
                .get()
                .isEqualTo(Map.of("customer.email", "b@x", "largest", Long.MAX_VALUE));
    }

    @Test
    void whenGroupsAreOrderedByWhatTheyDoNotHaveThenItIsRefused() {
        assertThatThrownBy(() -> table("orders").groupBy("state").orderBy("id", DESC))
                .isInstanceOf(InvalidDataAccessApiUsageException.class)
                .hasMessageContaining("[state]");
        assertThatThrownBy(() -> table("orders")
                        .groupBy("state")
                        .aggregate(Aggregate.count().as("state")))
                .isInstanceOf(InvalidDataAccessApiUsageException.class);
        assertThatThrownBy(() -> table("orders").groupBy()).isInstanceOf(InvalidDataAccessApiUsageException.class);
        assertThat(Objects.requireNonNull(
                        table("orders").groupBy("state").first().orElseThrow().get("state")))
                .isEqualTo("OPEN");
    }
}
