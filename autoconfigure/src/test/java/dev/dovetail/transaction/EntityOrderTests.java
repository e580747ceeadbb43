package dev.dovetail.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.contract.EngineContract;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import dev.dovetail.schema.SchemaCatalog;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.annotation.Id;
import org.springframework.data.jdbc.core.mapping.JdbcMappingContext;
import org.springframework.data.relational.core.mapping.MappedCollection;
import org.springframework.data.relational.core.mapping.Table;

/** Which classes of aggregates come first, and which of their rows. */
@EngineContract
class EntityOrderTests {

    @Table("author")
    record Author(@Id Long id) {}

    @Table("work")
    record Work(
            @Id Long id,

            @MappedCollection(idColumn = "work", keyColumn = "place")
            List<Part> parts) {}

    @Table("part")
    record Part(Long author) {}

    @Table("region")
    record Region(
            @Id String country,
            int number,
            @Nullable String above,
            @Nullable Integer aboveNumber) {}

    @Table("nowhere")
    record Nowhere(@Id Long id) {}

    private final TestApplication application;
    private final EntityOrder order;

    EntityOrderTests(TestEngine engine) {
        this.application = TestApplication.on(engine);
        this.order = new EntityOrder(new JdbcMappingContext(), application.bean(SchemaCatalog.class));
    }

    @BeforeEach
    void createTables() {
        application.define("""
                DROP TABLE IF EXISTS part;
                DROP TABLE IF EXISTS work;
                DROP TABLE IF EXISTS author;
                DROP TABLE IF EXISTS region;
                CREATE TABLE author (id ${bigint} PRIMARY KEY);
                CREATE TABLE work (id ${bigint} PRIMARY KEY);
                CREATE TABLE part (work ${bigint} NOT NULL REFERENCES work, place ${bigint} NOT NULL,
                    author ${bigint} NOT NULL REFERENCES author);
                CREATE TABLE region (country ${text}, number ${bigint}, above ${text}, above_number ${bigint},
                    PRIMARY KEY (country, number), FOREIGN KEY (above, above_number) REFERENCES region)
                """);
    }

    @AfterEach
    void stop() {
        application.close();
    }

    @Test
    void childrenDecideForTheirAggregate() {
        assertThat(order.places(List.of(Work.class, Author.class, Work.class)))
                .containsExactlyInAnyOrderEntriesOf(Map.of(Author.class, 0, Work.class, 1));
    }

    @Test
    void aClassWithoutATableIsWhereItIsGiven() {
        assertThat(order.places(List.of(Nowhere.class, Work.class, Author.class))
                        .get(Nowhere.class))
                .isZero();
        assertThat(order.places(List.of())).isEmpty();
    }

    @Test
    void theSchemaIsReadOnceHoweverManyThereAre() {
        order.places(List.of(Work.class, Author.class));
        application.statements();
        order.places(List.of(Work.class, Author.class, Region.class));
        assertThat(application.statements()).isEmpty();
    }

    @Test
    void aReferenceOfTwoColumnsIsRead() {
        Region town = new Region("x", 3, "x", 2);
        Region county = new Region("x", 2, "x", 1);
        Region state = new Region("x", 1, null, null);
        Region other = new Region("y", 2, "x", null);

        assertThat(order.parentsFirst(Region.class, List.of(town, other, county, state)))
                .containsExactly(state, county, town, other);
    }

    @Test
    void rowsInACircleAreAllThere() {
        Region one = new Region("x", 1, "x", 2);
        Region two = new Region("x", 2, "x", 1);

        assertThat(order.parentsFirst(Region.class, List.of(one, two))).containsExactly(two, one);
        assertThat(order.parentsFirst(Author.class, List.of(new Author(2L), new Author(1L))))
                .containsExactly(new Author(2L), new Author(1L));
    }
}
